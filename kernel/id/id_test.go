package id

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTextKeepsTheIDAndItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(1, 1<<63-1).Draw(t, "a")
		b := rapid.Int64Range(1, 1<<63-1).Draw(t, "b")
		back, err := ParseText(Text(a))
		if err != nil || back != a {
			t.Fatalf("%d came back as %d, %v", a, back, err)
		}
		if (a < b) != (Text(a) < Text(b)) {
			t.Fatalf("%s and %s sort differently from %d and %d", Text(a), Text(b), a, b)
		}
	})
}

func TestTextRefuses(t *testing.T) {
	for _, s := range []string{"", "0", "ZZZZZZZZZZZZZ", "0000000000000", "00000000000U1", "000000000000å"} {
		if _, err := ParseText(s); err == nil {
			t.Errorf("%q was read as an identity", s)
		}
	}
}

// A clock that stands still or is turned back makes no identity twice.
func TestSourceNeverRepeats(t *testing.T) {
	s, at := NewSource(1), time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	seen := map[int64]bool{}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for k := range 5000 {
				v := s.Next(at.Add(-time.Duration(g*k) * time.Second))
				mu.Lock()
				if seen[v] {
					t.Errorf("%d was made twice", v)
				}
				seen[v] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if a, b := NewSource(1).Next(at), NewSource(2).Next(at); a == b {
		t.Error("two nodes made the same identity")
	}
}
