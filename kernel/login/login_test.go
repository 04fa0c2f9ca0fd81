package login

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/op"
)

const good = "en lagom lång mening"

var ctx = context.Background()

func TestStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Check(ctx); err != nil {
			t.Error(err)
		}
	})
}

// gate is a gate with one account, maja.
func gate(t *testing.T, d *db.DB) (Gate, *dbtest.Clock, op.Actor) {
	door, clock := dbtest.Door(d)
	maja := dbtest.Actor("Maja")
	hash, err := Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Do(t, door, dbtest.Actor("Chef"), func(o *op.Op) error { return Put(o, maja.ID, " Maja ", hash) })
	return Gate{Door: door}, clock, maja
}

func try(g Gate, user, password, address string) error {
	_, _, err := g.SignIn(ctx, Entry{User: user, Password: password, Address: address})
	return err
}

func TestSessionsLetInAndEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, clock, maja := gate(t, d)
		in := func() (string, Session) {
			token, s, err := g.SignIn(ctx, Entry{User: "MAJA", Password: good, Address: "1", Agent: strings.Repeat("å", 500)})
			if err != nil {
				t.Fatal(err)
			}
			return token, s
		}
		token, s := in()
		if p, err := g.Whose(ctx, token); err != nil || p.Person != maja.ID || p.ReadOnly {
			t.Fatalf("%+v, %v", p, err)
		}
		for _, bad := range []string{"", "x", token + "x", s.Hash} {
			if _, err := g.Whose(ctx, bad); !errors.Is(err, Ended) {
				t.Errorf("%q: %v", bad, err)
			}
		}
		clock.Pass(idle - time.Minute)
		if _, err := g.Whose(ctx, token); err != nil {
			t.Errorf("a session that is used ended: %v", err)
		}
		clock.Pass(idle - time.Minute)
		if _, err := g.Whose(ctx, token); err != nil {
			t.Errorf("its use was not noted: %v", err)
		}
		clock.Pass(idle)
		if _, err := g.Whose(ctx, token); !errors.Is(err, Ended) {
			t.Errorf("an idle session goes on: %v", err)
		}
		token, s = in()
		for range 13 {
			clock.Pass(time.Hour)
			if _, err := g.Whose(ctx, token); err != nil {
				break
			}
		}
		if lived := clock.Now().Sub(s.Created); lived != absolute {
			t.Errorf("a session that is used every hour lives for %v", lived)
		}
		token, _ = in()
		if err := g.SignOut(ctx, token); err != nil {
			t.Error(err)
		}
		if _, err := g.Whose(ctx, token); !errors.Is(err, Ended) {
			t.Errorf("after signing out: %v", err)
		}
	})
}

func TestOwnSessionsAreListedAndRevoked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, _, maja := gate(t, d)
		t1, s1, _ := g.SignIn(ctx, Entry{User: "maja", Password: good})
		t2, s2, _ := g.SignIn(ctx, Entry{User: "maja", Password: good})
		bo := dbtest.Actor("Bo")
		if err := g.Door.Do(ctx, bo, func(o *op.Op) error { return Revoke(o, s1.ID) }); !errors.Is(err, errGone) {
			t.Errorf("somebody else's session: %v", err)
		}
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error {
			all, err := Sessions(o)
			if len(all) != 2 || all[0].ID != s2.ID {
				t.Errorf("%d sessions", len(all))
			}
			return errors.Join(err, RevokeOthers(o, s2.ID))
		})
		if _, err := g.Whose(ctx, t1); !errors.Is(err, Ended) {
			t.Errorf("the other session: %v", err)
		}
		if _, err := g.Whose(ctx, t2); err != nil {
			t.Errorf("the kept session: %v", err)
		}
	})
}

// An unknown name, a wrong password and an account that is closed get the same
// answer, and the password is worked on in each case.
func TestAllThatIsWrongIsAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, _, maja := gate(t, d)
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error { _, err := closeAccount.Do(o, maja.ID); return err })
		for i, c := range [][2]string{{"okänd", good}, {"maja", "fel"}, {"maja", good}, {"", ""}} {
			err := try(g, c[0], c[1], string(rune('a'+i)))
			if f := fault.Of(err); !errors.Is(err, Wrong) || f.Say() != Wrong.Text {
				t.Errorf("%q %q: %v", c[0], c[1], err)
			}
		}
		for _, text := range []string{"", "x", "$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA"} {
			if same, _, err := matches(ctx, text, good); same || err != nil {
				t.Errorf("%q lets in: %v", text, err)
			}
		}
	})
}

var (
	closeAccount = db.Change(`UPDATE login_account SET active = FALSE WHERE person = $1`)
	hashOf       = db.Select[string](`SELECT hash FROM login_account WHERE person = $1`)
	attemptsLeft = db.Select[int64](`SELECT count(*) FROM login_attempt`)
)

func TestManyMistakesMustWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, clock, _ := gate(t, d)
		for range accountFree {
			if err := try(g, "maja", "fel", "1"); !errors.Is(err, Wrong) {
				t.Fatal(err)
			}
		}
		err := try(g, "Maja", good, "2")
		if f := fault.Of(err); !errors.Is(err, Wait) || !strings.Contains(f.Say(), "Vänta 5 sekunder") {
			t.Fatalf("%v", err)
		}
		if err := try(g, "bo", "fel", "1"); !errors.Is(err, Wrong) {
			t.Errorf("another account waits too: %v", err)
		}
		clock.Pass(firstWait)
		if err := try(g, "maja", "fel", "1"); !errors.Is(err, Wrong) {
			t.Errorf("after the wait: %v", err)
		}
		clock.Pass(firstWait)
		if err := try(g, "maja", good, "1"); !errors.Is(err, Wait) {
			t.Errorf("the wait does not grow: %v", err)
		}
		clock.Pass(firstWait)
		if err := try(g, "maja", good, "1"); err != nil {
			t.Errorf("the right password after the wait: %v", err)
		}
		if err := try(g, "maja", "fel", "1"); !errors.Is(err, Wrong) {
			t.Errorf("a success does not forgive: %v", err)
		}
	})
}

// An address that guesses at many accounts must wait although no account must.
func TestAnAddressMustWait(t *testing.T) {
	now := dbtest.Noon
	all := make([]attempt, addressFree)
	for i := range all {
		all[i] = attempt{At: now.Add(-time.Duration(i) * time.Second), Passed: i == 3}
	}
	if w := waitFor(all, addressFree, false, now); w != 0 {
		t.Errorf("49 mistakes wait %v", w)
	}
	all[3].Passed = false
	if w := waitFor(all, addressFree, false, now); w != firstWait {
		t.Errorf("50 mistakes wait %v", w)
	}
}

func TestTheWaitGrowsAndEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 90).Draw(t, "mistakes")
		all := make([]attempt, n)
		for i := range all {
			all[i] = attempt{At: dbtest.Noon}
		}
		now := dbtest.Noon.Add(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(0, int64(10*time.Minute)).Draw(t, "ns"))
		}).Draw(t, "after"))
		w := waitFor(all, accountFree, true, now)
		more := waitFor(append(all, attempt{At: dbtest.Noon}), accountFree, true, now)
		passed := now.Sub(dbtest.Noon)
		switch {
		case w < 0 || w > longestWait || more < w:
			t.Fatalf("%v then %v", w, more)
		case n < accountFree && w != 0, passed >= longestWait && w != 0:
			t.Fatalf("%d mistakes, %v later: %v", n, passed, w)
		case n >= accountFree && passed < firstWait && w == 0:
			t.Fatalf("%d mistakes, %v later, no wait", n, passed)
		}
	})
}

func TestAnOldHashIsMadeAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, _, maja := gate(t, d)
		weak := cost{memory: 64, passes: 1, lanes: 1}
		salt := []byte("0123456789abcdef")
		old := encode(weak, salt, key(weak, salt, good))
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error { return Put(o, maja.ID, "maja", old) })
		if err := try(g, "maja", good, "1"); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error {
			now, err := hashOf.One(o, maja.ID)
			if c, _, _, ok := decode(now); !ok || c != current {
				t.Errorf("still %s", now)
			}
			return err
		})
		if err := try(g, "maja", good, "1"); err != nil {
			t.Errorf("with the new hash: %v", err)
		}
	})
}

func TestChangingThePassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, _, maja := gate(t, d)
		_, kept, _ := g.SignIn(ctx, Entry{User: "maja", Password: good})
		other, _, _ := g.SignIn(ctx, Entry{User: "maja", Password: good})
		for _, c := range []struct {
			name, old, fresh string
			who              op.Actor
			want             *fault.Fault
		}{
			{"a wrong old one", "fel", "en helt annan mening", maja, errOldPw},
			{"one that is short", good, "kort", maja, errWeak},
			{"no account", good, "en helt annan mening", dbtest.Actor("Bo"), errNone},
		} {
			if err := g.ChangePassword(ctx, c.who, kept.ID, "1", c.old, c.fresh); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := g.ChangePassword(ctx, maja, kept.ID, "1", good, "en helt annan mening"); err != nil {
			t.Fatal(err)
		}
		if err := try(g, "maja", good, "1"); !errors.Is(err, Wrong) {
			t.Errorf("the old password: %v", err)
		}
		if err := try(g, "maja", "en helt annan mening", "1"); err != nil {
			t.Errorf("the new password: %v", err)
		}
		if _, err := g.Whose(ctx, other); !errors.Is(err, Ended) {
			t.Errorf("the other session goes on: %v", err)
		}
	})
}

func TestTwoPeopleCannotHaveOneName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, _, _ := gate(t, d)
		err := g.Door.Do(ctx, dbtest.Actor("Chef"), func(o *op.Op) error { return Put(o, 77, "MAJA", "x") })
		if !errors.Is(err, errTaken) {
			t.Error(err)
		}
	})
}

func TestTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, clock, maja := gate(t, d)
		var read, write string
		var all []Token
		dbtest.Do(t, g.Door, maja, func(o *op.Op) (err error) {
			if read, err = NewToken(o, "läs", MayRead, o.Now.Add(time.Hour)); err != nil {
				return err
			}
			if write, err = NewToken(o, "skriv", MayWrite, o.Now.Add(48*time.Hour)); err != nil {
				return err
			}
			all, err = Tokens(o)
			return err
		})
		if p, err := g.Bearer(ctx, read); err != nil || !p.ReadOnly || p.Person != maja.ID {
			t.Errorf("%+v, %v", p, err)
		}
		if p, err := g.Bearer(ctx, write); err != nil || p.ReadOnly {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := g.Whose(ctx, write); !errors.Is(err, Ended) {
			t.Errorf("a token serves as a session: %v", err)
		}
		clock.Pass(time.Hour)
		if _, err := g.Bearer(ctx, read); !errors.Is(err, BadToken) {
			t.Errorf("an old token: %v", err)
		}
		if err := g.Door.Do(ctx, dbtest.Actor("Bo"), func(o *op.Op) error { return RevokeToken(o, all[0].ID) }); !errors.Is(err, errGone) {
			t.Errorf("somebody else's token: %v", err)
		}
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error { return RevokeToken(o, all[0].ID) })
		if _, err := g.Bearer(ctx, write); !errors.Is(err, BadToken) {
			t.Errorf("a revoked token: %v", err)
		}
		for _, c := range []struct {
			name  string
			scope Scope
			until time.Duration
		}{{"", MayRead, time.Hour}, {"x", "all", time.Hour}, {"x", MayRead, 0}, {"x", MayRead, 400 * 24 * time.Hour}} {
			err := g.Door.Do(ctx, maja, func(o *op.Op) error { _, err := NewToken(o, c.name, c.scope, o.Now.Add(c.until)); return err })
			if !errors.Is(err, errTokens) {
				t.Errorf("%+v: %v", c, err)
			}
		}
	})
}

func TestTheSweepTakesWhatIsOldOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g, clock, maja := gate(t, d)
		for range 2 {
			try(g, "maja", "fel", "1")
			clock.Pass(20 * time.Hour)
		}
		dbtest.Do(t, g.Door, maja, func(o *op.Op) error {
			if err := Jobs()[0].Run(o, nil); err != nil {
				return err
			}
			n, err := attemptsLeft.One(o)
			if n != 1 {
				t.Errorf("%d attempts are left", n)
			}
			return err
		})
	})
}

func TestWeakPasswords(t *testing.T) {
	for _, c := range []struct {
		password string
		weak     bool
	}{
		{"", true}, {"kort", true}, {"elva tecken", true}, {"tolv tecken!", false}, {good, false},
		{"Maja tycker om kaffe", true}, {"LÖSENORD1234", true}, {"aaaaaaaaaaaaaaa", true}, {"abcdefghijklmn", true},
		{"qwertyuiopåas", true}, {"1234567890123", true}, {strings.Repeat("mening ", 60), true}, {"åäöåäö räksmörgås", false},
	} {
		if got := Weak("maja", c.password) != ""; got != c.weak {
			t.Errorf("%q: weak is %v", c.password, got)
		}
	}
}

// Whatever text is in the database, it is a hash or it lets nobody in, and it
// never makes us work more than the bounds.
func FuzzDecode(f *testing.F) {
	f.Add(encode(current, make([]byte, saltLen), make([]byte, keyLen)))
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$$")
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$AAAA$AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		c, salt, sum, ok := decode(text)
		if !ok {
			return
		}
		if c.memory > costMost.memory || c.passes > costMost.passes || c.lanes > costMost.lanes || c.passes == 0 || c.lanes == 0 || len(sum) != keyLen {
			t.Errorf("%+v", c)
		}
		if c2, salt2, sum2, ok := decode(encode(c, salt, sum)); !ok || c2 != c || string(salt2) != string(salt) || string(sum2) != string(sum) {
			t.Errorf("%q is not read as it is written", text)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		if _, err := Hash(ctx, good); err != nil {
			b.Fatal(err)
		}
	}
}
