// Package blob keeps received documents by the hash of their content,
// byte-exact, before anything is read from them.
//
// # What always holds
//
//   - What comes out is what went in: the hash is checked at every reading.
//   - The same bytes are kept once, however often they are received.
//   - Bytes are discarded only by the retention job, after their day.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Hash is the SHA-256 of a document's bytes, hexadecimal.
type Hash string

// Of returns the hash of b.
func Of(b []byte) Hash {
	s := sha256.Sum256(b)
	return Hash(hex.EncodeToString(s[:]))
}

// Document is one set of received bytes.
type Document struct {
	Hash     Hash
	Media    string // media type as received or recognised
	Content  []byte
	Received time.Time
	Keep     period.Date // may be discarded after this day; none: not decided
}

type row struct {
	Hash     Hash
	Size     int64
	Media    string
	Packing  string
	Content  []byte
	Received time.Time
	Keep     period.Date
}

var (
	addRows = db.Insert[row]("blob", "ON CONFLICT (hash) DO NOTHING")

	byHash = db.Select[row](`
		SELECT hash, size, media, packing, content, received, keep FROM blob WHERE hash = $1`)
	known = db.Select[int64](`SELECT count(*) FROM blob WHERE hash = $1`)

	discard = db.Change(`DELETE FROM blob WHERE keep < $1`)
	hashes  = db.Select[Hash](`SELECT hash FROM blob ORDER BY hash`)
)

// Packed is a document made ready to be stored, outside any transaction: the
// costly part of keeping it.
type Packed struct{ row row }

// Hash is the hash of the document's bytes.
func (p Packed) Hash() Hash { return p.row.Hash }

// At is the same document received at another time: packing is done before the
// operation that receives it has begun.
func (p Packed) At(received time.Time) Packed {
	p.row.Received = received
	return p
}

var encoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic("blob: " + err.Error()) // only for options that do not fit together
	}
	return e
})

var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		panic("blob: " + err.Error())
	}
	return d
})

// Pack hashes and compresses a document. It is safe for concurrent use.
func Pack(d Document) Packed {
	r := row{Hash: d.Hash, Size: int64(len(d.Content)), Media: d.Media, Received: d.Received, Keep: d.Keep}
	if r.Hash == "" {
		r.Hash = Of(d.Content)
	}
	if small := encoder().EncodeAll(d.Content, make([]byte, 0, len(d.Content)/3)); len(small) < len(d.Content) {
		r.Packing, r.Content = "zstd", small
	} else {
		r.Content = append([]byte{}, d.Content...)
	}
	return Packed{r}
}

// Put stores documents. Those already known are left as they are.
func Put(o *op.Op, docs ...Packed) error {
	rows := make([]row, len(docs))
	for i, d := range docs {
		rows[i] = d.row
	}
	_, err := addRows.Add(o, rows...)
	return err
}

// Known reports whether the bytes with this hash are kept.
func Known(o *op.Op, h Hash) (bool, error) {
	n, err := known.One(o, h)
	return n > 0, err
}

var (
	errGone    = fault.New(fault.NotFound, "BLO-001", "Dokumentet finns inte, eller har gallrats.")
	errAltered = fault.New(fault.Internal, "BLO-002", "Dokumentet har skadats i lagringen. Felet är loggat; återställ från säkerhetskopian.")
)

// Get returns the document with the given hash.
func Get(o *op.Op, h Hash) (Document, error) {
	r, ok, err := byHash.Maybe(o, h)
	if err != nil {
		return Document{}, err
	}
	if !ok {
		return Document{}, errGone.Because("no blob %s", h)
	}
	return r.open()
}

func (r row) open() (Document, error) {
	d := Document{Hash: r.Hash, Media: r.Media, Content: r.Content, Received: r.Received, Keep: r.Keep}
	if r.Packing == "zstd" {
		b, err := decoder().DecodeAll(r.Content, make([]byte, 0, r.Size))
		if err != nil {
			return d, errAltered.Because("blob %s: %w", r.Hash, err)
		}
		d.Content = b
	}
	if Of(d.Content) != r.Hash {
		return d, errAltered.Because("blob %s: the bytes have another hash", r.Hash)
	}
	return d, nil
}

// Discard removes what may be discarded before the given day and returns how
// many documents that was.
func Discard(o *op.Op, before period.Date) (int64, error) { return discard.Do(o, before) }

// Verify reads every document and returns how many there are, with an error at
// the first whose bytes have changed.
func Verify(o *op.Op) (int64, error) {
	all, err := hashes.All(o)
	if err != nil {
		return 0, err
	}
	for n, h := range all {
		if _, err := Get(o, h); err != nil {
			return int64(n), fmt.Errorf("blob %d of %d: %w", n+1, len(all), err)
		}
	}
	return int64(len(all)), nil
}
