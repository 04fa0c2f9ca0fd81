-- The sum of all changes, made by go test ./kernel/db -update.

CREATE TRIGGER audit_chain_kept_delete BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, 'audit_chain is immutable'); END;

CREATE TRIGGER audit_chain_kept_update BEFORE UPDATE ON audit_chain BEGIN SELECT RAISE(ABORT, 'audit_chain is immutable'); END;

CREATE TABLE audit_chain (
	seq    BIGINT NOT NULL PRIMARY KEY,
	client BIGINT NOT NULL,
	row    BIGINT NOT NULL UNIQUE,
	sum    TEXT NOT NULL
);

CREATE TRIGGER audit_row_kept_delete BEFORE DELETE ON audit_row BEGIN SELECT RAISE(ABORT, 'audit_row is immutable'); END;

CREATE TRIGGER audit_row_kept_update BEFORE UPDATE ON audit_row BEGIN SELECT RAISE(ABORT, 'audit_row is immutable'); END;

CREATE TABLE audit_row (
	client   BIGINT NOT NULL,            -- 0 for what belongs to no client
	id       BIGINT NOT NULL,
	at       TIMESTAMP NOT NULL,
	actor    BIGINT NOT NULL,
	name     TEXT NOT NULL,              -- the actor's name as it was then
	kind     TEXT NOT NULL,              -- kind of record
	record   BIGINT NOT NULL,
	step     TEXT NOT NULL,
	note     TEXT NOT NULL,              -- what a person wrote or what changed, for people
	sum      TEXT NOT NULL,              -- of the row's own content
	PRIMARY KEY (client, id)
);

CREATE INDEX audit_row_id ON audit_row (id);

CREATE INDEX audit_row_record ON audit_row (client, record, id);

CREATE TABLE blob (
	hash     TEXT NOT NULL PRIMARY KEY,  -- SHA-256, hexadecimal
	size     BIGINT NOT NULL,            -- bytes, before packing
	media    TEXT NOT NULL,
	packing  TEXT NOT NULL,              -- '' or 'zstd'
	content  BLOB NOT NULL,
	received TIMESTAMP NOT NULL,
	keep     DATE                        -- may be discarded after this day; NULL: not decided
);

CREATE TABLE client (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	code    TEXT NOT NULL UNIQUE,        -- short, for addresses and files: KULT
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,               -- administration, district, company
	org     TEXT NOT NULL,               -- 12 digits
	active  BOOLEAN NOT NULL
);

CREATE TABLE flow_pause (
	client BIGINT NOT NULL,
	record BIGINT NOT NULL,
	began  TIMESTAMP NOT NULL,
	ended  TIMESTAMP,
	PRIMARY KEY (client, record, began)
);

CREATE TABLE job (
	id      BIGINT NOT NULL PRIMARY KEY,
	kind    TEXT NOT NULL,
	key     TEXT NOT NULL,
	args    TEXT NOT NULL,
	due     TIMESTAMP NOT NULL,
	state   TEXT NOT NULL,               -- ready, running, done, failed
	attempt BIGINT NOT NULL,
	lease   TIMESTAMP,
	fault   TEXT NOT NULL,
	asked   TIMESTAMP NOT NULL,
	ended   TIMESTAMP,
	UNIQUE (kind, key)
);

CREATE INDEX job_ready ON job (state, due, id);

CREATE TABLE list_view (
	id     BIGINT NOT NULL PRIMARY KEY,
	owner  BIGINT NOT NULL,
	list   TEXT NOT NULL,
	name   TEXT NOT NULL,
	query  TEXT NOT NULL,
	shared BOOLEAN NOT NULL,
	UNIQUE (owner, list, name)
);

CREATE TABLE node (
	id     BIGINT NOT NULL PRIMARY KEY,
	taken  BIGINT NOT NULL
);

CREATE TABLE number_series (
	client BIGINT NOT NULL,
	name   TEXT NOT NULL,
	year   BIGINT NOT NULL,
	next   BIGINT NOT NULL,
	PRIMARY KEY (client, name, year)
);

CREATE TABLE program (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TRIGGER read_log_kept_delete BEFORE DELETE ON read_log BEGIN SELECT RAISE(ABORT, 'read_log is immutable'); END;

CREATE TRIGGER read_log_kept_update BEFORE UPDATE ON read_log BEGIN SELECT RAISE(ABORT, 'read_log is immutable'); END;

CREATE TABLE read_log (
	client BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	at     TIMESTAMP NOT NULL,
	actor  BIGINT NOT NULL,
	kind   TEXT NOT NULL,
	record BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE TRIGGER report_frozen_kept_delete BEFORE DELETE ON report_frozen BEGIN SELECT RAISE(ABORT, 'report_frozen is immutable'); END;

CREATE TRIGGER report_frozen_kept_update BEFORE UPDATE ON report_frozen BEGIN SELECT RAISE(ABORT, 'report_frozen is immutable'); END;

CREATE TABLE report_frozen (
	id          BIGINT NOT NULL PRIMARY KEY,
	figure      TEXT NOT NULL,
	definition  BIGINT NOT NULL,
	period      TEXT NOT NULL,
	client      BIGINT NOT NULL,         -- 0 for all
	state       TEXT NOT NULL,
	reason      TEXT NOT NULL,
	numerator   BIGINT NOT NULL,
	denominator BIGINT NOT NULL,
	at          TIMESTAMP NOT NULL,
	actor       BIGINT NOT NULL,
	restates    BIGINT NOT NULL,         -- 0 for the first
	why         TEXT NOT NULL,
	UNIQUE (figure, period, client, restates)
);

CREATE TABLE work_day (
	client    BIGINT NOT NULL,
	day       DATE NOT NULL,
	process   TEXT NOT NULL,
	activity  TEXT NOT NULL,
	channel   TEXT NOT NULL,
	unit      BIGINT NOT NULL,
	automated BOOLEAN NOT NULL,
	price     BIGINT NOT NULL,
	events    BIGINT NOT NULL,
	quantity  BIGINT NOT NULL,
	promised  BIGINT NOT NULL,           -- quantity with a promise
	kept      BIGINT NOT NULL,           -- of those, in time
	waited    BIGINT NOT NULL,
	PRIMARY KEY (client, day, process, activity, channel, unit, automated, price)
);

CREATE INDEX work_day_day ON work_day (day);

CREATE TRIGGER work_event_kept_delete BEFORE DELETE ON work_event BEGIN SELECT RAISE(ABORT, 'work_event is immutable'); END;

CREATE TRIGGER work_event_kept_update BEFORE UPDATE ON work_event BEGIN SELECT RAISE(ABORT, 'work_event is immutable'); END;

CREATE TABLE work_event (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	process   TEXT NOT NULL,
	activity  TEXT NOT NULL,             -- the priced item
	channel   TEXT NOT NULL,             -- electronic, manual, phone …
	quantity  BIGINT NOT NULL,           -- negative in a correction
	unit      BIGINT NOT NULL,
	actor     BIGINT NOT NULL,
	automated BOOLEAN NOT NULL,
	arrived   TIMESTAMP NOT NULL,
	done      TIMESTAMP NOT NULL,
	day       DATE NOT NULL,             -- civil day of done
	waited    BIGINT NOT NULL,           -- seconds waiting for the client
	agreement BIGINT NOT NULL,           -- version that promised; 0 where nothing is promised
	promised  BIGINT NOT NULL,           -- days; 0 where nothing is promised
	taken     BIGINT NOT NULL,           -- days, the agreement's "Dag n"
	kept      BOOLEAN NOT NULL,          -- promised and in time
	price     BIGINT NOT NULL,           -- version of the price list; 0 where not priced
	kind      TEXT NOT NULL,             -- kind of the document
	document  BIGINT NOT NULL,
	corrects  BIGINT NOT NULL,           -- the event that this one corrects; 0 for none
	PRIMARY KEY (client, id)
);

CREATE INDEX work_event_activity ON work_event (client, process, activity, day, id);

CREATE INDEX work_event_day ON work_event (client, day, id);

CREATE UNIQUE INDEX work_event_once ON work_event (client, document, corrects);

CREATE TABLE work_fresh (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	day       DATE NOT NULL,
	process   TEXT NOT NULL,
	activity  TEXT NOT NULL,
	channel   TEXT NOT NULL,
	unit      BIGINT NOT NULL,
	automated BOOLEAN NOT NULL,
	price     BIGINT NOT NULL,
	events    BIGINT NOT NULL,
	quantity  BIGINT NOT NULL,
	promised  BIGINT NOT NULL,
	kept      BIGINT NOT NULL,
	waited    BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

