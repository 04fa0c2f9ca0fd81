-- What the digital co-worker has learned of coding, and how far it is trusted.

-- payables_lesson is how one line of an approved invoice was coded. It is taken
-- into the habits by a job, and out of them when it is too old.
-- kontor:table payables_lesson distributed
CREATE TABLE payables_lesson (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	invoice   BIGINT NOT NULL,
	supplier  TEXT NOT NULL,
	name      TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- öre, without VAT
	text      TEXT NOT NULL,
	reference TEXT NOT NULL,
	line      BIGINT NOT NULL,           -- place in the invoice, from 0
	line_count BIGINT NOT NULL,
	answer    TEXT NOT NULL,             -- the code string
	taken     BOOLEAN NOT NULL,
	at        TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_lesson_taken ON payables_lesson (taken, at, id);

-- payables_habit counts how often an answer was given in one circumstance; the
-- answer '' counts all of them.
-- kontor:table payables_habit local
CREATE TABLE payables_habit (
	habit  BIGINT NOT NULL,
	answer TEXT NOT NULL,
	lines  BIGINT NOT NULL,
	PRIMARY KEY (habit, answer)
);
CREATE INDEX payables_habit_most ON payables_habit (habit, lines, answer);

-- payables_trust is what a client has decided about suggestions: how sure one
-- has to be, and how large an invoice, to be coded by nobody else.
-- kontor:table payables_trust distributed
CREATE TABLE payables_trust (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	least      BIGINT NOT NULL,          -- per mille
	most       BIGINT NOT NULL,          -- öre, net
	decision   TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	decided_by BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

-- payables_mistake is a coding of the digital co-worker that a person changed.
-- kontor:table payables_mistake distributed
CREATE TABLE payables_mistake (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	was     TEXT NOT NULL,               -- how the co-worker coded it, in words
	why     TEXT NOT NULL,               -- what the co-worker said
	became  TEXT NOT NULL,
	by      BIGINT NOT NULL,
	at      TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_mistake_at ON payables_mistake (client, at, id);
-- kontor:immutable payables_mistake

-- payables_coded is that the office's part of an invoice was done: by the digital
-- co-worker or by a person. It is what the co-worker's share and its mistakes are
-- counted of.
-- kontor:table payables_coded distributed
CREATE TABLE payables_coded (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	invoice    BIGINT NOT NULL,
	unit       BIGINT NOT NULL,
	day        DATE NOT NULL,
	at         TIMESTAMP NOT NULL,
	automated  BOOLEAN NOT NULL,
	by         BIGINT NOT NULL,
	changed    BOOLEAN NOT NULL,         -- a person changed what the co-worker had coded
	changed_by BIGINT NOT NULL,
	changed_at TIMESTAMP,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_coded_day ON payables_coded (client, day, id, unit, automated, changed);
CREATE INDEX payables_coded_invoice ON payables_coded (client, invoice, id);

-- payables_declined is a rule that was proposed from what has been learned and that
-- somebody said no to: it is not proposed again.
-- kontor:table payables_declined distributed
CREATE TABLE payables_declined (
	client    BIGINT NOT NULL,
	supplier  TEXT NOT NULL,
	reference TEXT NOT NULL,
	answer    TEXT NOT NULL,             -- the code string that was proposed
	why       TEXT NOT NULL,
	by        BIGINT NOT NULL,
	at        TIMESTAMP NOT NULL,
	PRIMARY KEY (client, supplier, reference, answer)
);
