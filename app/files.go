package app

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// whole writes a file that gets its name when it is complete: nobody fetches
// half of it, and when writing fails nothing is left.
func whole(path string, mode fs.FileMode, write func(io.Writer) error) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, path)
}
