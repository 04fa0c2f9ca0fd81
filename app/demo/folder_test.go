package demo

import (
	"os"
	"path/filepath"
	"testing"

	"kontor/kernel/fault"
	"kontor/kernel/login"
)

func TestAFolderIsBuiltOnceAndClearedOnlyWhenItIsAHalfMadeDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	if _, done, err := Begin(dir, 1); done || err != nil {
		t.Fatalf("a new folder: %v, %v", done, err)
	}
	for _, name := range []string{"kontor.db", "kontor.db-wal", "mine.txt"} {
		write(t, filepath.Join(dir, name))
	}
	if err := os.MkdirAll(filepath.Join(dir, inboxName, "2026-01"), 0o750); err != nil {
		t.Fatal(err)
	}
	if _, done, err := Begin(dir, 1); done || err != nil {
		t.Fatalf("a half-made folder: %v, %v", done, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("after clearing: %v, %v", left, err)
	}
	want := Summary{Files: 7, Imported: 5, Held: 1, Failed: 1, Accounts: []Account{{Role: Head, User: "lo"}}}
	if err := finish(dir, 1, want); err != nil {
		t.Fatal(err)
	}
	got, done, err := Begin(dir, 1)
	if !done || err != nil || got.Files != want.Files || len(got.Accounts) != 1 {
		t.Errorf("a finished folder: %+v, %v, %v", got, done, err)
	}
	if _, _, err := Begin(dir, 2); fault.Of(err).Code != "DEM-002" {
		t.Errorf("another seed: %v", err)
	}
}

func TestAFolderOfSomebodyElseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "kontor.db")
	write(t, path)
	if _, _, err := Begin(dir, 1); fault.Of(err).Code != "DEM-001" {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error("the file is gone")
	}
}

func TestEveryRoleOfPeopleHasAnAccountWithAPasswordThatHolds(t *testing.T) {
	c := New(Seed)
	roles := map[string]bool{}
	for _, a := range c.accounts() {
		roles[a.Role] = true
		if weak := login.Weak(a.User, a.Password); weak != "" {
			t.Errorf("%s: %s: %s", a.User, a.Password, weak)
		}
	}
	for role := range roleTitle {
		if !roles[role] && role != Automation {
			t.Errorf("there is no way in as %s", role)
		}
	}
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
}
