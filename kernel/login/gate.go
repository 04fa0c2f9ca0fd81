package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/job"
	"kontor/kernel/op"
	"kontor/kernel/text"
)

// The faults of signing in. Ended is told apart by the doors: the person is
// shown the way in again.
var (
	Wrong = fault.New(fault.Forbidden, "LOG-001",
		"Användarnamnet eller lösenordet stämmer inte. Försök igen, eller be systemförvaltningen om hjälp.")
	Wait = fault.New(fault.Unavailable, "LOG-002",
		"Det har blivit fel flera gånger. Vänta %d sekunder och försök sedan igen.")
	Ended     = fault.New(fault.Forbidden, "LOG-003", "Du är inte inloggad längre. Logga in igen.")
	errWeak   = fault.New(fault.Invalid, "LOG-004", "Lösenordet kan inte användas. Välj ett annat.")
	errTaken  = fault.New(fault.Conflict, "LOG-005", "Användarnamnet är upptaget. Välj ett annat.")
	BadToken  = fault.New(fault.Forbidden, "LOG-006", "Nyckeln gäller inte. Skapa en ny på sidan Mitt konto.")
	errGone   = fault.New(fault.NotFound, "LOG-007", "Inloggningen eller nyckeln finns inte eller är redan avslutad.")
	errNone   = fault.New(fault.NotFound, "LOG-008", "Du har inget lösenord här. Du loggar in på annat sätt.")
	errOldPw  = fault.New(fault.Invalid, "LOG-009", "Ditt nuvarande lösenord stämmer inte.")
	ReadOnly  = fault.New(fault.Forbidden, "LOG-010", "Nyckeln får bara läsa. Skapa en nyckel som även får ändra.")
	errTokens = fault.New(fault.Invalid, "LOG-011", "En nyckel behöver ett namn och en sista dag inom ett år.")
)

// Scope is what a token may be used for.
type Scope string

const (
	MayRead  Scope = "read"
	MayWrite Scope = "write"
)

// Pass is what a session or a token proves.
type Pass struct {
	Person   op.PersonID
	Session  id.ID[Session] // 0 for a token
	Token    id.ID[Token]   // 0 for a session
	ReadOnly bool
	Expires  time.Time
}

// Gate lets people and scripts in.
type Gate struct{ Door *op.Door }

var program = op.Actor{Name: "Inloggning", Kind: op.System}

// Entry is one try to sign in.
type Entry struct {
	User, Password string
	Address        string // of the network
	Agent          string // of the browser
}

// SignIn starts a session and returns its token, which is never stored. The
// fault is Wrong, or Wait after many mistakes.
func (g Gate) SignIn(ctx context.Context, e Entry) (string, Session, error) {
	a, try, err := g.begin(ctx, fold(e.User), e.Address)
	if err != nil {
		return "", Session{}, err
	}
	same, old, err := matches(ctx, a.Hash, e.Password)
	if err != nil {
		return "", Session{}, err
	}
	if !same || !a.Active {
		return "", Session{}, Wrong.Because("account %s", a.Person)
	}
	fresh := ""
	if old {
		if fresh, err = Hash(ctx, e.Password); err != nil {
			return "", Session{}, err
		}
	}
	token := secret()
	var s Session
	err = g.Door.Do(ctx, program, func(o *op.Op) error {
		if _, err := passAttempt.Do(o, try); err != nil {
			return err
		}
		if fresh != "" {
			if _, err := rehash.Do(o, a.Person, a.Hash, fresh); err != nil {
				return err
			}
		}
		s = Session{ID: id.New[Session](o), Hash: sum(token), Person: a.Person, Created: o.Now, Seen: o.Now,
			Expires: o.Now.Add(absolute), Address: e.Address, Agent: text.Cut(e.Agent, 200)}
		_, err := addSession.Add(o, s)
		return err
	})
	return token, s, err
}

// begin writes down the attempt and returns the account; an empty one where
// there is none.
func (g Gate) begin(ctx context.Context, user, address string) (a account, try id.ID[attemptRow], err error) {
	err = g.Door.Do(ctx, program, func(o *op.Op) error {
		name := sum("account " + user)
		ofAccount, err := attemptsOf.All(o, name, o.Now.Add(-remembered))
		if err != nil {
			return err
		}
		fromAddress, err := attemptsFrom.All(o, address, o.Now.Add(-remembered))
		if err != nil {
			return err
		}
		wait := max(waitFor(ofAccount, accountFree, true, o.Now), waitFor(fromAddress, addressFree, false, o.Now))
		if wait > 0 {
			seconds := int64((wait + time.Second - 1) / time.Second)
			return Wait.With(seconds).Because("%d attempts of the account, %d from the address", len(ofAccount), len(fromAddress))
		}
		try = id.New[attemptRow](o)
		if _, err := addAttempt.Add(o, attemptRow{ID: try, At: o.Now, Account: name, Address: address}); err != nil {
			return err
		}
		a, _, err = accountByName.Maybe(o, user)
		return err
	})
	return a, try, err
}

// Whose tells whose session a token is. The fault is Ended.
func (g Gate) Whose(ctx context.Context, token string) (Pass, error) {
	var s Session
	var now time.Time
	err := g.Door.View(ctx, program, func(o *op.Op) error {
		var ok bool
		var err error
		now = o.Now
		if s, ok, err = sessionByHash.Maybe(o, sum(token)); err != nil {
			return err
		}
		if !ok || s.ended(o.Now) {
			return Ended.Because("session %s", s.ID)
		}
		return nil
	})
	if err == nil && now.Sub(s.Seen) >= touch {
		err = g.Door.Batch(ctx, program, func(o *op.Op) error {
			_, err := touchSession.Do(o, s.ID, o.Now)
			return err
		})
	}
	return Pass{Person: s.Person, Session: s.ID, Expires: s.Expires}, err
}

// Bearer tells whose token it is. The fault is BadToken.
func (g Gate) Bearer(ctx context.Context, token string) (Pass, error) {
	var t Token
	var now time.Time
	err := g.Door.View(ctx, program, func(o *op.Op) error {
		var ok bool
		var err error
		now = o.Now
		if t, ok, err = tokenByHash.Maybe(o, sum(token)); err != nil {
			return err
		}
		if !ok || !t.Revoked.IsZero() || !o.Now.Before(t.Expires) {
			return BadToken.Because("token %s", t.ID)
		}
		return nil
	})
	if err == nil && now.Sub(t.Used) >= touch {
		err = g.Door.Batch(ctx, program, func(o *op.Op) error {
			_, err := touchToken.Do(o, t.ID, o.Now)
			return err
		})
	}
	return Pass{Person: t.Person, Token: t.ID, ReadOnly: t.Scope != MayWrite, Expires: t.Expires}, err
}

// SignOut ends the session of a token. It is no fault that it has ended already.
func (g Gate) SignOut(ctx context.Context, token string) error {
	return g.Door.Batch(ctx, program, func(o *op.Op) error {
		_, err := revokeByHash.Do(o, sum(token), o.Now)
		return err
	})
}

// ChangePassword gives the actor a new password and ends the actor's other
// sessions.
func (g Gate) ChangePassword(ctx context.Context, who op.Actor, keep id.ID[Session], address, old, fresh string) error {
	var mine account
	err := g.Door.View(ctx, who, func(o *op.Op) error {
		var ok bool
		var err error
		if mine, ok, err = accountOf.Maybe(o, who.ID); err == nil && !ok {
			return errNone.Because("person %s has no account", who.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	_, try, err := g.begin(ctx, mine.Name, address) // guessing here is guessing too
	if err != nil {
		return err
	}
	same, _, err := matches(ctx, mine.Hash, old)
	if err != nil {
		return err
	}
	if !same {
		return errOldPw.At(fault.Field{Name: "old", Text: errOldPw.Text}).Because("person %s", who.ID)
	}
	if why := Weak(mine.Name, fresh); why != "" {
		return errWeak.At(fault.Field{Name: "new", Text: why})
	}
	hash, err := Hash(ctx, fresh)
	if err != nil {
		return err
	}
	return g.Door.Do(ctx, who, func(o *op.Op) error {
		if _, err := passAttempt.Do(o, try); err != nil {
			return err
		}
		if err := Put(o, who.ID, mine.Name, hash); err != nil {
			return err
		}
		_, err := revokeOthers.Do(o, who.ID, keep, o.Now)
		return err
	})
}

// Put gives a person an account with a name and a hashed password, or replaces
// the one there is.
func Put(o *op.Op, who op.PersonID, name, hash string) error {
	_, err := putAccount.Add(o, account{Person: who, Name: fold(name), Hash: hash, Changed: o.Now, Active: true})
	if db.Duplicate(err) {
		return errTaken.Because("account name of %s: %w", who, err)
	}
	if err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "person", Record: int64(who), Step: "password", Note: ""})
}

// AccountName returns a person's account name, or "".
func AccountName(o *op.Op, who op.PersonID) (string, error) {
	a, _, err := accountOf.Maybe(o, who)
	return a.Name, err
}

// Sessions lists the open sessions of the actor, newest first.
func Sessions(o *op.Op) ([]Session, error) {
	return sessionsOf.All(o, o.Actor.ID, o.Now, o.Now.Add(-idle))
}

// Revoke ends one of the actor's own sessions.
func Revoke(o *op.Op, key id.ID[Session]) error {
	n, err := revokeSession.Do(o, key, o.Actor.ID, o.Now)
	if err == nil && n == 0 {
		err = errGone.Because("session %s", key)
	}
	return err
}

// RevokeOthers ends every session of the actor but one.
func RevokeOthers(o *op.Op, keep id.ID[Session]) error {
	_, err := revokeOthers.Do(o, o.Actor.ID, keep, o.Now)
	return err
}

// NewToken makes a token for the actor and returns its text, which is shown
// once and never stored.
func NewToken(o *op.Op, name string, s Scope, expires time.Time) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || !expires.After(o.Now) || expires.After(o.Now.Add(366*24*time.Hour)) || s != MayRead && s != MayWrite {
		return "", errTokens.Because("%q %s until %s", name, s, expires)
	}
	token := "kontor_" + secret()
	t := Token{ID: id.New[Token](o), Hash: sum(token), Person: o.Actor.ID, Name: text.Cut(name, 100), Scope: s, Created: o.Now, Expires: expires}
	if _, err := addToken.Add(o, t); err != nil {
		return "", err
	}
	return token, audit.Note(o, audit.Change{Kind: "person", Record: int64(o.Actor.ID), Step: "token", Note: t.Name})
}

// Tokens lists the tokens of the actor, newest first.
func Tokens(o *op.Op) ([]Token, error) { return tokensOf.All(o, o.Actor.ID) }

// RevokeToken ends one of the actor's own tokens.
func RevokeToken(o *op.Op, key id.ID[Token]) error {
	n, err := revokeToken.Do(o, key, o.Actor.ID, o.Now)
	if err == nil && n == 0 {
		err = errGone.Because("token %s", key)
	}
	return err
}

// Jobs sweeps what is no longer needed: attempts after a day, sessions a month
// after their end.
func Jobs() []job.Kind {
	return []job.Kind{{Name: "login.sweep", Label: "Rensa gamla inloggningar", Every: time.Hour, Run: func(o *op.Op, _ json.RawMessage) error {
		if _, err := sweepAttempts.Do(o, o.Now.Add(-24*time.Hour)); err != nil {
			return err
		}
		_, err := sweepSessions.Do(o, o.Now.Add(-30*24*time.Hour))
		return err
	}}}
}

// PasswordFields are the fields of the form in which a person changes password.
func PasswordFields() []form.Field {
	return []form.Field{
		{Key: "old", Label: "Nuvarande lösenord", Kind: form.Password, Required: true},
		{Key: "new", Label: "Nytt lösenord", Kind: form.Password, Required: true, Help: "Minst tolv tecken. En mening med några ord är lätt att minnas."},
	}
}

// secret is 256 random bits as text.
func secret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails; see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}
