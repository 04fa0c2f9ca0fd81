-- The tables of the kernel's mechanisms.
-- kontor:refuse

-- program holds what one installation knows of itself.
-- kontor:table program local
CREATE TABLE program (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);

-- node gives every start of the program a number of its own for its identities.
-- kontor:table node local
CREATE TABLE node (
	id     BIGINT NOT NULL PRIMARY KEY,
	taken  BIGINT NOT NULL
);

-- audit_row says who did what to which record; one row a change, in the
-- change's own transaction.
-- kontor:table audit_row distributed
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
CREATE INDEX audit_row_record ON audit_row (client, record, id);
CREATE INDEX audit_row_id ON audit_row (id);
-- kontor:immutable audit_row

-- audit_chain ties the rows together, some seconds later: each link holds the
-- sum of the row and of the link before it.
-- kontor:table audit_chain local
CREATE TABLE audit_chain (
	seq    BIGINT NOT NULL PRIMARY KEY,
	client BIGINT NOT NULL,
	row    BIGINT NOT NULL UNIQUE,
	sum    TEXT NOT NULL
);
-- kontor:immutable audit_chain

-- read_log says who opened a confidential record.
-- kontor:table read_log distributed
CREATE TABLE read_log (
	client BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	at     TIMESTAMP NOT NULL,
	actor  BIGINT NOT NULL,
	kind   TEXT NOT NULL,
	record BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);
-- kontor:immutable read_log

-- blob holds received documents by the hash of their content, byte-exact.
-- kontor:table blob local
CREATE TABLE blob (
	hash     TEXT NOT NULL PRIMARY KEY,  -- SHA-256, hexadecimal
	size     BIGINT NOT NULL,            -- bytes, before packing
	media    TEXT NOT NULL,
	packing  TEXT NOT NULL,              -- '' or 'zstd'
	content  BYTES NOT NULL,
	received TIMESTAMP NOT NULL,
	keep     DATE                        -- may be discarded after this day; NULL: not decided
);

-- number_series gives numbers without gaps: the row is locked until commit.
-- kontor:table number_series distributed
CREATE TABLE number_series (
	client BIGINT NOT NULL,
	name   TEXT NOT NULL,
	year   BIGINT NOT NULL,
	next   BIGINT NOT NULL,
	PRIMARY KEY (client, name, year)
);

-- work_event is the heart: one row for each handled item. Nothing else is ever
-- counted. A correction is a new row that points at the one it corrects.
-- kontor:table work_event distributed
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
CREATE UNIQUE INDEX work_event_once ON work_event (client, document, corrects);
CREATE INDEX work_event_day ON work_event (client, day, id);
CREATE INDEX work_event_activity ON work_event (client, process, activity, day, id);
-- kontor:immutable work_event

-- work_day is the maintained sum of events by day; work_fresh is what has not
-- been folded into it yet. A figure is always both.
-- kontor:table work_day distributed
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

-- kontor:table work_fresh distributed
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

-- flow_pause is when the ball was with the client.
-- kontor:table flow_pause distributed
CREATE TABLE flow_pause (
	client BIGINT NOT NULL,
	record BIGINT NOT NULL,
	began  TIMESTAMP NOT NULL,
	ended  TIMESTAMP,
	PRIMARY KEY (client, record, began)
);

-- flow_held is a step that was asked for and can still be called off; the row
-- goes when it is taken or stopped.
-- kontor:table flow_held distributed
CREATE TABLE flow_held (
	client  BIGINT NOT NULL,
	record  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	step    TEXT NOT NULL,
	version BIGINT NOT NULL,
	input   TEXT NOT NULL,               -- JSON
	by      BIGINT NOT NULL,
	name    TEXT NOT NULL,
	asked   TIMESTAMP NOT NULL,
	due     TIMESTAMP NOT NULL,
	PRIMARY KEY (client, record)
);
CREATE INDEX flow_held_record ON flow_held (record);

-- job is what is to be done later. The key makes it safe to ask twice.
-- kontor:table job local
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

-- list_view is a list as somebody likes to see it.
-- kontor:table list_view local
CREATE TABLE list_view (
	id     BIGINT NOT NULL PRIMARY KEY,
	owner  BIGINT NOT NULL,
	list   TEXT NOT NULL,
	name   TEXT NOT NULL,
	query  TEXT NOT NULL,
	shared BOOLEAN NOT NULL,
	UNIQUE (owner, list, name)
);

-- report_frozen is a figure as it was reported; a later change is a
-- restatement, a new row that says why.
-- kontor:table report_frozen reference
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
-- kontor:immutable report_frozen
