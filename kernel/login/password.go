package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// cost is how much work a password is. source: OWASP Password Storage Cheat
// Sheet, argon2id with 19 MiB, two passes, one lane.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

var current = cost{memory: 19 * 1024, passes: 2, lanes: 1}

// costMost bounds what a stored hash may make us work: it comes from the
// database, which a restored backup may have filled.
var costMost = cost{memory: 256 * 1024, passes: 16, lanes: 8}

const (
	saltLen = 16
	keyLen  = 32
)

// turns lets two passwords be worked on at once: each takes 19 MiB, and signing
// in must not be a way to fill the memory.
var turns = make(chan struct{}, 2)

func inTurn(ctx context.Context, f func()) error {
	select {
	case turns <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-turns }()
	f()
	return nil
}

// Hash makes the text that is stored for a password. It takes some tens of
// milliseconds, so it is not called inside an operation.
func Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails; see crypto/rand
	var text string
	err := inTurn(ctx, func() { text = encode(current, salt, key(current, salt, password)) })
	return text, err
}

func key(c cost, salt []byte, password string) []byte {
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, keyLen)
}

func encode(c cost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

func decode(text string) (c cost, salt, sum []byte, ok bool) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); n != 3 || err != nil {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	sane := c.memory >= 8 && c.memory <= costMost.memory && c.passes >= 1 && c.passes <= costMost.passes &&
		c.lanes >= 1 && c.lanes <= costMost.lanes && len(sum) == keyLen
	return c, salt, sum, err1 == nil && err2 == nil && sane
}

// matches reports whether the password is the one that text was made of, and
// whether it was made with less work than today's. A text that is no hash takes
// as long as one that is.
func matches(ctx context.Context, text, password string) (same, old bool, err error) {
	c, salt, sum, known := decode(text)
	if !known {
		c, salt, sum = current, make([]byte, saltLen), make([]byte, keyLen)
	}
	err = inTurn(ctx, func() { same = subtle.ConstantTimeCompare(sum, key(c, salt, password)) == 1 })
	return same && known, c != current, err
}

const (
	passwordMin = 12  // characters
	passwordMax = 200 // characters
)

// Weak says in Swedish why a password cannot be used, or "". It is pure.
func Weak(user, password string) string {
	small, name := strings.ToLower(password), fold(user)
	switch n := utf8.RuneCountInString(password); {
	case n < passwordMin:
		return "Lösenordet behöver ha minst tolv tecken. En mening med några ord är lätt att minnas."
	case n > passwordMax:
		return "Lösenordet får ha högst 200 tecken."
	case len(name) >= 3 && strings.Contains(small, name):
		return "Lösenordet får inte innehålla ditt användarnamn."
	case common[small] || monotone(small):
		return "Lösenordet är lätt att gissa. Välj ett annat, gärna en mening med några ord."
	}
	return ""
}

// monotone reports whether s is made of very few letters or of one run along
// the alphabet, the digits or the keyboard.
func monotone(s string) bool {
	letters := map[rune]bool{}
	for _, r := range s {
		letters[r] = true
	}
	if len(letters) < 5 {
		return true
	}
	for _, run := range []string{"abcdefghijklmnopqrstuvwxyzåäö", "01234567890123456789", "qwertyuiopåasdfghjklöäzxcvbnm"} {
		if strings.Contains(run, s) || strings.Contains(run+run, s) {
			return true
		}
	}
	return false
}

// common are long passwords that stand on every list of leaked ones, and their
// Swedish kin.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`password1234 password12345 password123456 passwordpassword mypassword123 changeme1234 changemeplease
		welcome12345 welcome123456 administrator administrator1 qwerty123456 qwertyuiop123 1q2w3e4r5t6y 1qaz2wsx3edc iloveyou1234
		letmein12345 letmeinplease superman1234 football1234 baseball1234 trustno1trustno1 correcthorsebatterystaple
		lösenord1234 lösenord12345 lösenord123456 losenord1234 losenord12345 hemligt12345 hemligt123456 sommar202600 sommaren2025
		sommaren2026 sommaren2027 vintern20252026 välkommen1234 valkommen1234 stockholm1234 göteborg1234 goteborg1234 sverige12345
		kommunen1234 ekonomi12345 fakturafaktura kontorkontor kontor123456 jagälskardig jagalskardig hejhejhejhej hejsan123456`) {
		m[s] = true
	}
	return m
}()

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
