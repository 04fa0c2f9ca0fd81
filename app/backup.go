package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"kontor/kernel/db"
	"kontor/kernel/fault"
)

type backupCmd struct {
	Where
	JSON
	File string `arg:"" help:"Where the copy is written. It must not exist."`
}

var (
	errBackupExists = fault.New(fault.Conflict, "APP-010", "Filen %s finns redan. Välj ett annat namn; en säkerhetskopia skrivs aldrig över.")
	errNotEmpty     = fault.New(fault.Conflict, "APP-011", "Där finns redan en databas (%s). Välj en tom mapp eller en tom databas.")
	errNotABackup   = fault.New(fault.Invalid, "APP-012", "Filen %s är ingen säkerhetskopia från Kontor.")
	errNoTool       = fault.New(fault.Unavailable, "APP-013", "Programmet %s behövs för PostgreSQL men finns inte här. Installera postgresql-client.")
)

// Run copies one consistent state while others go on working. SQLite is copied
// by the engine itself; PostgreSQL by its own tool.
func (c backupCmd) Run(ctx context.Context, std IO) error {
	if _, err := os.Stat(c.File); err == nil {
		return errBackupExists.With(c.File)
	}
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	part := c.File + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if p.DB.Engine == db.SQLite {
		_, err = p.DB.Raw().ExecContext(ctx, `VACUUM INTO $1`, part)
	} else {
		err = tool(ctx, std, "pg_dump", "--format=custom", "--no-owner", "--file="+part, c.DB)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Rename(part, c.File); err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"file": c.File, "bytes": info.Size()})
	}
	fmt.Fprintf(std.Out, "Säkerhetskopian är skriven: %s, %d kB. Prova den med kontor restore --dir NY %[1]s och kontor verify --dir NY.\n", c.File, info.Size()>>10)
	return nil
}

type restoreCmd struct {
	Where
	JSON
	File string `arg:"" type:"existingfile" help:"A backup."`
}

func (c restoreCmd) Run(ctx context.Context, std IO) error {
	head := make([]byte, 16)
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	_, err = f.Read(head)
	if err := errors.Join(err, f.Close()); err != nil {
		return errNotABackup.With(c.File).Because("%w", err)
	}
	switch {
	case strings.HasPrefix(string(head), "SQLite format 3"):
		err = c.embedded()
	case strings.HasPrefix(string(head), "PGDMP"):
		err = tool(ctx, std, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname="+c.DB, c.File)
	default:
		err = errNotABackup.With(c.File)
	}
	if err != nil {
		return err
	}
	p, _, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	version, err := p.DB.Version(ctx)
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"restored": c.File, "version": version})
	}
	fmt.Fprintf(std.Out, "Databasen är återställd. Kör kontor verify för att se att allt stämmer.\n")
	return nil
}

func (c restoreCmd) embedded() error {
	to := c.address()
	if isServer(to) {
		return errNotABackup.With(c.File).Because("an SQLite backup into PostgreSQL")
	}
	if _, err := os.Stat(to); err == nil {
		return errNotEmpty.With(to)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	b, err := sql.Open("sqlite", "file:"+c.File+"?mode=ro")
	if err != nil {
		return err
	}
	defer b.Close()
	part := to + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if _, err := b.Exec(`VACUUM INTO $1`, part); err != nil {
		return errors.Join(errNotABackup.With(c.File).Because("%w", err), os.RemoveAll(part))
	}
	return os.Rename(part, to)
}

func tool(ctx context.Context, std IO, name string, args ...string) error {
	if _, err := exec.LookPath(name); err != nil {
		return errNoTool.With(name)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = std.Err
	return cmd.Run()
}
