package login

import "time"

const (
	absolute = 12 * time.Hour // a session ends, however it is used
	idle     = 2 * time.Hour  // a session ends when it is not used
	touch    = time.Minute    // how exactly the last use is known

	accountFree = 5  // wrong passwords for one account before it must wait
	addressFree = 50 // from one address, behind which a whole office may sit
	firstWait   = 5 * time.Second
	longestWait = 5 * time.Minute
	remembered  = time.Hour // how far back attempts count
)

// attempt is one try to sign in.
type attempt struct {
	At     time.Time
	Passed bool
}

// waitFor is how long after now the next attempt may be made. The attempts are
// newest first. A success forgives earlier mistakes of the same account, but
// not those of an address: one may hold an account and guess at others.
func waitFor(all []attempt, free int, forgiving bool, now time.Time) time.Duration {
	failures := 0
	for _, a := range all {
		if a.Passed && forgiving {
			break
		}
		if !a.Passed {
			failures++
		}
	}
	if failures < free {
		return 0
	}
	wait := longestWait
	if n := failures - free; n < 10 {
		wait = min(firstWait<<n, longestWait)
	}
	for _, a := range all {
		if !a.Passed {
			return max(0, a.At.Add(wait).Sub(now))
		}
	}
	return 0
}

// ended reports whether a session no longer lets anybody in.
func (s Session) ended(now time.Time) bool {
	return !s.Revoked.IsZero() || !now.Before(s.Expires) || now.Sub(s.Seen) >= idle
}
