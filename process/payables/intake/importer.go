package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Importer reads files and registers them: many workers read, one writer
// commits batches in the order of the files, so that the outcome does not
// depend on who was fastest.
type Importer struct {
	Door     *op.Door
	Actor    op.Actor
	SizeMost int64          // bytes of one file; 0 means the package's SizeMost
	Workers  int            // 0 means one for each processor
	Progress func(Progress) // called after each transaction; may be nil
	Fallout  func(File)     // called for each file that was held or failed; may be nil
}

// Progress is how far a run has come.
type Progress struct {
	Batch
	Rate int64         // files a second in this run
	Left time.Duration // 0 while nobody knows
}

const (
	batchLeast = 50
	batchMost  = 500
	// A transaction takes long enough to be worth its commit and short enough
	// for people to come in between.
	batchShort = 150 * time.Millisecond
	batchLong  = 500 * time.Millisecond
	// flight bounds the bytes of files that are read but not committed.
	flight = 64 << 20
	idle   = 50 * time.Millisecond
)

var errPath = fault.New(fault.Invalid, "PAY-F06", "Det finns ingen fil eller mapp som heter %s. Kontrollera sökvägen.")

// Run imports files and folders, with what is in them. The same list again
// after a kill goes on where it was. It returns the whole run as stored.
func (im *Importer) Run(ctx context.Context, paths ...string) (Batch, error) {
	files, err := List(paths...)
	if err != nil {
		return Batch{}, err
	}
	b, err := im.begin(ctx, paths, files)
	if err != nil {
		return b, err
	}
	return im.goOn(ctx, b, files)
}

// goOn reads what is left of a run.
func (im *Importer) goOn(ctx context.Context, b Batch, files []string) (Batch, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := &writer{im: im, batch: b, size: batchLeast, began: im.Door.Now(), from: b.Done(), at: b.Done()}
	drafts, release := im.read(ctx, files[b.Done():])
	if err := w.run(ctx, drafts, release); err != nil {
		return w.batch, err
	}
	return w.batch, w.end(ctx)
}

// List names the regular files of the given files and folders, in order.
func List(paths ...string) ([]string, error) {
	var all []string
	for _, p := range paths {
		err := filepath.WalkDir(p, func(at string, d fs.DirEntry, err error) error {
			if err != nil {
				return errPath.With(at).Because("%w", err)
			}
			if hidden := strings.HasPrefix(d.Name(), ".") && at != p; d.IsDir() && hidden {
				return fs.SkipDir
			} else if !d.IsDir() && !hidden {
				all = append(all, at)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// begin finds the unfinished run of the same files, or starts one.
func (im *Importer) begin(ctx context.Context, paths, files []string) (Batch, error) {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%d %s\n", len(f), f)
	}
	key := hex.EncodeToString(h.Sum(nil))
	var b Batch
	err := im.Door.Do(ctx, im.Actor, func(o *op.Op) error {
		var ok bool
		var err error
		if b, ok, err = openBatch.Maybe(o, key); err != nil || ok {
			return err
		}
		b = Batch{ID: id.New[Batch](o), Name: clip(strings.Join(paths, " "), 300), Key: key, Actor: o.Actor.ID,
			Started: o.Now, Seen: o.Now, Total: int64(len(files))}
		_, err = addBatch.Add(o, b)
		return err
	})
	return b, err
}

// slot is the place of one file in the order of the run.
type slot struct {
	path  string
	size  int64
	ready chan *Draft
}

// read reads files with several workers and hands the drafts on in order.
// Whoever has committed some bytes releases them.
func (im *Importer) read(ctx context.Context, files []string) (<-chan *Draft, func(int64)) {
	budget := semaphore.NewWeighted(flight)
	todo, order := make(chan *slot), make(chan *slot, batchMost)
	drafts := make(chan *Draft)
	go func() {
		defer close(todo)
		defer close(order)
		for _, f := range files {
			s := &slot{path: f, ready: make(chan *Draft, 1)}
			if info, err := os.Stat(f); err == nil {
				s.size = info.Size()
			}
			if budget.Acquire(ctx, weight(s.size)) != nil {
				return
			}
			select {
			case order <- s:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers sync.WaitGroup
	for range max(1, cmpOr(im.Workers, runtime.NumCPU())) {
		workers.Go(func() {
			for s := range todo {
				s.ready <- im.draft(s)
			}
		})
	}
	go func() {
		defer close(drafts)
		for s := range order {
			select {
			case d := <-s.ready:
				select {
				case drafts <- d:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return drafts, func(size int64) { budget.Release(weight(size)) }
}

func cmpOr(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

func weight(size int64) int64 { return min(max(size, 1), flight) }

// draft reads one file. A file that is too large is not read at all.
func (im *Importer) draft(s *slot) *Draft {
	most := im.SizeMost
	if most == 0 {
		most = SizeMost
	}
	refuse := func(size int64, why *fault.Fault) *Draft {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", s.path, size))
		return &Draft{Name: s.path, Size: s.size, Hash: blob.Hash("unread:" + hex.EncodeToString(sum[:])), Refused: why}
	}
	if s.size > most {
		return refuse(s.size, tooLarge(s.size, most))
	}
	f, err := os.Open(s.path)
	if err != nil {
		return refuse(s.size, errGone.Because("%w", err))
	}
	defer f.Close()
	b := make([]byte, 0, s.size+1)
	for len(b) <= int(most) {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			d := Read(s.path, b, period.DateOf(im.Door.Now()))
			d.Size = s.size
			return d
		}
		if err != nil {
			return refuse(s.size, errGone.Because("%w", err))
		}
	}
	return refuse(s.size, tooLarge(int64(len(b)), most))
}

func tooLarge(size, most int64) *fault.Fault {
	return errTooLarge.With(fmt.Sprint((size+1<<20-1)>>20), fmt.Sprint(most>>20))
}

// writer commits the drafts of a run.
type writer struct {
	im    *Importer
	batch Batch
	size  int // of the next transaction
	began time.Time
	from  int64 // settled before this run began
	at    int64 // files that have passed here, in the order of the run
}

// run gathers drafts into transactions until there are no more.
func (w *writer) run(ctx context.Context, drafts <-chan *Draft, release func(int64)) error {
	var held []*Draft
	flush := func() error {
		if len(held) == 0 {
			return nil
		}
		if err := w.commit(ctx, held); err != nil {
			return err
		}
		for _, d := range held {
			release(d.Size)
		}
		held = held[:0]
		return nil
	}
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		timer.Reset(idle)
		select {
		case d, more := <-drafts:
			if !more {
				if err := flush(); err != nil {
					return err
				}
				return ctx.Err()
			}
			if held = append(held, d); len(held) < w.size {
				continue
			}
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := flush(); err != nil {
			return err
		}
	}
}

// commit settles drafts in one transaction, all at once if it can be done, else
// one by one, so that what cannot be registered falls out alone.
func (w *writer) commit(ctx context.Context, drafts []*Draft) error {
	began := w.im.Door.Now()
	var next Batch
	var outs []outcome
	err := w.im.Door.Batch(ctx, w.im.Actor, func(o *op.Op) error {
		b, rest, err := w.claim(o, drafts)
		if next, outs = b, nil; err != nil || len(rest) == 0 {
			return err
		}
		if outs, err = settleAll(o, rest, b.ID, 0); err != nil {
			return err
		}
		next, err = count(o, b, outs)
		return err
	})
	if err != nil && ctx.Err() == nil && fault.Of(err).Kind != fault.Unavailable {
		w.im.Door.Log.Warn("import: a batch failed and is done file by file", "files", len(drafts), "err", err)
		err = w.im.Door.Batch(ctx, w.im.Actor, func(o *op.Op) error {
			b, rest, err := w.claim(o, drafts)
			if outs = outs[:0]; err != nil {
				return err
			}
			for _, d := range rest {
				x, err := settleOne(o, d, b.ID)
				if err != nil {
					return err
				}
				outs = append(outs, x)
			}
			next, err = count(o, b, outs)
			return err
		})
	}
	if err != nil {
		return err
	}
	w.batch = next
	w.at += int64(len(drafts))
	w.tell(outs, w.im.Door.Now().Sub(began))
	return nil
}

// claim locks the run for the transaction and returns it as it stands, with the
// drafts that nobody has settled. Somebody else may have gone on with the same
// run: another process that was given the same files, or the last transaction
// of one that was killed, which the server ends after its client is gone.
func (w *writer) claim(o *op.Op, drafts []*Draft) (Batch, []*Draft, error) {
	for b := w.batch; ; {
		n, err := claimBatch.Do(o, b.ID, o.Now, b.Done())
		if err != nil {
			return b, nil, err
		}
		if n == 1 {
			return b, drafts[min(b.Done()-w.at, int64(len(drafts))):], nil
		}
		if b, err = batchByID.One(o, b.ID); err != nil {
			return b, nil, err
		}
	}
}

// count stores the progress with the rows that it counts.
func count(o *op.Op, b Batch, outs []outcome) (Batch, error) {
	b.Seen = o.Now
	for i := range outs {
		b.add(outs[i].file.State)
	}
	_, err := moveBatch.Do(o, b.ID, b.Seen, b.Ended, b.Imported, b.Held, b.Failed, b.Already)
	return b, err
}

func (b *Batch) add(s FileState) {
	switch s {
	case Imported:
		b.Imported++
	case Failed:
		b.Failed++
	case Already:
		b.Already++
		b.Held++
	default:
		b.Held++
	}
}

// tell adapts the size of the next transaction to what this one took, and
// reports.
func (w *writer) tell(outs []outcome, took time.Duration) {
	switch {
	case took < batchShort:
		w.size = min(batchMost, w.size*2)
	case took > batchLong:
		w.size = max(batchLeast, w.size/2)
	}
	if w.im.Fallout != nil {
		for i := range outs {
			if outs[i].file.State != Imported {
				w.im.Fallout(outs[i].file)
			}
		}
	}
	if w.im.Progress == nil {
		return
	}
	p := Progress{Batch: w.batch}
	if ran := w.im.Door.Now().Sub(w.began); ran > 0 {
		done := w.batch.Done() - w.from
		p.Rate = int64(time.Duration(done) * time.Second / ran)
		if done > 0 {
			p.Left = ran / time.Duration(done) * time.Duration(w.batch.Total-w.batch.Done())
		}
	}
	w.im.Progress(p)
}

func (w *writer) end(ctx context.Context) error {
	return w.im.Door.Do(ctx, w.im.Actor, func(o *op.Op) error {
		w.batch.Seen, w.batch.Ended = o.Now, o.Now
		b := w.batch
		_, err := moveBatch.Do(o, b.ID, b.Seen, b.Ended, b.Imported, b.Held, b.Failed, b.Already)
		return err
	})
}

// settleAll settles drafts in the operation and stores what they lead to.
func settleAll(o *op.Op, drafts []*Draft, batch id.ID[Batch], forced op.ClientID) ([]outcome, error) {
	r, err := loadRegister(o, drafts)
	if err != nil {
		return nil, err
	}
	r.forced = forced
	outs := make([]outcome, len(drafts))
	for i, d := range drafts {
		outs[i] = r.settle(o, d)
	}
	return outs, r.store(o, batch, outs, false)
}

// settleOne settles one draft by itself. When it cannot be registered its bytes
// are kept all the same, as a failed file.
func settleOne(o *op.Op, d *Draft, batch id.ID[Batch]) (outcome, error) {
	var outs []outcome
	err := o.Try(func() (err error) {
		outs, err = settleAll(o, []*Draft{d}, batch, 0)
		return err
	})
	if err == nil {
		return outs[0], nil
	}
	f := fault.Of(err)
	if f.Kind == fault.Unavailable {
		return outcome{}, err
	}
	bad := *d
	bad.Refused = errFailed.With(f.Say()).Because("%w", err)
	outs, again := settleAll(o, []*Draft{&bad}, batch, 0)
	if again != nil {
		return outcome{}, errors.Join(err, again) // a lost race is still seen as one
	}
	return outs[0], nil
}

// Receive registers files that came in by another way than a folder, in the
// operation of whoever received them.
func Receive(o *op.Op, from string, drafts ...*Draft) (Batch, []File, error) {
	b := Batch{ID: id.New[Batch](o), Name: clip(from, 300), Actor: o.Actor.ID, Started: o.Now, Seen: o.Now, Ended: o.Now, Total: int64(len(drafts))}
	b.Key = b.ID.String()
	var files []File
	for part := range slices.Chunk(drafts, batchMost) {
		for _, d := range part {
			x, err := settleOne(o, d, b.ID)
			if err != nil {
				return b, nil, err
			}
			b.add(x.file.State)
			files = append(files, x.file)
		}
	}
	_, err := addBatch.Add(o, b)
	return b, files, err
}
