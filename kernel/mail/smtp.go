package mail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP sends through a server.
type SMTP struct {
	Host, User, Password string
	Port                 int
	TLS                  gomail.TLSPolicy
	SSL                  bool // TLS from the first byte
	From                 string
	Domain               string // of the Message-ID
}

// ParseSMTP reads where to send: smtp://host:25 (TLS where the server has it),
// smtp+tls://user:password@host:587 (TLS or nothing), smtps://host:465.
func ParseSMTP(address, from string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("mail: %q is no address of a server", address)
	}
	s := &SMTP{Host: u.Hostname(), Port: 25, TLS: gomail.TLSOpportunistic, From: from}
	switch u.Scheme {
	case "smtp":
	case "smtp+tls":
		s.Port, s.TLS = 587, gomail.TLSMandatory
	case "smtps":
		s.Port, s.SSL = 465, true
	default:
		return nil, fmt.Errorf("mail: unknown way to send %q", u.Scheme)
	}
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil {
			return nil, fmt.Errorf("mail: port %q: %w", p, err)
		}
	}
	if u.User != nil {
		s.User = u.User.Username()
		s.Password, _ = u.User.Password()
	}
	m := gomail.NewMsg()
	if err := m.From(from); err != nil {
		return nil, fmt.Errorf("mail: sender %q: %w", from, err)
	}
	s.Domain = domainOf(m)
	return s, nil
}

func domainOf(m *gomail.Msg) string {
	for _, a := range m.GetFromString() {
		for i := len(a) - 1; i >= 0; i-- {
			if a[i] == '@' {
				end := len(a)
				if a[end-1] == '>' {
					end--
				}
				return a[i+1 : end]
			}
		}
	}
	return "localhost"
}

// Send hands one message over. Whatever fails before the end of the text was
// not taken; what is lost after it may have been.
func (s *SMTP) Send(ctx context.Context, m Message, at time.Time) (Outcome, error) {
	msg := gomail.NewMsg()
	if err := errors.Join(msg.From(s.From), msg.To(m.To)); err != nil {
		return Never, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(at)
	msg.SetMessageIDWithValue(MessageID(m.Key, s.Domain))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody answers it by machine
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTLSPolicy(s.TLS), gomail.WithTimeout(20 * time.Second)}
	if s.SSL {
		options = append(options, gomail.WithSSL())
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	c, err := gomail.NewClient(s.Host, options...)
	if err != nil {
		return Never, err
	}
	err = c.DialAndSendWithContext(ctx, msg)
	var sent *gomail.SendError
	switch {
	case msg.IsDelivered():
		return Delivered, nil // what happens at the farewell does not matter
	case err == nil:
		return Unknown, errors.New("the server did not say that it took the message")
	case !errors.As(err, &sent):
		return Later, err // no connection, no login
	case sent.ErrorCode() >= 500:
		return Never, err
	case sent.ErrorCode() >= 400:
		return Later, err
	case sent.Reason == gomail.ErrSMTPDataClose || sent.Reason == gomail.ErrAmbiguous:
		return Unknown, err
	}
	return Later, err
}
