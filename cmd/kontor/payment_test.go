package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/payout"
	"kontor/process/treasury"
	"kontor/process/treasury/standin"
)

// inCity does something in the database of a folder, as somebody who works there.
func inCity(ts *testscript.TestScript, dir string, who op.Actor, f func(o *op.Op) error) {
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(ts.MkAbs(dir), "kontor.db"), db.Options{})
	ts.Check(err)
	defer d.Close()
	door := &op.Door{DB: d, IDs: id.NewSource(77), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now}
	ts.Check(door.Do(ctx, who, f))
}

// release DIR: a person who has had no other part in it controls and releases
// everything that has been proposed, which no command does.
func release(ts *testscript.TestScript, _ bool, args []string) {
	bank := treasury.New(payables.PaymentSource(), payout.PaymentSource())
	who := dbtest.Actor("Rut Släpper", treasury.MayRead, treasury.MayHandle, treasury.MayRelease)
	inCity(ts, args[0], who, func(o *op.Op) error {
		waiting, err := bank.Waiting(o)
		if err != nil {
			return err
		}
		for _, key := range waiting {
			p, err := bank.Table.Get(o, key)
			if err != nil {
				return err
			}
			for _, r := range p.Rows {
				if r.Sampled == "" || r.CheckedBy != 0 || r.State != treasury.Proposed {
					continue
				}
				if err := bank.Control(o, r.ID, 0, "Mot underlaget"); err != nil {
					return err
				}
			}
			if _, err := bank.Table.Take(o, key, "release", 0, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// bank DIR TO FROM: the bank takes the files in one folder and puts its answers
// in another: what it has taken, what it will pay, and the statement.
func bankAnswers(ts *testscript.TestScript, _ bool, args []string) {
	var accounts []treasury.Account
	inCity(ts, args[0], dbtest.Actor("Bank", treasury.MayHandle), func(o *op.Op) (err error) {
		accounts, err = treasury.Accounts(o, period.DateOf(o.Now))
		return err
	})
	b := standin.Bank{IBAN: accounts[0].IBAN, Balance: money.Kronor(10_000_000)}
	now, out := time.Now(), ts.MkAbs(args[2])
	ts.Check(os.MkdirAll(out, 0o755))
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), "*.xml"))
	ts.Check(err)
	put := func(name string, bytes []byte) { ts.Check(os.WriteFile(filepath.Join(out, name), bytes, 0o600)) }
	for i, path := range files {
		bytes, err := os.ReadFile(path)
		ts.Check(err)
		answer, err := b.Take(bytes, now)
		ts.Check(err)
		put(fmt.Sprintf("1-taken-%d.xml", i), answer)
	}
	if statement := b.Day(period.DateOf(now).AddDays(60), now); statement != nil {
		put("2-statement.xml", statement)
	}
}
