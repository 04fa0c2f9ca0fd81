package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Where says which database a command works on.
type Where struct {
	Dir string `help:"Folder with the embedded database, as made by kontor demo or kontor migrate." placeholder:"FOLDER" env:"KONTOR_DIR"`
	DB  string `help:"Address of any database: postgres://… or the path of an SQLite file." name:"db" placeholder:"ADDRESS" env:"KONTOR_DB"`
}

// DefaultDir is where the embedded database lies when nothing else is said.
const DefaultDir = "kontor-data"

// address is the database that w means.
func (w Where) address() string {
	if w.DB != "" {
		return w.DB
	}
	dir := w.Dir
	if dir == "" {
		dir = DefaultDir
	}
	return filepath.Join(dir, "kontor.db")
}

// program is an open installation.
type program struct {
	*op.Door
	DB *db.DB
}

// system is the program itself as an actor. It may do everything, and every row
// it writes says so.
var system = op.Actor{ID: 1, Name: "Kontor", Kind: op.System, Language: "sv", Clearance: op.Secret}

var errNoDatabase = fault.New(fault.NotFound, "APP-001",
	"Här finns ingen databas (%s). Gör en med kontor demo eller kontor migrate, eller peka ut en med --dir eller --db.")

// open opens an existing installation and brings nothing up to date.
func open(ctx context.Context, w Where, std IO) (*program, error) {
	address := w.address()
	if !isServer(address) {
		if _, err := os.Stat(address); errors.Is(err, os.ErrNotExist) {
			return nil, errNoDatabase.With(address)
		}
	}
	return connect(ctx, address, std)
}

func isServer(address string) bool {
	return len(address) > 11 && (address[:11] == "postgres://" || address[:11] == "postgresql:")
}

// prepare makes or updates the schema and the reference data, then opens.
func prepare(ctx context.Context, w Where, std IO) (*program, int, error) {
	owner, err := db.Open(ctx, w.address(), db.Options{Owner: true})
	if err != nil {
		return nil, 0, err
	}
	n, err := owner.Migrate(ctx)
	if err := errors.Join(err, owner.Close()); err != nil {
		return nil, n, err
	}
	p, err := connect(ctx, w.address(), std)
	if err != nil {
		return nil, n, err
	}
	return p, n, p.install(ctx)
}

func connect(ctx context.Context, address string, std IO) (*program, error) {
	d, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		return nil, err
	}
	p := &program{DB: d, Door: &op.Door{DB: d, Log: logger(std.Err), Now: time.Now}}
	node, err := takeNode(ctx, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	p.IDs = id.NewSource(node)
	return p, nil
}

func (p *program) close() error { return p.DB.Close() }

// logger writes lines for operators, without personal data.
func logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

var nextNode = db.Select[int64](`
	INSERT INTO node (id, taken) VALUES (1, 1)
	ON CONFLICT (id) DO UPDATE SET taken = node.taken + 1
	RETURNING taken`)

// takeNode gives this start of the program a node number of its own.
func takeNode(ctx context.Context, d *db.DB) (int64, error) {
	var node int64
	door := &op.Door{DB: d, IDs: id.NewSource(0), Now: time.Now}
	err := door.Do(ctx, system, func(o *op.Op) (err error) {
		node, err = nextNode.One(o)
		return err
	})
	return node % (id.NodeMax + 1), err
}

// install loads the reference data of every module that is not there yet.
func (p *program) install(ctx context.Context) error {
	for _, m := range Modules() {
		if m.Install == nil {
			continue
		}
		if err := p.Do(ctx, system, m.Install); err != nil {
			return err
		}
	}
	return nil
}
