package demo

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kontor/kernel/fault"
)

// markName is the file that tells what a folder holds. It is written before
// anything else, so that nothing but a demo is ever cleared away.
const markName = "demo.json"

type mark struct {
	Seed    uint64
	Done    bool
	Summary Summary
}

var (
	errFolder = fault.New(fault.Conflict, "DEM-001",
		"Mappen %s är inte tom och är inte gjord av kontor demo. Välj en annan mapp med --dir.")
	errOther = fault.New(fault.Conflict, "DEM-002",
		"Mappen %s håller en annan demostad. Ta bort mappen eller välj en annan med --dir.")
)

// Begin looks at the folder before the database in it is opened. It returns the
// summary when the city is already built there. What an interrupted build left
// is cleared away; a folder with anything else in it is a fault.
func Begin(dir string, seed uint64) (Summary, bool, error) {
	b, err := os.ReadFile(filepath.Join(dir, markName))
	if errors.Is(err, fs.ErrNotExist) {
		return Summary{}, false, begin(dir, seed)
	}
	if err != nil {
		return Summary{}, false, err
	}
	var m mark
	if err := json.Unmarshal(b, &m); err != nil {
		return Summary{}, false, errFolder.With(dir).Because("%w", err)
	}
	if m.Done {
		if m.Seed != seed {
			return Summary{}, false, errOther.With(dir).Because("seed %d, wanted %d", m.Seed, seed)
		}
		return m.Summary, true, nil
	}
	if err := clearUnfinished(dir); err != nil {
		return Summary{}, false, err
	}
	return Summary{}, false, writeMark(dir, mark{Seed: seed})
}

func begin(dir string, seed uint64) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return errFolder.With(dir).Because("it holds %s", entries[0].Name())
	}
	return writeMark(dir, mark{Seed: seed})
}

// clearUnfinished removes what an interrupted build made: the database and the
// inbox, nothing else.
func clearUnfinished(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == inboxName || strings.HasPrefix(e.Name(), "kontor.db") {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish notes that the folder holds a whole city.
func finish(dir string, seed uint64, s Summary) error {
	return writeMark(dir, mark{Seed: seed, Done: true, Summary: s})
}

func writeMark(dir string, m mark) error {
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, markName)
	if err := os.WriteFile(path+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
