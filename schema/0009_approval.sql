-- Who may review and approve: registers of approvers as decided versions,
-- substitutes, interests; and the outbox of mail.

-- approval_scheme is one version of a client's register of approvers. A draft
-- has number 0; a decided one is never changed, a new decision is a new version.
-- kontor:table approval_scheme distributed
CREATE TABLE approval_scheme (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	state      TEXT NOT NULL,            -- draft, decided, withdrawn
	version    BIGINT NOT NULL,
	arrived    TIMESTAMP NOT NULL,
	agreement  BIGINT NOT NULL,
	promised   BIGINT NOT NULL,
	keep_by    DATE NOT NULL,
	unit       BIGINT NOT NULL,
	handler    BIGINT NOT NULL,
	secrecy    BIGINT NOT NULL,
	number     BIGINT NOT NULL,          -- 1, 2, 3 … for each client; 0 while it is a draft
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	body       TEXT NOT NULL,            -- the committee or person that decided
	decided_on DATE,
	registry   TEXT NOT NULL,            -- registry number and paragraph of the decision
	drafted_by BIGINT NOT NULL,
	editors    TEXT NOT NULL,            -- JSON: everybody who changed the draft
	entered_by BIGINT NOT NULL,          -- who entered the decision: another person
	based_on   BIGINT NOT NULL,          -- the version that the draft began as; 0 for none
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX approval_scheme_id ON approval_scheme (id);
CREATE UNIQUE INDEX approval_scheme_number ON approval_scheme (client, number) WHERE number > 0;
CREATE INDEX approval_scheme_from ON approval_scheme (client, valid_from, id);

-- approval_row is a row of a decided version.
-- kontor:table approval_row distributed
CREATE TABLE approval_row (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	scheme     BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	name       TEXT NOT NULL,            -- as it was then
	kind       TEXT NOT NULL,            -- review, final
	units      TEXT NOT NULL,            -- codes, beginnings or spans of them; '' for all
	activities TEXT NOT NULL,
	projects   TEXT NOT NULL,
	accounts   TEXT NOT NULL,
	most       BIGINT NOT NULL,          -- öre, highest amount, included
	superior   BIGINT NOT NULL,          -- person who takes over in own matters; 0 for nobody
	valid_from DATE,                     -- NULL: as the version
	valid_to   DATE,
	PRIMARY KEY (client, id)
);
CREATE INDEX approval_row_scheme ON approval_row (client, scheme, id);
-- kontor:immutable approval_row

-- approval_draft_row is a row of a version that is being prepared.
-- kontor:table approval_draft_row distributed
CREATE TABLE approval_draft_row (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	scheme     BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL,
	units      TEXT NOT NULL,
	activities TEXT NOT NULL,
	projects   TEXT NOT NULL,
	accounts   TEXT NOT NULL,
	most       BIGINT NOT NULL,
	superior   BIGINT NOT NULL,
	valid_from DATE,
	valid_to   DATE,
	PRIMARY KEY (client, id)
);
CREATE INDEX approval_draft_row_scheme ON approval_draft_row (client, scheme, id);

-- approval_substitute lets a person act with the rights of an absent one. The
-- row is ended, never removed.
-- kontor:table approval_substitute distributed
CREATE TABLE approval_substitute (
	client      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	version     BIGINT NOT NULL,
	absent      BIGINT NOT NULL,
	absent_name TEXT NOT NULL,
	person      BIGINT NOT NULL,         -- who acts
	person_name TEXT NOT NULL,
	valid_from  DATE NOT NULL,
	valid_to    DATE NOT NULL,
	note        TEXT NOT NULL,
	entered_by  BIGINT NOT NULL,
	entered     TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX approval_substitute_from ON approval_substitute (client, valid_from, id);
CREATE INDEX approval_substitute_to ON approval_substitute (client, valid_to, id);

-- approval_tie is somebody that a person is tied to and may not decide about:
-- an own company, the household, a relative, a board.
-- kontor:table approval_tie reference
CREATE TABLE approval_tie (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	relation   TEXT NOT NULL,            -- household, relative, company, board, other
	number     TEXT NOT NULL,            -- 12 digits
	note       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	entered_by BIGINT NOT NULL,
	entered    TIMESTAMP NOT NULL
);
CREATE INDEX approval_tie_person ON approval_tie (person, valid_from, id);
CREATE INDEX approval_tie_from ON approval_tie (valid_from, id);

-- mail is the outbox: written in the transaction that calls for it, sent
-- afterwards. Key and identity are the same whoever asks again.
-- kontor:table mail local
CREATE TABLE mail (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	key      TEXT NOT NULL UNIQUE,       -- what it is about; the Message-ID is made of it
	receiver TEXT NOT NULL,
	subject  TEXT NOT NULL,
	body     TEXT NOT NULL,
	state    TEXT NOT NULL,              -- ready, sending, sent, failed, unsure
	attempt  BIGINT NOT NULL,
	due      TIMESTAMP NOT NULL,
	lease    TIMESTAMP,
	fault    TEXT NOT NULL,
	asked    TIMESTAMP NOT NULL,
	ended    TIMESTAMP
);
CREATE INDEX mail_ready ON mail (state, due, id);
CREATE INDEX mail_asked ON mail (asked, id);

-- approval_setting is how a client wants its approvers reminded.
-- kontor:table approval_setting reference
CREATE TABLE approval_setting (
	client     BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	mail       BOOLEAN NOT NULL,         -- approvers get a mail a day; they always have the page
	remind     BIGINT NOT NULL,          -- working days before the first reminder
	escalate   BIGINT NOT NULL,          -- working days before those above are asked
	entered_by BIGINT NOT NULL,
	entered    TIMESTAMP NOT NULL
);

-- approving_asked says who was reminded of a document, and on which day.
-- kontor:table approving_asked distributed
CREATE TABLE approving_asked (
	client    BIGINT NOT NULL,
	kind      TEXT NOT NULL,             -- of the document: payables.invoice
	record    BIGINT NOT NULL,
	person    BIGINT NOT NULL,
	day       DATE NOT NULL,
	step      TEXT NOT NULL,             -- review, approve
	escalated BOOLEAN NOT NULL,          -- asked because the nearest did not answer
	number    TEXT NOT NULL,             -- of the document
	amount    BIGINT NOT NULL,
	due       DATE,
	PRIMARY KEY (client, kind, record, person, day)
);
CREATE INDEX approving_asked_day ON approving_asked (day, person, client, record);
