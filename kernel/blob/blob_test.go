package blob

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestWhatComesOutIsWhatWentIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		a := dbtest.Actor("Maja")
		rapid.Check(t, func(rt *rapid.T) {
			b := rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")
			b = bytes.Repeat(b, rapid.IntRange(1, 50).Draw(rt, "times"))
			dbtest.Do(t, door, a, func(o *op.Op) error {
				p := Pack(Document{Media: "text/xml", Content: b, Received: o.Now})
				if err := Put(o, p, p); err != nil { // the same bytes twice are kept once
					return err
				}
				got, err := Get(o, p.Hash())
				if !bytes.Equal(got.Content, b) || got.Media != "text/xml" {
					rt.Errorf("%d bytes came back as %d", len(b), len(got.Content))
				}
				return err
			})
		})
	})
}

func TestDamageAndRetention(t *testing.T) {
	d := dbtest.SQLite(t)
	door, _ := dbtest.Door(d)
	a := dbtest.Actor("Maja")
	p := Pack(Document{Content: []byte("faktura"), Received: dbtest.Noon, Keep: period.NewDate(2033, 12, 31)})
	dbtest.Do(t, door, a, func(o *op.Op) error { return Put(o, p) })
	dbtest.Do(t, door, a, func(o *op.Op) error {
		n, err := Discard(o, period.NewDate(2033, 12, 31))
		if n != 0 {
			t.Error("a document was discarded on its last day")
		}
		return err
	})
	if _, err := d.Raw().Exec(`UPDATE blob SET content = CAST('fakturb' AS BLOB)`); err != nil {
		t.Fatal(err)
	}
	dbtest.Do(t, door, a, func(o *op.Op) error {
		if _, err := Get(o, p.Hash()); !errors.Is(err, errAltered) {
			t.Errorf("damaged bytes came back: %v", err)
		}
		if _, err := Verify(o); err == nil {
			t.Error("Verify did not see the damage")
		}
		n, err := Discard(o, period.NewDate(2034, 1, 1))
		if n != 1 {
			t.Errorf("%d documents were discarded", n)
		}
		return err
	})
}
