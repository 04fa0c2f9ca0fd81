package app

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "books.txt")
	say := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, wrote := io.WriteString(w, text)
			return errors.Join(wrote, err)
		}
	}
	if err := whole(path, 0o600, say("first", nil)); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("the rows end")
	if err := whole(path, 0o600, say("half", failed)); !errors.Is(err, failed) {
		t.Errorf("%v, want %v", err, failed)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "first" {
		t.Errorf("%q %v", b, err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("%v %v", all, err)
	}
}
