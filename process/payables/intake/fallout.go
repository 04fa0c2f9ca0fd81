package intake

import (
	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

var (
	errNoFile  = fault.New(fault.NotFound, "PAY-F30", "Filen finns inte i listan. Sök upp den bland mottagna filer.")
	errDone    = fault.New(fault.Conflict, "PAY-F31", "Filen är redan omhändertagen. Läs in sidan igen.")
	errUnread  = fault.New(fault.Conflict, "PAY-F32", "Filen lästes aldrig, så det finns inget att köra om. Rätta felet och läs in den på nytt.")
	errOldFile = fault.New(fault.Conflict, "PAY-F33", "Någon annan har ändrat filen under tiden. Läs in sidan igen.")
)

// GetFile returns a received file.
func GetFile(o *op.Op, key id.ID[File]) (File, error) {
	f, ok, err := fileByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoFile.Because("no file %s", key)
	}
	return f, err
}

// GetBatch returns a run.
func GetBatch(o *op.Op, key id.ID[Batch]) (Batch, error) {
	b, ok, err := batchByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoFile.Because("no batch %s", key)
	}
	return b, err
}

// Rerun reads a file that fell out once more: after a route was added, a reader
// was mended, or, with a client, because a person says whose it is. A file that
// became an invoice is not read again.
func Rerun(o *op.Op, key id.ID[File], version int64, client op.ClientID) (File, error) {
	if err := o.Need(payables.MayImport); err != nil {
		return File{}, err
	}
	f, err := GetFile(o, key)
	if err != nil {
		return f, err
	}
	switch {
	case f.State != Unrouted && f.State != Failed && f.State != Dismissed:
		return f, errDone.Because("file %s is %s", key, f.State)
	case version != 0 && version != f.Version:
		return f, errOldFile.Because("file %s: version %d, now %d", key, version, f.Version)
	case len(f.Hash) != 64:
		return f, errUnread.Because("file %s was never read", key)
	}
	if client != 0 {
		if err := o.NeedFor(payables.MayImport, client); err != nil {
			return f, err
		}
	}
	b, err := blob.Get(o, f.Hash)
	if err != nil {
		return f, err
	}
	d := Read(f.Name, b.Content, period.DateOf(o.Now))
	if scan, ok, err := payables.ScanOf(o, f.Hash); err != nil {
		return f, err
	} else if ok {
		d = paper(f.Name, b.Content, scan, period.DateOf(o.Now))
	}
	r, err := loadRegister(o, []*Draft{d})
	if err != nil {
		return f, err
	}
	delete(r.files, f.Hash)
	r.forced = client
	out := r.settle(o, d)
	out.file.ID, out.file.Version = f.ID, f.Version
	if err := r.store(o, f.Batch, []outcome{out}, true); err != nil {
		return f, err
	}
	n, err := moveFile.Do(o, f.ID, f.Version, out.file.State, out.file.Code, out.file.Note, out.file.Client, out.file.Invoice)
	if err != nil {
		return f, err
	}
	if n == 0 {
		return f, errOldFile.Because("file %s: version %d is old", key, f.Version)
	}
	out.file.Version, out.file.Attempts = f.Version+1, f.Attempts+1
	return out.file, audit.Note(o, audit.Change{Client: out.file.Client, Kind: "payables.file", Record: int64(f.ID), Step: "rerun", Note: string(out.file.State)})
}

// Dismiss takes a file off the list of those to handle: it is no invoice of
// ours. The bytes stay.
func Dismiss(o *op.Op, key id.ID[File], version int64, why string) error {
	if err := o.Need(payables.MayImport); err != nil {
		return err
	}
	f, err := GetFile(o, key)
	if err != nil {
		return err
	}
	if f.State != Unrouted && f.State != Failed {
		return errDone.Because("file %s is %s", key, f.State)
	}
	n, err := dropFile.Do(o, f.ID, version, clip(why, 500))
	if err != nil {
		return err
	}
	if n == 0 {
		return errOldFile.Because("file %s: version %d is old", key, version)
	}
	return audit.Note(o, audit.Change{Kind: "payables.file", Record: int64(f.ID), Step: "dismiss", Note: clip(why, 500)})
}
