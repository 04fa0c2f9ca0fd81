package mail

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// server is a real mail server in the test's own memory.
type server struct {
	mu     sync.Mutex
	got    []string
	refuse error // said at the end of the text
	cut    bool  // takes the text and hangs up without an answer
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s, c.Conn()}, nil }

type session struct {
	s    *server
	conn net.Conn
}

func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "ingen@") {
		return &smtp.SMTPError{Code: 550, Message: "no such user"}
	}
	return nil
}
func (x *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if x.s.refuse != nil {
		return x.s.refuse
	}
	x.s.got = append(x.s.got, string(b))
	if x.s.cut {
		return x.conn.Close()
	}
	return nil
}
func (*session) Reset()        {}
func (*session) Logout() error { return nil }

func serve(t *testing.T) (*server, *SMTP) {
	t.Helper()
	s := &server{}
	srv := smtp.NewServer(s)
	srv.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(l) //nolint:errcheck // ends with the test
	t.Cleanup(func() { srv.Close() })
	to, err := ParseSMTP("smtp://"+l.Addr().String(), "Kontor <kontor@stad.example>")
	if err != nil {
		t.Fatal(err)
	}
	return s, to
}

func put(t *testing.T, door *op.Door, all ...Message) {
	t.Helper()
	dbtest.Do(t, door, dbtest.Actor("Programmet"), func(o *op.Op) error { return Put(o, all...) })
}

func stateOf(t *testing.T, door *op.Door, key string) (r row) {
	t.Helper()
	dbtest.Do(t, door, dbtest.Actor("Programmet"), func(o *op.Op) (err error) {
		r, err = db.Select[row](`SELECT `+columns+` FROM mail WHERE key = $1`).One(o, key)
		return err
	})
	return r
}

// carry lets the postman do all that is due.
func carry(t *testing.T, p *Postman) (n int) {
	t.Helper()
	for ; ; n++ {
		did, err := p.Next(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if !did {
			return n
		}
	}
}

func TestAMessageIsSentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		s, to := serve(t)
		p := &Postman{Door: door, Actor: dbtest.Actor("Programmet"), Sender: to}
		m := Message{Key: "digest:1", To: "anna@stad.example", Subject: "Kontor: 3 fakturor\r\nBcc: x@y.z", Text: "Hej Åsa!\nTre väntar."}
		put(t, door, m, m, Message{Key: "nobody"})
		put(t, door, m)
		if n := carry(t, p); n != 1 {
			t.Errorf("%d tries", n)
		}
		put(t, door, m) // asked again when it was sent
		clock.Pass(24 * time.Hour)
		carry(t, p)
		if len(s.got) != 1 {
			t.Fatalf("sent %d times", len(s.got))
		}
		for _, want := range []string{"Message-ID: <" + MessageID("digest:1", "stad.example") + ">", "Auto-Submitted: auto-generated", "To: <anna@stad.example>"} {
			if !strings.Contains(s.got[0], want) {
				t.Errorf("%q is not in:\n%s", want, s.got[0])
			}
		}
		if strings.Contains(s.got[0], "\nBcc:") {
			t.Errorf("a header was smuggled in:\n%s", s.got[0])
		}
		if r := stateOf(t, door, "digest:1"); r.State != Sent || r.Ended.IsZero() {
			t.Errorf("%+v", r)
		}
	})
}

func TestRefusals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		s, to := serve(t)
		p := &Postman{Door: door, Actor: dbtest.Actor("Programmet"), Sender: to}
		put(t, door, Message{Key: "gone", To: "ingen@stad.example", Subject: "x", Text: "x"})
		carry(t, p)
		if r := stateOf(t, door, "gone"); r.State != Failed || r.Fault == "" {
			t.Errorf("a receiver that does not exist: %+v", r)
		}
		s.refuse = &smtp.SMTPError{Code: 451, Message: "come back later"}
		put(t, door, Message{Key: "later", To: "anna@stad.example", Subject: "x", Text: "x"})
		carry(t, p)
		if r := stateOf(t, door, "later"); r.State != Ready || !r.Due.After(clock.Now()) {
			t.Errorf("come back later: %+v", r)
		}
		s.refuse = nil
		clock.Pass(2 * time.Minute)
		carry(t, p)
		if r := stateOf(t, door, "later"); r.State != Sent || len(s.got) != 1 {
			t.Errorf("%+v, sent %d", r, len(s.got))
		}
		s.refuse = &smtp.SMTPError{Code: 554, Message: "no"}
		put(t, door, Message{Key: "no", To: "anna@stad.example", Subject: "x", Text: "x"})
		carry(t, p)
		if r := stateOf(t, door, "no"); r.State != Failed {
			t.Errorf("%+v", r)
		}
	})
}

func TestWhatMayHaveBeenTakenIsNotSentAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		s, to := serve(t)
		s.cut = true
		p := &Postman{Door: door, Actor: dbtest.Actor("Programmet"), Sender: to}
		put(t, door, Message{Key: "cut", To: "anna@stad.example", Subject: "x", Text: "x"})
		carry(t, p)
		clock.Pass(48 * time.Hour)
		carry(t, p)
		if r := stateOf(t, door, "cut"); r.State != Unsure || len(s.got) != 1 {
			t.Errorf("no answer: %+v, sent %d times", r, len(s.got))
		}
		s.cut = false
		put(t, door, Message{Key: "dies", To: "anna@stad.example", Subject: "x", Text: "x"})
		dying := &Postman{Door: door, Actor: p.Actor, Sender: dies{}}
		func() {
			defer func() { _ = recover() }()
			dying.Next(context.Background()) //nolint:errcheck // it dies
		}()
		carry(t, p)
		if r := stateOf(t, door, "dies"); r.State != Sending {
			t.Fatalf("the other postman's lease still runs: %+v", r)
		}
		clock.Pass(3 * time.Minute)
		carry(t, p)
		if r := stateOf(t, door, "dies"); r.State != Unsure || len(s.got) != 1 {
			t.Errorf("died while sending: %+v, sent %d", r, len(s.got))
		}
		a := dbtest.Actor("Ove", Again)
		dbtest.Do(t, door, a, func(o *op.Op) error {
			r := stateIn(t, o, "dies")
			_, err := AgainForm.Save(o, r.ID.String(), r.Version, map[string]string{"reason": "Anna fick det inte."})
			return err
		})
		carry(t, p)
		if r := stateOf(t, door, "dies"); r.State != Sent || len(s.got) != 2 {
			t.Errorf("a person had it sent again: %+v, sent %d", r, len(s.got))
		}
	})
}

func stateIn(t *testing.T, o *op.Op, key string) row {
	t.Helper()
	r, err := db.Select[row](`SELECT `+columns+` FROM mail WHERE key = $1`).One(o, key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dies is a program that ends in the middle of sending.
type dies struct{}

func (dies) Send(context.Context, Message, time.Time) (Outcome, error) { panic(errors.New("killed")) }

func TestNoServerIsTriedAgain(t *testing.T) {
	to, err := ParseSMTP("smtp://127.0.0.1:1", "kontor@stad.example")
	if err != nil {
		t.Fatal(err)
	}
	if outcome, err := to.Send(context.Background(), Message{Key: "k", To: "a@b.example", Subject: "s", Text: "t"}, dbtest.Noon); outcome != Later || err == nil {
		t.Errorf("%d, %v", outcome, err)
	}
	for _, bad := range []string{"", "http://x", "smtp://", "smtp://h:x"} {
		if _, err := ParseSMTP(bad, "kontor@stad.example"); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
