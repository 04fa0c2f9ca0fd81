package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kontor/app"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"kontor": main}) }

// Each file in testdata/scenario is a story from the operation, told on the
// command line.
func TestScenario(t *testing.T) {
	shared := t.TempDir()
	// The city is built once; each story gets a copy of its database.
	built := sync.OnceValue(func() error {
		var said bytes.Buffer
		if status := app.Run([]string{"demo", "--once", "--json", "--dir", shared}, app.IO{In: strings.NewReader(""), Out: &said, Err: &said}); status != 0 {
			return fmt.Errorf("kontor demo --once: status %d: %s", status, said.String())
		}
		return nil
	})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/scenario",
		RequireExplicitExec: false,
		Condition: func(c string) (bool, error) {
			return c == "long" && !testing.Short(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// city DIR: the demo city's database in a folder.
			"city": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(built())
				b, err := os.ReadFile(filepath.Join(shared, "kontor.db"))
				ts.Check(err)
				ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o755))
				ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), "kontor.db"), b, 0o600))
			},
			// change FROM TO OLD NEW…: a copy of a file with words changed.
			"change": func(ts *testscript.TestScript, _ bool, args []string) {
				text := ts.ReadFile(args[0])
				for i := 2; i+1 < len(args); i += 2 {
					if !strings.Contains(text, args[i]) {
						ts.Fatalf("%s does not hold %q", args[0], args[i])
					}
					text = strings.ReplaceAll(text, args[i], args[i+1])
				}
				ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
			},
			// last KEY=VALUE…: what the JSON object on the last line of the output says.
			"last": func(ts *testscript.TestScript, neg bool, args []string) {
				lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
				var got map[string]any
				d := json.NewDecoder(strings.NewReader(lines[len(lines)-1]))
				d.UseNumber()
				if err := d.Decode(&got); err != nil {
					ts.Fatalf("the last line is no JSON object: %v: %s", err, lines[len(lines)-1])
				}
				for _, a := range args {
					key, want, _ := strings.Cut(a, "=")
					v, ok := got[key]
					if b, err := json.Marshal(v); !ok || err != nil || (fmt.Sprint(v) == want || string(b) == want) == neg {
						ts.Fatalf("%s is %s, want %s", key, b, want)
					}
				}
			},
			"release": release,
			"bank":    bankAnswers,
			// exits STATUS COMMAND…: the command ends with just that status.
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				err := ts.Exec(args[1], args[2:]...)
				status := 0
				if err != nil {
					status = -1
					if _, found, ok := strings.Cut(err.Error(), "exit status "); ok {
						fmt.Sscan(found, &status)
					} else if e, ok := err.(interface{ ExitCode() int }); ok {
						status = e.ExitCode()
					}
				}
				if fmt.Sprint(status) != args[0] {
					ts.Fatalf("status %d, want %s", status, args[0])
				}
			},
		},
	})
}
