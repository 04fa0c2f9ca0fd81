package login

import (
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Session is one browser that somebody has signed in with.
type Session struct {
	ID      id.ID[Session]
	Hash    string
	Person  op.PersonID
	Created time.Time
	Seen    time.Time
	Expires time.Time
	Address string
	Agent   string
	Revoked time.Time
}

// Token lets a script in as a person.
type Token struct {
	ID      id.ID[Token]
	Hash    string
	Person  op.PersonID
	Name    string
	Scope   Scope
	Created time.Time
	Expires time.Time
	Used    time.Time
	Revoked time.Time
}

type account struct {
	Person  op.PersonID
	Name    string
	Hash    string
	Changed time.Time
	Active  bool
}

type attemptRow struct {
	ID      id.ID[attemptRow]
	At      time.Time
	Account string
	Address string
	Passed  bool
}

var (
	accountByName = db.Select[account](`SELECT person, name, hash, changed, active FROM login_account WHERE name = $1`)
	accountOf     = db.Select[account](`SELECT person, name, hash, changed, active FROM login_account WHERE person = $1`)

	putAccount = db.Insert[account]("login_account", `
		ON CONFLICT (person) DO UPDATE SET name = excluded.name, hash = excluded.hash, changed = excluded.changed, active = excluded.active`)

	// Only the hash that was matched is replaced: somebody may have changed the
	// password in the meantime.
	rehash = db.Change(`UPDATE login_account SET hash = $3 WHERE person = $1 AND hash = $2`)

	addAttempt  = db.Insert[attemptRow]("login_attempt", "")
	passAttempt = db.Change(`UPDATE login_attempt SET passed = TRUE WHERE id = $1`)

	attemptsOf = db.Select[attempt](`
		SELECT at, passed FROM login_attempt WHERE account = $1 AND at > $2 ORDER BY at DESC LIMIT 100`)
	attemptsFrom = db.Select[attempt](`
		SELECT at, passed FROM login_attempt WHERE address = $1 AND at > $2 ORDER BY at DESC LIMIT 200`)
	sweepAttempts = db.Change(`DELETE FROM login_attempt WHERE at < $1`)

	addSession    = db.Insert[Session]("login_session", "")
	sessionByHash = db.Select[Session](`
		SELECT id, hash, person, created, seen, expires, address, agent, revoked FROM login_session WHERE hash = $1`)
	sessionsOf = db.Select[Session](`
		SELECT id, hash, person, created, seen, expires, address, agent, revoked
		FROM   login_session
		WHERE  person = $1 AND revoked IS NULL AND expires > $2 AND seen > $3
		ORDER  BY id DESC`)
	touchSession  = db.Change(`UPDATE login_session SET seen = $2 WHERE id = $1 AND seen < $2`)
	revokeSession = db.Change(`UPDATE login_session SET revoked = $3 WHERE id = $1 AND person = $2 AND revoked IS NULL`)
	revokeOthers  = db.Change(`UPDATE login_session SET revoked = $3 WHERE person = $1 AND id <> $2 AND revoked IS NULL`)
	revokeByHash  = db.Change(`UPDATE login_session SET revoked = $2 WHERE hash = $1 AND revoked IS NULL`)
	sweepSessions = db.Change(`DELETE FROM login_session WHERE expires < $1`)

	addToken    = db.Insert[Token]("login_token", "")
	tokenByHash = db.Select[Token](`
		SELECT id, hash, person, name, scope, created, expires, used, revoked FROM login_token WHERE hash = $1`)
	tokensOf = db.Select[Token](`
		SELECT id, hash, person, name, scope, created, expires, used, revoked
		FROM   login_token
		WHERE  person = $1 AND revoked IS NULL
		ORDER  BY id DESC`)
	touchToken  = db.Change(`UPDATE login_token SET used = $2 WHERE id = $1`)
	revokeToken = db.Change(`UPDATE login_token SET revoked = $3 WHERE id = $1 AND person = $2 AND revoked IS NULL`)
)
