// Package app puts the modules together: it is the only package that knows all
// of them.
//
// # Words
//
// [Modules] is the whole program, in the order of the menu. [Run] is one
// command line. The demo city is app/demo.
//
// # What always holds
//
//   - A new module is in the menu, the API, the role matrix and the tests over
//     all modules as soon as it stands in [Modules].
//   - Every command that makes something says so as JSON with --json, on its
//     last line.
//
// # Not here
//
// What a command does is in the modules; here it gets its arguments.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"kontor/kernel/fault"
)

// IO is where the program reads and writes, so that a test can be the terminal.
type IO struct {
	In       io.Reader
	Out, Err io.Writer
}

// exit is the status of a kind of fault.
var exit = map[fault.Kind]int{
	fault.Internal: 1, fault.Invalid: 2, fault.NotFound: 3, fault.Forbidden: 4, fault.Conflict: 5, fault.Unavailable: 6,
}

type stop struct{ status int }

// Run runs one command line and returns the exit status.
func Run(args []string, std IO) (status int) {
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stop)
			if !ok {
				panic(r)
			}
			status = s.status
		}
	}()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	var c commands
	parser, err := kong.New(&c, kong.Name("kontor"), kong.Description(about),
		kong.Writers(std.Out, std.Err), kong.Exit(func(s int) { panic(stop{s}) }),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		fmt.Fprintln(std.Err, err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if err != nil {
		parser.FatalIfErrorf(err)
	}
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(std); err != nil {
		return tell(std, err)
	}
	return 0
}

// errStatus ends a command with a status but without a message: it has already
// said what was wrong.
type errStatus int

func (e errStatus) Error() string { return fmt.Sprintf("status %d", int(e)) }

func tell(std IO, err error) int {
	var s errStatus
	if errors.As(err, &s) {
		return int(s)
	}
	f := fault.Of(err)
	fmt.Fprintf(std.Err, "kontor: %s (%s)\n", f.Say(), f.Code)
	if f.Err != nil {
		fmt.Fprintf(std.Err, "  %v\n", f.Err)
	}
	return exit[f.Kind]
}

// line writes v as one line of JSON.
func line(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", b)
	return err
}
