// Package id makes and shows the identities of records: 63 bits, ordered by
// time, made in Go, so that no database sequence is needed on any engine.
//
// # Words
//
// An [ID] carries the type of the record it identifies. A [Source] makes them.
// The node number keeps two running programs apart.
//
// # What always holds
//
//   - Two sources with different nodes never make the same ID.
//   - IDs of one source only grow, also when the clock is turned back.
//   - The short text of an ID sorts like the ID.
//
// # Not here
//
// Numbers that people read and that must be free of gaps are kernel/number.
package id

import (
	"errors"
	"sync"
	"time"
)

// ID identifies a record of type T. The zero value identifies nothing.
type ID[T any] int64

// Maker hands out raw identities. An operation is one; see kernel/op.
type Maker interface{ NextID() int64 }

// New makes the identity of a new record.
func New[T any](m Maker) ID[T] { return ID[T](m.NextID()) }

// Crockford's alphabet: no I, L, O or U, so that it can be read aloud.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const textLen = 13 // 63 bits at five bits a letter

// String is the short text shown in URLs.
func (i ID[T]) String() string { return Text(int64(i)) }

// Field is the short text, and "" for 0, as a form shows it.
func (i ID[T]) Field() string {
	if i == 0 {
		return ""
	}
	return i.String()
}

// IsZero reports whether i identifies nothing.
func (i ID[T]) IsZero() bool { return i == 0 }

// MarshalText makes IDs strings in JSON, because they pass 2^53.
func (i ID[T]) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the short text.
func (i *ID[T]) UnmarshalText(b []byte) error {
	v, err := ParseText(string(b))
	*i = ID[T](v)
	return err
}

// Text writes a raw identity as its short text.
func Text(v int64) string {
	var b [textLen]byte
	for k := textLen - 1; k >= 0; k-- {
		b[k] = alphabet[v&31]
		v >>= 5
	}
	return string(b[:])
}

// ErrText says that a text is no identity.
var ErrText = errors.New("id: not an identity")

// Parse reads the short text of an ID, in either case.
func Parse[T any](s string) (ID[T], error) {
	v, err := ParseText(s)
	return ID[T](v), err
}

// Known reads an ID that has been checked already, such as the choice of a form;
// what is none, as an empty field, is 0.
func Known[T any](s string) ID[T] {
	i, _ := Parse[T](s)
	return i
}

// ParseText reads a raw identity from its short text.
func ParseText(s string) (int64, error) {
	if len(s) != textLen {
		return 0, ErrText
	}
	var v int64
	for k := range textLen {
		d := digit(s[k])
		if d < 0 || k == 0 && d > 7 {
			return 0, ErrText
		}
		v = v<<5 | int64(d)
	}
	if v <= 0 {
		return 0, ErrText
	}
	return v, nil
}

func digit(c byte) int {
	if c >= 'a' && c <= 'z' {
		c -= 'a' - 'A'
	}
	for k := range len(alphabet) {
		if alphabet[k] == c {
			return k
		}
	}
	return -1
}

const (
	nodeBits = 10
	seqBits  = 12
	// NodeMax is the highest node number.
	NodeMax = 1<<nodeBits - 1
)

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// Source makes identities for one running program. It is safe for use by
// several goroutines.
type Source struct {
	node int64
	mu   sync.Mutex
	last int64 // milliseconds and sequence of the last one
}

// NewSource makes a source. The node is leased from the database at start.
func NewSource(node int64) *Source { return &Source{node: node & NodeMax} }

// Next makes a raw identity at time now. When more are wanted in one
// millisecond than there is room for, the coming milliseconds are used.
func (s *Source) Next(now time.Time) int64 {
	at := (now.UnixMilli() - epoch) << seqBits
	s.mu.Lock()
	if at <= s.last {
		at = s.last + 1
	}
	s.last = at
	s.mu.Unlock()
	ms, seq := at>>seqBits, at&(1<<seqBits-1)
	return ms<<(nodeBits+seqBits) | s.node<<seqBits | seq
}

// TimeOf is the time, to the millisecond, at which a raw identity was made.
func TimeOf(v int64) time.Time {
	return time.UnixMilli(v>>(nodeBits+seqBits) + epoch).UTC()
}
