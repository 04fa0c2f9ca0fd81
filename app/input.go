package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kontor/format/xmlscan"
	"kontor/kernel/fault"
)

// standardInput is the name of what is piped in.
const standardInput = "-"

// inputMost is the largest file that is held whole, in bytes.
const inputMost = 64 << 20

var (
	errNothingToCheck = fault.New(fault.Invalid, "APP-002", "Det finns inget att pröva: där finns inga filer.")
	errNoCases        = fault.New(fault.Invalid, "APP-014", "Fallen i %s kan inte läsas. %s")
	errTooLarge       = fault.New(fault.Invalid, "APP-003", "Filen är större än %d MB. Dela den, om den är vad den ska vara.")
)

// eachFile calls one with every file that is named and every wanted one in the
// folders that are, in the order given. What cannot be opened is given as well:
// whoever reads it says why. A link to a folder is that folder.
func eachFile(args []string, wanted func(path string) bool, one func(path string) error) error {
	seen := false
	for _, arg := range args {
		root := arg
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			root += string(filepath.Separator)
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case path == root && root == arg:
			case err != nil:
			case d.IsDir() || !wanted(path):
				return nil
			}
			seen = true
			return one(path)
		})
		if err != nil {
			return err
		}
	}
	if !seen {
		return errNothingToCheck
	}
	return nil
}

// readInput reads a file whole, or what is piped in. Of what is known to be too
// large nothing is read.
func readInput(path string, stdin io.Reader, most int64) ([]byte, error) {
	r, size := stdin, int64(0)
	if path != standardInput {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if size, err = sizeOf(f, most); err != nil {
			return nil, err
		}
		r = f
	}
	var b bytes.Buffer
	b.Grow(int(size) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(r, most+1)); err != nil {
		return nil, err
	}
	if int64(b.Len()) > most {
		return nil, errTooLarge.With(most >> 20)
	}
	return b.Bytes(), nil
}

// sizeOf is how large a file is, 0 for what has no size. It is an error when it
// is larger than most.
func sizeOf(f *os.File, most int64) (int64, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, err
	}
	if info.Size() > most {
		return 0, errTooLarge.With(most >> 20)
	}
	return info.Size(), nil
}

// unreadable says in Swedish why a file could not be read, with the place.
func unreadable(err error) string {
	var at *xmlscan.Error
	var path *fs.PathError
	var f *fault.Fault
	switch {
	case errors.As(err, &at) && at.Line > 0:
		return fmt.Sprintf("Rad %d: %s", at.Line, at.Text)
	case errors.As(err, &at):
		return at.Text
	case errors.As(err, &f):
		return f.Say()
	case errors.Is(err, fs.ErrNotExist):
		return "Filen finns inte."
	case errors.Is(err, fs.ErrPermission):
		return "Filen får inte läsas av den som kör programmet."
	case errors.As(err, &path):
		err = path.Err
	}
	return fmt.Sprintf("Filen kunde inte läsas: %v.", err)
}
