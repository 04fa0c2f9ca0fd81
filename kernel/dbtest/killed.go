package dbtest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Running opens a database as the program does: with full durability, a node of
// its own and a clock that goes on. It shows Noon at base, in every process that
// is given the same.
func Running(t testing.TB, address string, node int64, base time.Time) *op.Door {
	t.Helper()
	d, err := db.Open(context.Background(), address, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &op.Door{DB: d, IDs: id.NewSource(node), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time { return Noon.Add(time.Since(base)) }}
}

const errandVar = "KONTOR_TEST_ERRAND"

// Errand reads what a process that Kill started is to do. The test that calls it
// is skipped everywhere else.
func Errand(t testing.TB, errand any) {
	t.Helper()
	text := os.Getenv(errandVar)
	if text == "" {
		t.Skip("it is the process that a test of kills starts")
	}
	if err := json.Unmarshal([]byte(text), errand); err != nil {
		t.Fatal(err)
	}
}

// Kill runs the named test of this package in a process of its own, with an
// errand, and kills it some time after it has said a line. It reports whether the
// process was killed before it ended by itself, and how long it ran from the line
// on. A process that fails by itself fails the test.
func Kill(t testing.TB, test string, errand any, line string, after time.Duration) (killed bool, took time.Duration) {
	t.Helper()
	text, err := json.Marshal(errand)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), errandVar+"="+string(text))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	var began time.Time
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if lines.Text() == line {
			began = time.Now()
			timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
			defer timer.Stop()
		}
	}
	err = cmd.Wait()
	took = time.Since(began)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == -1 {
		return true, took
	}
	if err != nil || began.IsZero() {
		t.Fatalf("the process failed by itself, or never said %q: %v\n%s", line, err, strings.Join(said, "\n"))
	}
	return false, took
}
