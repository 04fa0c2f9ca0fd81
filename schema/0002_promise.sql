-- What the office promises and to whom.

-- client is an administration or company that buys our services. The kernel
-- knows only its id: it is the scope of everything.
-- kontor:table client reference
CREATE TABLE client (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	code    TEXT NOT NULL UNIQUE,        -- short, for addresses and files: KULT
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,               -- administration, district, company
	org     TEXT NOT NULL,               -- 12 digits
	active  BOOLEAN NOT NULL,
	short   TEXT NOT NULL DEFAULT '',    -- name where there is little room: Kultur
	address TEXT NOT NULL DEFAULT '',
	unit    BIGINT NOT NULL DEFAULT 0,   -- home unit, which handles the client's items
	lead    BIGINT NOT NULL DEFAULT 0,   -- person: kundansvarig, answers for the delivery
	mailbox TEXT NOT NULL DEFAULT '',    -- the function mailbox that the client writes to
	phone   TEXT NOT NULL DEFAULT '',    -- the group number that the client calls
	hours   TEXT NOT NULL DEFAULT ''     -- when the phone is answered, in words
);
CREATE INDEX client_name ON client (name, id);
CREATE INDEX client_org ON client (org);

-- client_contact is a person at the client. The row is ended, never removed.
-- kontor:table client_contact distributed
CREATE TABLE client_contact (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,          -- who signs in to the client web; 0 for nobody
	name       TEXT NOT NULL,
	role       TEXT NOT NULL,            -- contact, controller, accounting, approver, head
	title      TEXT NOT NULL,
	phone      TEXT NOT NULL,
	mail       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE,
	PRIMARY KEY (client, id)
);
CREATE INDEX client_contact_name ON client_contact (client, name, id);

-- unit is a part of the operator's organisation.
-- kontor:table unit reference
CREATE TABLE unit (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	code    TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,               -- operations, administration, management
	manager BIGINT NOT NULL,             -- person; 0 while the post is vacant
	phone   TEXT NOT NULL,
	active  BOOLEAN NOT NULL
);
CREATE INDEX unit_name ON unit (name, id);

-- staff_time is how much of full time a person works with a process.
-- kontor:table staff_time reference
CREATE TABLE staff_time (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	unit       BIGINT NOT NULL,
	process    TEXT NOT NULL,
	share      BIGINT NOT NULL,          -- hundredths of full time
	valid_from DATE NOT NULL,
	valid_to   DATE
);
CREATE INDEX staff_time_process ON staff_time (process, valid_from, id);
CREATE INDEX staff_time_person ON staff_time (person, valid_from, id);
CREATE INDEX staff_time_from ON staff_time (valid_from, id);

-- staff_absence is a span in which a person works less. It never says why.
-- kontor:table staff_absence reference
CREATE TABLE staff_absence (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	share      BIGINT NOT NULL,          -- hundredths of the person's own time; 100 is all of it
	valid_from DATE NOT NULL,
	valid_to   DATE
);
CREATE INDEX staff_absence_person ON staff_absence (person, valid_from, id);
CREATE INDEX staff_absence_from ON staff_absence (valid_from, id);

-- process_role says who leads a process or is a specialist in it.
-- kontor:table process_role reference
CREATE TABLE process_role (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	process    TEXT NOT NULL,
	role       TEXT NOT NULL,            -- lead, specialist, board
	person     BIGINT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE
);
CREATE INDEX process_role_process ON process_role (process, valid_from, id);

-- catalogue_service is a service that clients buy, catalogue_item a priced part
-- of it.
-- kontor:table catalogue_service reference
CREATE TABLE catalogue_service (
	id        BIGINT NOT NULL PRIMARY KEY,
	code      TEXT NOT NULL UNIQUE,
	name      TEXT NOT NULL,
	mandatory BOOLEAN NOT NULL,          -- every committee buys it; else on request
	position  BIGINT NOT NULL
);

-- kontor:table catalogue_item reference
CREATE TABLE catalogue_item (
	id       BIGINT NOT NULL PRIMARY KEY,
	service  BIGINT NOT NULL,
	code     TEXT NOT NULL UNIQUE,       -- supplier-invoice.electronic
	mode     TEXT NOT NULL,              -- electronic, manual, subscription, stock, fixed, hour
	per      TEXT NOT NULL,              -- Swedish: faktura, timme, år
	activity TEXT NOT NULL,              -- of the work events that it prices; '' for none
	channels TEXT NOT NULL,              -- of those, separated by commas; '' for all
	position BIGINT NOT NULL
);

-- price_list is a list as the board decided it, with its lines. Neither is ever
-- changed: a new decision is a new list.
-- kontor:table price_list reference
CREATE TABLE price_list (
	id         BIGINT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	valid_from DATE NOT NULL UNIQUE,
	based_on   BIGINT NOT NULL,
	decided_by TEXT NOT NULL,
	decided_on DATE,                     -- NULL where the source does not say
	note       TEXT NOT NULL,
	source     TEXT NOT NULL
);
-- kontor:immutable price_list

-- kontor:table price_line reference
CREATE TABLE price_line (
	list     BIGINT NOT NULL,
	item     BIGINT NOT NULL,
	id       BIGINT NOT NULL UNIQUE,
	text     TEXT NOT NULL,              -- the item as the list words it
	price    BIGINT NOT NULL,            -- öre
	activity TEXT NOT NULL,              -- the item's own when the list was decided
	channels TEXT NOT NULL,
	source   TEXT NOT NULL,              -- 002 s.3
	PRIMARY KEY (list, item)
);
-- kontor:immutable price_line

-- price_draft is a list that is being prepared.
-- kontor:table price_draft reference
CREATE TABLE price_draft (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	name       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	based_on   BIGINT NOT NULL,
	decided    BIGINT NOT NULL           -- the list that it became; 0 while it is a draft
);

-- kontor:table price_draft_line reference
CREATE TABLE price_draft_line (
	draft BIGINT NOT NULL,
	item  BIGINT NOT NULL,
	text  TEXT NOT NULL,
	price BIGINT NOT NULL,
	PRIMARY KEY (draft, item)
);

-- price_share is the distribution key of a fixed fee from a year on: a client's
-- part is its weight of all weights. A year without rows has the key before it.
-- kontor:table price_share reference
CREATE TABLE price_share (
	item   BIGINT NOT NULL,
	year   BIGINT NOT NULL,
	client BIGINT NOT NULL,
	weight BIGINT NOT NULL,
	PRIMARY KEY (item, year, client)
);
-- kontor:immutable price_share

-- lead_service is what a lead time can be promised for.
-- kontor:table lead_service reference
CREATE TABLE lead_service (
	id       BIGINT NOT NULL PRIMARY KEY,
	code     TEXT NOT NULL UNIQUE,       -- as work events and records name it
	name     TEXT NOT NULL,
	process  TEXT NOT NULL,
	days     BIGINT NOT NULL,            -- the office's ordinary promise, last day; 0 where it has none
	source   TEXT NOT NULL
);

-- lead_promise is what a signed agreement promises. Rows are never changed: a
-- later row with the same client and service takes over from its first day.
-- kontor:table lead_promise distributed
CREATE TABLE lead_promise (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	agreement  BIGINT NOT NULL,
	year       BIGINT NOT NULL,          -- of the agreement
	service    TEXT NOT NULL,
	days       BIGINT NOT NULL,          -- last working day of the promise; 0: ends what the agreement promised
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX lead_promise_service ON lead_promise (client, service, valid_from, id);
-- kontor:immutable lead_promise

-- agreement is a service agreement for one client and year, or an addition to
-- one during the year.
-- kontor:table agreement distributed
CREATE TABLE agreement (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	state      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	arrived    TIMESTAMP NOT NULL,
	agreement  BIGINT NOT NULL,
	promised   BIGINT NOT NULL,
	keep_by    DATE NOT NULL,
	unit       BIGINT NOT NULL,
	handler    BIGINT NOT NULL,
	secrecy    BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- year, addition
	parent     BIGINT NOT NULL,          -- the year's agreement of an addition; 0 else
	year       BIGINT NOT NULL,
	number     TEXT NOT NULL,            -- KULT 2026:1; additions are :2 and on
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	hours      TEXT NOT NULL,            -- opening hours, in words
	terms      TEXT NOT NULL,            -- what else is agreed, in words
	sent_by    BIGINT NOT NULL,
	signed_by  TEXT NOT NULL,            -- who signed for the client
	signed_on  DATE,
	ended_on   DATE,                     -- last day, when it was ended early
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX agreement_number ON agreement (client, number);
CREATE UNIQUE INDEX agreement_year ON agreement (client, year) WHERE kind = 'year' AND state <> 'withdrawn';
CREATE INDEX agreement_id ON agreement (id);
CREATE INDEX agreement_from ON agreement (client, valid_from, id);
CREATE INDEX agreement_state ON agreement (client, state, valid_from, id);

-- agreement_promise is a lead time of an agreement while it is being written;
-- signing copies it to lead_promise, where it can no longer be changed.
-- kontor:table agreement_promise distributed
CREATE TABLE agreement_promise (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	agreement BIGINT NOT NULL,
	service   TEXT NOT NULL,
	days      BIGINT NOT NULL,
	source    TEXT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX agreement_promise_once ON agreement_promise (client, agreement, service);

-- agreement_service is an additional service that the client has ordered.
-- kontor:table agreement_service distributed
CREATE TABLE agreement_service (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	agreement BIGINT NOT NULL,
	item      BIGINT NOT NULL,           -- of the catalogue
	hours     BIGINT NOT NULL,           -- expected a year; 0 where none are agreed
	text      TEXT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX agreement_service_of ON agreement_service (client, agreement, id);

-- agreement_deviation is a way of working that differs for this client and has
-- been approved.
-- kontor:table agreement_deviation distributed
CREATE TABLE agreement_deviation (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	process    TEXT NOT NULL,
	text       TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	decided_on DATE NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE,
	PRIMARY KEY (client, id)
);
CREATE INDEX agreement_deviation_from ON agreement_deviation (client, valid_from, id);

-- responsibility says which party does a step of a process (gränssnitt). A
-- change is a new row; the old one is ended.
-- kontor:table responsibility reference
CREATE TABLE responsibility (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	process    TEXT NOT NULL,
	position   BIGINT NOT NULL,          -- order of the step within the process
	text       TEXT NOT NULL,
	party      TEXT NOT NULL,            -- operator, client
	source     TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE
);
CREATE INDEX responsibility_process ON responsibility (process, position, id);

-- interest is what a client says before the year that it wants to buy of the
-- additional services.
-- kontor:table interest distributed
CREATE TABLE interest (
	client   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	version  BIGINT NOT NULL,
	year     BIGINT NOT NULL,
	item     BIGINT NOT NULL,
	hours    BIGINT NOT NULL,
	text     TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	at       TIMESTAMP NOT NULL,
	answer   TEXT NOT NULL,              -- open, agreed, declined
	reply    TEXT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX interest_at ON interest (client, at, id);
CREATE INDEX interest_year ON interest (client, year, at, id);
