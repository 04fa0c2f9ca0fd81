-- Who acts, what they may do and how they come in.

-- person is everybody who acts: people, the digital co-worker, the program.
-- kontor:table person reference
CREATE TABLE person (
	id        BIGINT NOT NULL PRIMARY KEY,
	version   BIGINT NOT NULL,
	name      TEXT NOT NULL,
	folded    TEXT NOT NULL,             -- the name in small letters, to search by
	email     TEXT NOT NULL,
	kind      TEXT NOT NULL,             -- person, automation or system
	unit      BIGINT NOT NULL,           -- home unit; 0 for none
	title     TEXT NOT NULL,
	language  TEXT NOT NULL,             -- sv or en
	clearance BIGINT NOT NULL,
	interests TEXT NOT NULL,             -- JSON list of 12-digit numbers that the person is tied to
	scheme    TEXT NOT NULL,             -- colours: auto, light or dark
	keys      BOOLEAN NOT NULL,          -- single-letter keys are on
	active    BOOLEAN NOT NULL
);
CREATE INDEX person_name ON person (name, id);
CREATE INDEX person_folded ON person (folded, id);
CREATE INDEX person_active ON person (active, name, id);

-- role_assignment gives a person a role for some days, for one client or unit
-- or for all. It is ended, never removed.
-- kontor:table role_assignment reference
CREATE TABLE role_assignment (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	role       TEXT NOT NULL,
	client     BIGINT NOT NULL,          -- 0 for all
	unit       BIGINT NOT NULL,          -- 0 for all
	valid_from DATE NOT NULL,
	valid_to   DATE,                     -- last day; NULL: until further notice
	decided_by BIGINT NOT NULL,
	decided_at TIMESTAMP NOT NULL
);
CREATE INDEX role_assignment_person ON role_assignment (person, id);
CREATE INDEX role_assignment_role ON role_assignment (role, id);
CREATE INDEX role_assignment_from ON role_assignment (valid_from, id);
CREATE INDEX role_assignment_person_from ON role_assignment (person, valid_from, id);
CREATE INDEX role_assignment_role_from ON role_assignment (role, valid_from, id);

-- login_account is a local account with a password.
-- kontor:table login_account local
CREATE TABLE login_account (
	person  BIGINT NOT NULL PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,        -- small letters
	hash    TEXT NOT NULL,               -- argon2id with its parameters
	changed TIMESTAMP NOT NULL,
	active  BOOLEAN NOT NULL
);

-- login_session is one browser that somebody has signed in with.
-- kontor:table login_session local
CREATE TABLE login_session (
	id      BIGINT NOT NULL PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE,        -- SHA-256 of the token; the token is only in the browser
	person  BIGINT NOT NULL,
	created TIMESTAMP NOT NULL,
	seen    TIMESTAMP NOT NULL,
	expires TIMESTAMP NOT NULL,
	address TEXT NOT NULL,
	agent   TEXT NOT NULL,
	revoked TIMESTAMP
);
CREATE INDEX login_session_person ON login_session (person, id);
CREATE INDEX login_session_expires ON login_session (expires);

-- login_attempt is one try to sign in, kept for a day. The name is hashed: what
-- is written in that field is now and then a password.
-- kontor:table login_attempt local
CREATE TABLE login_attempt (
	id      BIGINT NOT NULL PRIMARY KEY,
	at      TIMESTAMP NOT NULL,
	account TEXT NOT NULL,
	address TEXT NOT NULL,
	passed  BOOLEAN NOT NULL
);
CREATE INDEX login_attempt_account ON login_attempt (account, at);
CREATE INDEX login_attempt_address ON login_attempt (address, at);
CREATE INDEX login_attempt_at ON login_attempt (at);

-- login_token lets a script in as a person.
-- kontor:table login_token local
CREATE TABLE login_token (
	id      BIGINT NOT NULL PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE,
	person  BIGINT NOT NULL,
	name    TEXT NOT NULL,
	scope   TEXT NOT NULL,               -- read or write
	created TIMESTAMP NOT NULL,
	expires TIMESTAMP NOT NULL,
	used    TIMESTAMP,
	revoked TIMESTAMP
);
CREATE INDEX login_token_person ON login_token (person, id);
