-- The sum of all changes, made by go test ./kernel/db -update.

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

CREATE INDEX agreement_from ON agreement (client, valid_from, id);

CREATE INDEX agreement_id ON agreement (id);

CREATE UNIQUE INDEX agreement_number ON agreement (client, number);

CREATE INDEX agreement_state ON agreement (client, state, valid_from, id);

CREATE UNIQUE INDEX agreement_year ON agreement (client, year) WHERE kind = 'year' AND state <> 'withdrawn';

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

CREATE TRIGGER approval_row_kept_delete BEFORE DELETE ON approval_row BEGIN SELECT RAISE(ABORT, 'approval_row is immutable'); END;

CREATE TRIGGER approval_row_kept_update BEFORE UPDATE ON approval_row BEGIN SELECT RAISE(ABORT, 'approval_row is immutable'); END;

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

CREATE INDEX approval_scheme_from ON approval_scheme (client, valid_from, id);

CREATE UNIQUE INDEX approval_scheme_id ON approval_scheme (id);

CREATE UNIQUE INDEX approval_scheme_number ON approval_scheme (client, number) WHERE number > 0;

CREATE TABLE approval_setting (
	client     BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	mail       BOOLEAN NOT NULL,         -- approvers get a mail a day; they always have the page
	remind     BIGINT NOT NULL,          -- working days before the first reminder
	escalate   BIGINT NOT NULL,          -- working days before those above are asked
	entered_by BIGINT NOT NULL,
	entered    TIMESTAMP NOT NULL
);

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

CREATE INDEX approval_tie_from ON approval_tie (valid_from, id);

CREATE INDEX approval_tie_person ON approval_tie (person, valid_from, id);

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

CREATE TRIGGER bill_kept_delete BEFORE DELETE ON bill BEGIN SELECT RAISE(ABORT, 'bill is immutable'); END;

CREATE TRIGGER bill_kept_update BEFORE UPDATE ON bill BEGIN SELECT RAISE(ABORT, 'bill is immutable'); END;

CREATE TABLE bill (
	client BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	month  TEXT NOT NULL,                -- 2026-11
	sum    BIGINT NOT NULL,              -- öre
	hash   TEXT NOT NULL,                -- of the lines, SHA-256
	at     TIMESTAMP NOT NULL,
	actor  BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE UNIQUE INDEX bill_month ON bill (client, month);

CREATE TRIGGER bill_line_kept_delete BEFORE DELETE ON bill_line BEGIN SELECT RAISE(ABORT, 'bill_line is immutable'); END;

CREATE TRIGGER bill_line_kept_update BEFORE UPDATE ON bill_line BEGIN SELECT RAISE(ABORT, 'bill_line is immutable'); END;

CREATE TABLE bill_line (
	client   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	bill     BIGINT NOT NULL,
	position BIGINT NOT NULL,
	sort     TEXT NOT NULL,              -- item, correction or fee
	month    TEXT NOT NULL,              -- of the events
	process  TEXT NOT NULL,
	activity TEXT NOT NULL,
	channel  TEXT NOT NULL,
	price    BIGINT NOT NULL,            -- version of the price list
	item     TEXT NOT NULL,              -- code of the catalogue's item
	text     TEXT NOT NULL,              -- as the price list words it
	quantity BIGINT NOT NULL,
	each     BIGINT NOT NULL,            -- öre
	sum      BIGINT NOT NULL,            -- öre
	PRIMARY KEY (client, id)
);

CREATE INDEX bill_line_bill ON bill_line (client, bill, position);

CREATE TABLE blob (
	hash     TEXT NOT NULL PRIMARY KEY,  -- SHA-256, hexadecimal
	size     BIGINT NOT NULL,            -- bytes, before packing
	media    TEXT NOT NULL,
	packing  TEXT NOT NULL,              -- '' or 'zstd'
	content  BLOB NOT NULL,
	received TIMESTAMP NOT NULL,
	keep     DATE                        -- may be discarded after this day; NULL: not decided
);

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

CREATE TABLE catalogue_service (
	id        BIGINT NOT NULL PRIMARY KEY,
	code      TEXT NOT NULL UNIQUE,
	name      TEXT NOT NULL,
	mandatory BOOLEAN NOT NULL,          -- every committee buys it; else on request
	position  BIGINT NOT NULL
);

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

CREATE TABLE coding_rule (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	owner      BIGINT NOT NULL,          -- client; 0 for the whole city
	given      TEXT NOT NULL,            -- the part that the rule looks at, mostly account
	first      TEXT NOT NULL,            -- codes of it that the rule is about, first to last
	last       TEXT NOT NULL,
	segment    TEXT NOT NULL,            -- the part that the rule is about
	demand     TEXT NOT NULL,            -- required, forbidden, allowed
	codes      TEXT NOT NULL,            -- of allowed: '100-199, 305'
	text       TEXT NOT NULL,            -- why, in Swedish
	valid_from DATE NOT NULL,
	valid_to   DATE
);

CREATE INDEX coding_rule_owner ON coding_rule (owner, given, first);

CREATE TABLE coding_stamp (
	owner BIGINT NOT NULL PRIMARY KEY,
	stamp BIGINT NOT NULL
);

CREATE TABLE coding_value (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	owner      BIGINT NOT NULL,          -- client; 0 for the whole city
	segment    TEXT NOT NULL,            -- account, unit, activity, project, counterpart, object
	code       TEXT NOT NULL,
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL,            -- of accounts: asset, liability, income, cost; else ''
	control    TEXT NOT NULL,            -- module whose subledger the account sums up; '' for none
	successor  TEXT NOT NULL,            -- code to use instead once this one is closed; '' for none
	valid_from DATE NOT NULL,
	valid_to   DATE,                     -- last day; NULL while it is open
	UNIQUE (owner, segment, code, valid_from)
);

CREATE INDEX coding_value_code ON coding_value (code);

CREATE INDEX coding_value_segment ON coding_value (segment, code);

CREATE TABLE complaint (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	state     TEXT NOT NULL,
	version   BIGINT NOT NULL,
	arrived   TIMESTAMP NOT NULL,
	agreement BIGINT NOT NULL,
	promised  BIGINT NOT NULL,
	keep_by   DATE NOT NULL,
	unit      BIGINT NOT NULL,
	handler   BIGINT NOT NULL,
	secrecy   BIGINT NOT NULL,
	number    TEXT NOT NULL,             -- K 2026:12
	kind      TEXT NOT NULL,             -- complaint, comment, praise
	process   TEXT NOT NULL,
	text      TEXT NOT NULL,
	sender    TEXT NOT NULL,             -- as the sender wants to be called; '' when nobody is named
	reply_to  TEXT NOT NULL,             -- where the answer goes; '' when none is wanted
	informed  BIGINT NOT NULL,           -- the manager that was told; 0 before
	answer    TEXT NOT NULL,
	measure   TEXT NOT NULL,             -- what was done so that it does not happen again
	PRIMARY KEY (client, id)
);

CREATE INDEX complaint_arrived ON complaint (client, arrived, id);

CREATE INDEX complaint_id ON complaint (id);

CREATE INDEX complaint_state ON complaint (client, state, arrived, id);

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

CREATE TABLE flow_pause (
	client BIGINT NOT NULL,
	record BIGINT NOT NULL,
	began  TIMESTAMP NOT NULL,
	ended  TIMESTAMP,
	PRIMARY KEY (client, record, began)
);

CREATE TABLE generalledger_load (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	state     TEXT NOT NULL,             -- loaded, undone
	version   BIGINT NOT NULL,
	arrived   TIMESTAMP NOT NULL,
	agreement BIGINT NOT NULL,
	promised  BIGINT NOT NULL,
	keep_by   DATE NOT NULL,
	unit      BIGINT NOT NULL,
	handler   BIGINT NOT NULL,
	secrecy   BIGINT NOT NULL,
	kind      TEXT NOT NULL,             -- opening, sie4i
	year      BIGINT NOT NULL,
	name      TEXT NOT NULL,             -- of the file
	hash      TEXT NOT NULL,
	actor     BIGINT NOT NULL,
	by        TEXT NOT NULL,             -- name of the actor, as it was then
	vouchers  BIGINT NOT NULL,           -- posted by it
	already   BIGINT NOT NULL,           -- in it, but posted before
	lines     BIGINT NOT NULL,
	debit     BIGINT NOT NULL,           -- öre, of what it posted
	note      TEXT NOT NULL,             -- for people
	PRIMARY KEY (client, id)
);

CREATE INDEX generalledger_load_arrived ON generalledger_load (client, arrived, id);

CREATE INDEX generalledger_load_hash ON generalledger_load (client, hash);

CREATE INDEX generalledger_load_id ON generalledger_load (id);

CREATE TABLE generalledger_order (
	client        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	state         TEXT NOT NULL,
	version       BIGINT NOT NULL,
	arrived       TIMESTAMP NOT NULL,
	agreement     BIGINT NOT NULL,
	promised      BIGINT NOT NULL,
	keep_by       DATE NOT NULL,
	unit          BIGINT NOT NULL,
	handler       BIGINT NOT NULL,
	secrecy       BIGINT NOT NULL,
	number        TEXT NOT NULL,         -- BO 2026:12, ID 2026:3
	kind          TEXT NOT NULL,         -- journal, charge
	other         BIGINT NOT NULL,       -- client that sells; 0 for a journal order
	date          DATE NOT NULL,
	text          TEXT NOT NULL,
	channel       TEXT NOT NULL,
	lines         TEXT NOT NULL,         -- JSON
	other_lines   TEXT NOT NULL,         -- JSON; of a charge, line by line the seller's side
	writer        BIGINT NOT NULL,       -- who wrote it last
	sender        BIGINT NOT NULL,       -- who sent it to be approved; 0 before
	approver      BIGINT NOT NULL,       -- 0 before
	authority     BIGINT NOT NULL,       -- row of the register that the approval rested on; 0 for none
	register      BIGINT NOT NULL,       -- version of the register then
	voucher       BIGINT NOT NULL,       -- 0 until posted
	other_voucher BIGINT NOT NULL,       -- in the books of the other client
	file          TEXT NOT NULL,         -- hash of the attachment; '' for none
	file_name     TEXT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX generalledger_order_arrived ON generalledger_order (client, arrived, id);

CREATE INDEX generalledger_order_id ON generalledger_order (id);

CREATE INDEX generalledger_order_state ON generalledger_order (client, state, arrived, id);

CREATE TABLE generalledger_posting (
	client     BIGINT NOT NULL,
	use        TEXT NOT NULL,            -- claim, debt, income, cost: accounts; counterpart: what others code this client as
	valid_from DATE NOT NULL,
	code       TEXT NOT NULL,
	PRIMARY KEY (client, use, valid_from)
);

CREATE TABLE generalledger_publication (
	id         BIGINT NOT NULL PRIMARY KEY,
	period     BIGINT NOT NULL,          -- yyyymm
	made       TIMESTAMP NOT NULL,
	by         TEXT NOT NULL,
	hash       TEXT NOT NULL,            -- of the file in blob
	rows       BIGINT NOT NULL,
	suppressed BIGINT NOT NULL,          -- rows whose supplier is not told
	amount     BIGINT NOT NULL,          -- öre, of all rows
	UNIQUE (period, hash)
);

CREATE INDEX generalledger_publication_period ON generalledger_publication (period, id);

CREATE TRIGGER indicator_target_kept_delete BEFORE DELETE ON indicator_target BEGIN SELECT RAISE(ABORT, 'indicator_target is immutable'); END;

CREATE TRIGGER indicator_target_kept_update BEFORE UPDATE ON indicator_target BEGIN SELECT RAISE(ABORT, 'indicator_target is immutable'); END;

CREATE TABLE indicator_target (
	id         BIGINT NOT NULL PRIMARY KEY,
	figure     TEXT NOT NULL,
	year       BIGINT NOT NULL,
	value      BIGINT NOT NULL,          -- hundredths
	tolerance  BIGINT NOT NULL,          -- hundredths: within it a miss is called near
	decided_by TEXT NOT NULL,
	source     TEXT NOT NULL
);

CREATE INDEX indicator_target_figure ON indicator_target (figure, year, id);

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

CREATE TRIGGER lead_promise_kept_delete BEFORE DELETE ON lead_promise BEGIN SELECT RAISE(ABORT, 'lead_promise is immutable'); END;

CREATE TRIGGER lead_promise_kept_update BEFORE UPDATE ON lead_promise BEGIN SELECT RAISE(ABORT, 'lead_promise is immutable'); END;

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

CREATE TABLE lead_service (
	id       BIGINT NOT NULL PRIMARY KEY,
	code     TEXT NOT NULL UNIQUE,       -- as work events and records name it
	name     TEXT NOT NULL,
	process  TEXT NOT NULL,
	days     BIGINT NOT NULL,            -- the office's ordinary promise, last day; 0 where it has none
	source   TEXT NOT NULL
);

CREATE TABLE ledger_balance (
	client  BIGINT NOT NULL,
	period  BIGINT NOT NULL,
	account TEXT NOT NULL,
	unit    TEXT NOT NULL,
	debit   BIGINT NOT NULL,             -- öre, never negative
	credit  BIGINT NOT NULL,             -- öre, never negative
	lines   BIGINT NOT NULL,
	PRIMARY KEY (client, period, account, unit)
);

CREATE TABLE ledger_fresh (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	period  BIGINT NOT NULL,
	account TEXT NOT NULL,
	unit    TEXT NOT NULL,
	debit   BIGINT NOT NULL,
	credit  BIGINT NOT NULL,
	lines   BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE TRIGGER ledger_line_kept_delete BEFORE DELETE ON ledger_line BEGIN SELECT RAISE(ABORT, 'ledger_line is immutable'); END;

CREATE TRIGGER ledger_line_kept_update BEFORE UPDATE ON ledger_line BEGIN SELECT RAISE(ABORT, 'ledger_line is immutable'); END;

CREATE TABLE ledger_line (
	client      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	voucher     BIGINT NOT NULL,
	no          BIGINT NOT NULL,         -- from 1
	period      BIGINT NOT NULL,
	account     TEXT NOT NULL,
	unit        TEXT NOT NULL,
	activity    TEXT NOT NULL,
	project     TEXT NOT NULL,
	counterpart TEXT NOT NULL,
	object      TEXT NOT NULL,
	amount      BIGINT NOT NULL,         -- öre; debit positive
	text        TEXT NOT NULL,
	subledger   TEXT NOT NULL,           -- '' except on control accounts
	ref         BIGINT NOT NULL,         -- the open item
	PRIMARY KEY (client, id)
);

CREATE INDEX ledger_line_account ON ledger_line (client, account, period, id, unit, amount);

CREATE INDEX ledger_line_ref ON ledger_line (client, subledger, ref) WHERE subledger <> '';

CREATE INDEX ledger_line_voucher ON ledger_line (client, voucher, id);

CREATE TRIGGER ledger_lock_kept_delete BEFORE DELETE ON ledger_lock BEGIN SELECT RAISE(ABORT, 'ledger_lock is immutable'); END;

CREATE TRIGGER ledger_lock_kept_update BEFORE UPDATE ON ledger_lock BEGIN SELECT RAISE(ABORT, 'ledger_lock is immutable'); END;

CREATE TABLE ledger_lock (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	period  BIGINT NOT NULL,             -- yyyymm
	module  TEXT NOT NULL,               -- '' for every module
	state   TEXT NOT NULL,               -- soft: may be reopened; hard: never again
	reason  TEXT NOT NULL,
	actor   BIGINT NOT NULL,
	name    TEXT NOT NULL,               -- of the actor, as it was then
	at      TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE UNIQUE INDEX ledger_lock_one ON ledger_lock (client, period, module, state);

CREATE TRIGGER ledger_reopening_kept_delete BEFORE DELETE ON ledger_reopening BEGIN SELECT RAISE(ABORT, 'ledger_reopening is immutable'); END;

CREATE TRIGGER ledger_reopening_kept_update BEFORE UPDATE ON ledger_reopening BEGIN SELECT RAISE(ABORT, 'ledger_reopening is immutable'); END;

CREATE TABLE ledger_reopening (
	client BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	period BIGINT NOT NULL,
	module TEXT NOT NULL,                -- as in the lock
	person BIGINT NOT NULL,              -- who may post; 0 for all who otherwise may
	reason TEXT NOT NULL,
	actor  BIGINT NOT NULL,              -- who decided; not the one who locked, not the one it is for
	name   TEXT NOT NULL,
	at     TIMESTAMP NOT NULL,
	until  TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX ledger_reopening_period ON ledger_reopening (client, period, module);

CREATE TRIGGER ledger_reversal_kept_delete BEFORE DELETE ON ledger_reversal BEGIN SELECT RAISE(ABORT, 'ledger_reversal is immutable'); END;

CREATE TRIGGER ledger_reversal_kept_update BEFORE UPDATE ON ledger_reversal BEGIN SELECT RAISE(ABORT, 'ledger_reversal is immutable'); END;

CREATE TABLE ledger_reversal (
	client   BIGINT NOT NULL,
	voucher  BIGINT NOT NULL,
	reversal BIGINT NOT NULL,
	reason   TEXT NOT NULL,
	PRIMARY KEY (client, voucher),
	UNIQUE (client, reversal)
);

CREATE TABLE ledger_series (
	client BIGINT NOT NULL,
	series TEXT NOT NULL,
	year   BIGINT NOT NULL,
	next   BIGINT NOT NULL,
	head   BLOB NOT NULL,               -- sum of the last voucher
	PRIMARY KEY (client, series, year)
);

CREATE TRIGGER ledger_period_closed BEFORE INSERT ON ledger_voucher WHEN EXISTS (SELECT 1 FROM ledger_lock AS l WHERE l.client = NEW.client AND l.period = NEW.period AND l.module IN ('', NEW.module) AND (l.state = 'hard' OR NOT EXISTS (SELECT 1 FROM ledger_reopening AS r WHERE r.client = NEW.client AND r.period = NEW.period AND r.module = l.module AND r.until > NEW.registered AND r.person IN (0, NEW.actor)))) BEGIN SELECT RAISE(ABORT, 'ledger_period_closed'); END;

CREATE TRIGGER ledger_voucher_kept_delete BEFORE DELETE ON ledger_voucher BEGIN SELECT RAISE(ABORT, 'ledger_voucher is immutable'); END;

CREATE TRIGGER ledger_voucher_kept_update BEFORE UPDATE ON ledger_voucher BEGIN SELECT RAISE(ABORT, 'ledger_voucher is immutable'); END;

CREATE TABLE ledger_voucher (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	series     TEXT NOT NULL,
	year       BIGINT NOT NULL,          -- of the period
	number     BIGINT NOT NULL,
	date       DATE NOT NULL,            -- of the document
	period     BIGINT NOT NULL,          -- yyyymm; later than the date when that period was closed
	registered TIMESTAMP NOT NULL,
	text       TEXT NOT NULL,
	kind       TEXT NOT NULL,            -- of the document, 'payables.invoice'
	document   BIGINT NOT NULL,
	key        TEXT NOT NULL,            -- the same key is posted once
	module     TEXT NOT NULL,
	actor      BIGINT NOT NULL,
	name       TEXT NOT NULL,            -- of the actor, as it was then
	reverses   BIGINT NOT NULL,          -- voucher; 0 for none
	prev       BLOB NOT NULL,
	sum        BLOB NOT NULL,
	PRIMARY KEY (client, id),
	UNIQUE (client, series, year, number),
	UNIQUE (client, key)
);

CREATE INDEX ledger_voucher_document ON ledger_voucher (client, document, id);

CREATE INDEX ledger_voucher_period ON ledger_voucher (client, period, id);

CREATE TABLE list_view (
	id     BIGINT NOT NULL PRIMARY KEY,
	owner  BIGINT NOT NULL,
	list   TEXT NOT NULL,
	name   TEXT NOT NULL,
	query  TEXT NOT NULL,
	shared BOOLEAN NOT NULL,
	UNIQUE (owner, list, name)
);

CREATE TABLE login_account (
	person  BIGINT NOT NULL PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,        -- small letters
	hash    TEXT NOT NULL,               -- argon2id with its parameters
	changed TIMESTAMP NOT NULL,
	active  BOOLEAN NOT NULL
);

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

CREATE INDEX login_session_expires ON login_session (expires);

CREATE INDEX login_session_person ON login_session (person, id);

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

CREATE INDEX mail_asked ON mail (asked, id);

CREATE INDEX mail_ready ON mail (state, due, id);

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

CREATE TABLE payables_account (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	supplier BIGINT NOT NULL,
	scheme   TEXT NOT NULL,              -- BG, PG, IBAN, BBAN
	number   TEXT NOT NULL,
	state    TEXT NOT NULL,              -- pending, checked, approved, blocked
	source   TEXT NOT NULL,              -- where it was seen, for people
	asked    TIMESTAMP NOT NULL,
	checked_by  BIGINT NOT NULL,         -- who called back; 0 until then
	approved_by BIGINT NOT NULL,         -- another person; 0 until then
	approved TIMESTAMP,
	way      TEXT NOT NULL DEFAULT 'invoice', -- how it was asked for: invoice, mail, letter, phone, portal
	called   TEXT NOT NULL DEFAULT '',   -- who answered when we called, and on which number
	UNIQUE (supplier, scheme, number)
);

CREATE TABLE payables_approval (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	invoice   BIGINT NOT NULL,
	step      TEXT NOT NULL,             -- review, approve
	person    BIGINT NOT NULL,
	name      TEXT NOT NULL,
	holder    BIGINT NOT NULL,           -- whose right it was: the person's own, or of whom he stands in for
	holder_name TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- payable, without sign
	coding_no BIGINT NOT NULL,
	authority BIGINT NOT NULL,           -- row of approval_row; 0 where the register asks for nobody
	register  BIGINT NOT NULL,           -- version of the register of authorities then
	supplier  BIGINT NOT NULL,
	issued    DATE,
	day       DATE NOT NULL,
	at        TIMESTAMP NOT NULL,
	voided    TIMESTAMP,                 -- when a change of coding or amount took it away
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_approval_day ON payables_approval (client, supplier, day, id);

CREATE INDEX payables_approval_invoice ON payables_approval (client, invoice, id);

CREATE INDEX payables_approval_issued ON payables_approval (client, supplier, issued, id);

CREATE TABLE payables_ask (
	supplier BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	step     TEXT NOT NULL,
	on_day   DATE NOT NULL,
	note     TEXT NOT NULL,
	by       BIGINT NOT NULL             -- 0 when the program saw it by itself
);

CREATE TABLE payables_attachment (
	hash     TEXT NOT NULL,
	invoice  BIGINT NOT NULL,
	client   BIGINT NOT NULL,
	supplier BIGINT NOT NULL,
	name     TEXT NOT NULL,
	harmless BOOLEAN NOT NULL,           -- conditions of sale and the like, that come with every invoice
	PRIMARY KEY (hash, invoice)
);

CREATE INDEX payables_attachment_invoice ON payables_attachment (invoice);

CREATE TABLE payables_batch (
	id       BIGINT NOT NULL PRIMARY KEY,
	name     TEXT NOT NULL,
	key      TEXT NOT NULL,              -- of the list of files: the same list again goes on
	actor    BIGINT NOT NULL,
	started  TIMESTAMP NOT NULL,
	seen     TIMESTAMP NOT NULL,         -- last progress
	ended    TIMESTAMP,
	total    BIGINT NOT NULL,
	imported BIGINT NOT NULL,
	held     BIGINT NOT NULL,
	failed   BIGINT NOT NULL,
	already  BIGINT NOT NULL             -- of held: known since before
);

CREATE INDEX payables_batch_key ON payables_batch (key, id);

CREATE INDEX payables_batch_started ON payables_batch (started, id);

CREATE TABLE payables_claim (
	client        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	state         TEXT NOT NULL,
	version       BIGINT NOT NULL,
	arrived       TIMESTAMP NOT NULL,
	agreement     BIGINT NOT NULL,
	promised      BIGINT NOT NULL,
	keep_by       DATE NOT NULL,
	unit          BIGINT NOT NULL,
	handler       BIGINT NOT NULL,
	secrecy       BIGINT NOT NULL,
	register      TEXT NOT NULL,         -- KR 2026:12
	kind          TEXT NOT NULL,         -- reminder, demand, enforcement
	channel       TEXT NOT NULL,
	price         BIGINT NOT NULL,       -- version of the price list at arrival
	supplier_org  TEXT NOT NULL,         -- 12 digits; '' when it does not say
	supplier_name TEXT NOT NULL,         -- as on the claim
	supplier_key  TEXT NOT NULL,         -- folded to Swedish order
	number        TEXT NOT NULL,         -- the invoice that it is about, as it says
	number_norm   TEXT NOT NULL,
	invoice       BIGINT NOT NULL,       -- 0 while nobody knows it
	dated         DATE NOT NULL,
	capital       BIGINT NOT NULL,       -- öre, what it demands besides the rest
	interest      BIGINT NOT NULL,
	compensation  BIGINT NOT NULL,
	fee           BIGINT NOT NULL,
	term_agreed   BOOLEAN NOT NULL,      -- a shorter time to pay was agreed beforehand
	fee_agreed    BOOLEAN NOT NULL,      -- a reminder fee was agreed beforehand
	verdict       TEXT NOT NULL,         -- plain, lawful, excess, baseless, unknown
	may_interest  BIGINT NOT NULL,       -- what the law allows, as it was judged when it was answered
	may_compensation BIGINT NOT NULL,
	may_fee       BIGINT NOT NULL,
	answer        TEXT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_claim_arrived ON payables_claim (client, arrived, id);

CREATE INDEX payables_claim_id ON payables_claim (id);

CREATE INDEX payables_claim_invoice ON payables_claim (client, invoice, id);

CREATE INDEX payables_claim_number ON payables_claim (client, number_norm, id);

CREATE INDEX payables_claim_state ON payables_claim (client, state, arrived, id);

CREATE INDEX payables_claim_supplier ON payables_claim (client, supplier_key, id);

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

CREATE TABLE payables_file (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	hash     TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	size     BIGINT NOT NULL,
	received TIMESTAMP NOT NULL,
	batch    BIGINT NOT NULL,
	state    TEXT NOT NULL,              -- imported, held, unrouted, failed, dismissed
	code     TEXT NOT NULL,              -- why; '' when imported
	note     TEXT NOT NULL,              -- the same for people, whole sentences
	client   BIGINT NOT NULL,            -- 0 while nobody knows
	invoice  BIGINT NOT NULL,            -- 0 when there is none
	attempts BIGINT NOT NULL
);

CREATE INDEX payables_file_batch ON payables_file (batch, state, id);

CREATE INDEX payables_file_fallout ON payables_file (state, received, id);

CREATE TABLE payables_finding (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	code    TEXT NOT NULL,
	seen    TEXT NOT NULL,               -- what stood in the document, for people
	state   TEXT NOT NULL,               -- open, completed, accepted, returned
	answer  TEXT NOT NULL,
	by      BIGINT NOT NULL,
	at      TIMESTAMP,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_finding_invoice ON payables_finding (client, invoice, id);

CREATE TABLE payables_habit (
	habit  BIGINT NOT NULL,
	answer TEXT NOT NULL,
	lines  BIGINT NOT NULL,
	PRIMARY KEY (habit, answer)
);

CREATE INDEX payables_habit_most ON payables_habit (habit, lines, answer);

CREATE TABLE payables_invoice (
	client        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	state         TEXT NOT NULL,
	version       BIGINT NOT NULL,
	arrived       TIMESTAMP NOT NULL,
	agreement     BIGINT NOT NULL,
	promised      BIGINT NOT NULL,
	keep_by       DATE NOT NULL,
	unit          BIGINT NOT NULL,
	handler       BIGINT NOT NULL,
	secrecy       BIGINT NOT NULL,
	supplier      BIGINT NOT NULL,       -- 0 when it cannot be told
	supplier_org  TEXT NOT NULL,
	supplier_name TEXT NOT NULL,         -- as on the invoice
	supplier_key  TEXT NOT NULL,         -- name, folded to Swedish order
	payee_org     TEXT NOT NULL,         -- when somebody else is paid; '' otherwise
	number        TEXT NOT NULL,
	number_norm   TEXT NOT NULL,
	kind          TEXT NOT NULL,         -- invoice, credit
	issued        DATE,
	due           DATE,
	currency      TEXT NOT NULL,
	net           BIGINT NOT NULL,
	vat           BIGINT NOT NULL,       -- as stated
	reverse_tax   BIGINT NOT NULL DEFAULT 0, -- VAT that we owe the state instead of the supplier
	gross         BIGINT NOT NULL,
	rounding      BIGINT NOT NULL,
	payable       BIGINT NOT NULL,
	scheme        TEXT NOT NULL,         -- of the account to pay; '' while none is approved
	account       TEXT NOT NULL,
	ocr           TEXT NOT NULL,
	reference     TEXT NOT NULL,
	order_ref     TEXT NOT NULL,
	contract_ref  TEXT NOT NULL,
	object_ref    TEXT NOT NULL DEFAULT '',         -- of a subscription: what is metered or hired
	routed_by     TEXT NOT NULL DEFAULT '',         -- the rule that led it to the client
	routed_code   TEXT NOT NULL DEFAULT '',         -- what that rule saw
	moved_from    BIGINT NOT NULL DEFAULT 0,       -- the same document at the client that it came to first; 0 for none
	moved_to      BIGINT NOT NULL DEFAULT 0,       -- and at the one that it was moved to
	handled       DATE,                            -- day of the event that counts it
	score         BIGINT NOT NULL DEFAULT 0,       -- points of the signs that something is wrong
	file          TEXT NOT NULL,         -- hash of the received bytes
	channel       TEXT NOT NULL,
	price         BIGINT NOT NULL,       -- version of the price list at arrival
	coding        TEXT NOT NULL,         -- lines, JSON
	coding_no     BIGINT NOT NULL,       -- counts changes of coding; approvals hold for one
	coded_by      BIGINT NOT NULL,
	coded_how     TEXT NOT NULL,         -- why it was coded so, for people
	automated     BOOLEAN NOT NULL DEFAULT FALSE, -- coded by the digital co-worker and by nobody else
	lacks         TEXT NOT NULL,         -- code of the first open finding; '' for none
	liability     BIGINT NOT NULL,       -- voucher of registration; 0 while not posted
	cost          BIGINT NOT NULL,       -- voucher of final approval
	proposed_by   BIGINT NOT NULL,       -- who proposed to release a held invoice
	payment       TEXT NOT NULL DEFAULT '', -- scheduled, filed, accepted, paid, returned; '' when it waits to be proposed
	paid_on       DATE,
	stop          TEXT NOT NULL DEFAULT '', -- why it must not be paid, for people; '' when it may
	stop_kind     TEXT NOT NULL DEFAULT '', -- hold, dispute, bank
	tax_said      BOOLEAN NOT NULL DEFAULT FALSE, -- somebody has said what of it is pay for work, of a payee without F-tax
	withheld      BIGINT NOT NULL DEFAULT 0, -- öre of tax that we pay instead
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_invoice_arrived ON payables_invoice (client, arrived, id);

CREATE INDEX payables_invoice_from ON payables_invoice (client, supplier, id);

CREATE INDEX payables_invoice_handler ON payables_invoice (client, handler, state, keep_by, id);

CREATE UNIQUE INDEX payables_invoice_id ON payables_invoice (id);

CREATE INDEX payables_invoice_keep ON payables_invoice (client, keep_by, id);

CREATE INDEX payables_invoice_lacks ON payables_invoice (client, lacks, id);

CREATE INDEX payables_invoice_number ON payables_invoice (client, number_norm, id);

CREATE INDEX payables_invoice_payable ON payables_invoice (client, payable, id);

CREATE INDEX payables_invoice_payment ON payables_invoice (client, payment, due, id);

CREATE INDEX payables_invoice_state ON payables_invoice (client, state, keep_by, id);

CREATE INDEX payables_invoice_stop ON payables_invoice (client, stop_kind, id);

CREATE INDEX payables_invoice_supplier ON payables_invoice (client, supplier_key, id);

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

CREATE TABLE payables_letter (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	subject TEXT NOT NULL,
	receiver TEXT NOT NULL,
	mail    TEXT NOT NULL,               -- address that it was sent to; '' when it goes on paper
	at      TIMESTAMP NOT NULL,
	by      BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_letter_invoice ON payables_letter (client, invoice, id);

CREATE TABLE payables_match (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,             -- of the invoice
	kind    TEXT NOT NULL,               -- order, subscription
	record  BIGINT NOT NULL,
	version BIGINT NOT NULL,             -- of the order or subscription then
	amount  BIGINT NOT NULL,             -- öre without VAT
	issued  DATE,
	settled BOOLEAN NOT NULL,            -- approved without a person
	sample  BOOLEAN NOT NULL,            -- drawn to be looked at afterwards
	looked_by BIGINT NOT NULL,           -- who did; 0 until then
	wrong   BOOLEAN NOT NULL,            -- and found that it should not have been approved
	at      TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_match_at ON payables_match (client, at, id);

CREATE INDEX payables_match_record ON payables_match (client, record, id);

CREATE TRIGGER payables_mistake_kept_delete BEFORE DELETE ON payables_mistake BEGIN SELECT RAISE(ABORT, 'payables_mistake is immutable'); END;

CREATE TRIGGER payables_mistake_kept_update BEFORE UPDATE ON payables_mistake BEGIN SELECT RAISE(ABORT, 'payables_mistake is immutable'); END;

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

CREATE TABLE payables_number (
	supplier BIGINT NOT NULL,
	number   TEXT NOT NULL,              -- normalised
	claim    BIGINT NOT NULL,            -- 0 for the first; its own id for a later one
	client   BIGINT NOT NULL,
	invoice  BIGINT NOT NULL,
	gross    BIGINT NOT NULL,
	issued   DATE,
	ocr      TEXT NOT NULL,
	PRIMARY KEY (supplier, number, claim)
);

CREATE INDEX payables_number_gross ON payables_number (supplier, gross);

CREATE TABLE payables_occasion (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,        -- of the invoice
	version      BIGINT NOT NULL,
	purpose      TEXT NOT NULL,
	participants TEXT NOT NULL,          -- one a line
	programme    TEXT NOT NULL,          -- where it stands, for courses and journeys
	persons      TEXT NOT NULL,          -- JSON: those of ours whom it concerns
	written_by   BIGINT NOT NULL,
	at           TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE TABLE payables_order (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	number     TEXT NOT NULL,            -- normalised
	supplier   TEXT NOT NULL,            -- 12 digits
	name       TEXT NOT NULL,            -- what was ordered
	amount     BIGINT NOT NULL,          -- öre without VAT
	account    TEXT NOT NULL,
	unit       TEXT NOT NULL,
	activity   TEXT NOT NULL,
	project    TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	entered_by BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE UNIQUE INDEX payables_order_number ON payables_order (client, supplier, number);

CREATE INDEX payables_order_supplier ON payables_order (supplier, number);

CREATE TABLE payables_posting (
	client     BIGINT NOT NULL,
	use        TEXT NOT NULL,            -- liability, pending, vat, rounding
	valid_from DATE NOT NULL,
	account    TEXT NOT NULL,
	PRIMARY KEY (client, use, valid_from)
);

CREATE TABLE payables_reply (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	state     TEXT NOT NULL,             -- waiting, sent, stopped
	version   BIGINT NOT NULL,
	arrived   TIMESTAMP NOT NULL,        -- when it was made
	agreement BIGINT NOT NULL,
	promised  BIGINT NOT NULL,
	keep_by   DATE NOT NULL,
	unit      BIGINT NOT NULL,
	handler   BIGINT NOT NULL,
	secrecy   BIGINT NOT NULL,
	invoice   BIGINT NOT NULL,
	document  TEXT NOT NULL,             -- hash of the invoice as received: it is the same document at whatever client
	number    TEXT NOT NULL,             -- of the invoice, as the supplier wrote it
	supplier  TEXT NOT NULL,
	status    TEXT NOT NULL,             -- AP, RE, ...: UNCL4343 as Peppol uses it
	reasons   TEXT NOT NULL,             -- OPStatusReason codes with spaces between
	receiver  TEXT NOT NULL,             -- the supplier's address: 0007:5560000000
	file      TEXT NOT NULL,             -- hash of the file's bytes
	sent      TIMESTAMP,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_reply_arrived ON payables_reply (client, arrived, id);

CREATE INDEX payables_reply_document ON payables_reply (document, id);

CREATE INDEX payables_reply_id ON payables_reply (id);

CREATE INDEX payables_reply_invoice ON payables_reply (client, invoice, arrived, id);

CREATE UNIQUE INDEX payables_reply_once ON payables_reply (client, invoice, status);

CREATE INDEX payables_reply_state ON payables_reply (client, state, arrived, id);

CREATE INDEX payables_reply_todo ON payables_reply (state, id);

CREATE TABLE payables_reply_receiver (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	address TEXT NOT NULL UNIQUE,        -- 0007:5560000000
	takes   TEXT NOT NULL,               -- all, final, none
	note    TEXT NOT NULL,               -- how that is known, for people
	by      BIGINT NOT NULL,
	at      TIMESTAMP NOT NULL
);

CREATE TABLE payables_route (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- reference, contract, order, address
	code       TEXT NOT NULL,            -- folded: upper case, no spaces
	note       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	PRIMARY KEY (client, id),
	UNIQUE (kind, code, valid_from)
);

CREATE INDEX payables_route_code ON payables_route (client, code, id);

CREATE TABLE payables_rule (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	supplier   TEXT NOT NULL,            -- organisation number; '' for any
	reference  TEXT NOT NULL,            -- beginning of the reference; '' for any
	account    TEXT NOT NULL,
	unit       TEXT NOT NULL,
	activity   TEXT NOT NULL,
	project    TEXT NOT NULL,
	most       BIGINT NOT NULL,          -- öre, highest amount that it may code
	note       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	decided_by BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_rule_supplier ON payables_rule (client, supplier, id);

CREATE TABLE payables_scan (
	hash  TEXT NOT NULL PRIMARY KEY,
	list  TEXT NOT NULL,                 -- hash of the index file
	place BIGINT NOT NULL,               -- row or element in it
	facts TEXT NOT NULL                  -- fields as read, JSON
);

CREATE TABLE payables_setting (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL PRIMARY KEY,
	key        TEXT NOT NULL,            -- cooling-days, tax-days, score, sample, limit
	valid_from DATE NOT NULL,
	value      BIGINT NOT NULL,
	decision   TEXT NOT NULL,            -- who decided it, for people
	UNIQUE (client, key, valid_from, value)
);

CREATE INDEX payables_setting_key ON payables_setting (key, id);

CREATE TABLE payables_sign (
	client  BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	sign    TEXT NOT NULL,
	points  BIGINT NOT NULL,
	seen    TEXT NOT NULL,
	PRIMARY KEY (client, invoice, sign)
);

CREATE TABLE payables_special (
	client     BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- representation, travel, course
	accounts   TEXT NOT NULL,            -- codes, beginnings or spans
	valid_from DATE NOT NULL,
	source     TEXT NOT NULL,
	PRIMARY KEY (client, kind, valid_from)
);

CREATE TABLE payables_subscription (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	version      BIGINT NOT NULL,
	supplier     TEXT NOT NULL,          -- 12 digits
	reference    TEXT NOT NULL,          -- normalised: contract, subscription, facility
	name         TEXT NOT NULL,
	months       BIGINT NOT NULL,        -- between two invoices
	least        BIGINT NOT NULL,        -- öre without VAT
	most         BIGINT NOT NULL,
	account      TEXT NOT NULL,
	unit         TEXT NOT NULL,
	activity     TEXT NOT NULL,
	project      TEXT NOT NULL,
	approves     BOOLEAN NOT NULL,       -- what fits is approved, once another person has confirmed it
	decision     TEXT NOT NULL,          -- of the client, for people
	valid_from   DATE NOT NULL,
	valid_to     DATE NOT NULL,
	entered_by   BIGINT NOT NULL,
	confirmed_by BIGINT NOT NULL,        -- 0 until then
	confirmed    TIMESTAMP,
	PRIMARY KEY (client, id)
);

CREATE UNIQUE INDEX payables_subscription_id ON payables_subscription (id);

CREATE INDEX payables_subscription_name ON payables_subscription (client, name, id);

CREATE INDEX payables_subscription_supplier ON payables_subscription (supplier, reference);

CREATE TABLE payables_supplier (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	org      TEXT NOT NULL UNIQUE,       -- 12 digits; a foreign supplier's VAT number
	name     TEXT NOT NULL,
	sort_key TEXT NOT NULL,              -- name, folded to Swedish order
	country  TEXT NOT NULL,
	state    TEXT NOT NULL,              -- new, approved, blocked
	f_tax    TEXT NOT NULL,              -- yes, no, unknown
	f_tax_on DATE,                       -- day the F-tax status was looked up
	phone    TEXT NOT NULL,              -- a number that we know, for calling back
	mail     TEXT NOT NULL,
	since    TIMESTAMP NOT NULL,
	phone_on DATE,                       -- day the number was noted
	phone_by BIGINT NOT NULL DEFAULT 0,  -- who noted it; 0 when it came with an older register
	town     TEXT NOT NULL DEFAULT ''    -- of its address, which some banks want; '' while nobody knows
);

CREATE INDEX payables_supplier_name ON payables_supplier (sort_key, id);

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

CREATE TABLE payables_use (
	client        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	supplier      BIGINT NOT NULL,
	supplier_name TEXT NOT NULL,
	supplier_key  TEXT NOT NULL,         -- folded to Swedish order
	electronic    BIGINT NOT NULL,
	scanned       BIGINT NOT NULL,
	manual        BIGINT NOT NULL,
	share         BIGINT NOT NULL,       -- electronic, in hundredths of a per cent
	saving        BIGINT NOT NULL,       -- öre a year, if all were electronic, at the prices of the day
	step          TEXT NOT NULL,         -- of the supplier: none, asked, agreed, live, declined
	first         DATE NOT NULL,         -- of the twelve months
	last          DATE NOT NULL,
	PRIMARY KEY (client, id),
	UNIQUE (client, supplier)
);

CREATE INDEX payables_use_key ON payables_use (client, supplier_key, id);

CREATE INDEX payables_use_saving ON payables_use (client, saving, id);

CREATE INDEX payables_use_supplier ON payables_use (supplier, client);

CREATE TABLE payables_warning (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	org     TEXT NOT NULL,               -- '' when only the account or the name is known
	account TEXT NOT NULL,               -- digits or IBAN; '' when not known
	name    TEXT NOT NULL,
	source  TEXT NOT NULL,               -- who warns, for people
	since   DATE NOT NULL,
	until   DATE NOT NULL
);

CREATE INDEX payables_warning_name ON payables_warning (name, id);

CREATE TABLE payout_approval (
	client      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	request     BIGINT NOT NULL,
	step        TEXT NOT NULL,           -- review, approve
	person      BIGINT NOT NULL,
	name        TEXT NOT NULL,
	holder      BIGINT NOT NULL,         -- whose right it was: the person's own, or of whom he stands in for
	holder_name TEXT NOT NULL,
	amount      BIGINT NOT NULL,
	authority   BIGINT NOT NULL,         -- row of the register that it rests on; 0 where the register asks for nobody
	register    BIGINT NOT NULL,         -- version of the register then
	payee_org   TEXT NOT NULL,
	day         DATE NOT NULL,
	at          TIMESTAMP NOT NULL,
	voided      TIMESTAMP,
	PRIMARY KEY (client, id)
);

CREATE INDEX payout_approval_day ON payout_approval (client, payee_org, day, id);

CREATE INDEX payout_approval_request ON payout_approval (client, request, id);

CREATE TABLE payout_posting (
	client     BIGINT NOT NULL,
	valid_from DATE NOT NULL,
	account    TEXT NOT NULL,
	PRIMARY KEY (client, valid_from)
);

CREATE TABLE payout_request (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	state        TEXT NOT NULL,
	version      BIGINT NOT NULL,
	arrived      TIMESTAMP NOT NULL,
	agreement    BIGINT NOT NULL,
	promised     BIGINT NOT NULL,
	keep_by      DATE NOT NULL,
	unit         BIGINT NOT NULL,
	handler      BIGINT NOT NULL,
	secrecy      BIGINT NOT NULL,        -- 0 an organisation, 1 a person, 2 under protection
	number       TEXT NOT NULL,          -- UU 2026:12
	reference    TEXT NOT NULL,          -- of whoever sent it in a file; '' for what was written on the page
	received     TEXT NOT NULL,          -- hash of what the file said
	protected    BOOLEAN NOT NULL,       -- the payee's identity is protected
	payee_org    TEXT NOT NULL,          -- 12 digits
	payee_name   TEXT NOT NULL,
	payee_key    TEXT NOT NULL,          -- name, folded to Swedish order; of somebody under protection what is told instead
	bank_name    TEXT NOT NULL,          -- what the bank is told instead of the name, as the client decided; '' for the name
	town         TEXT NOT NULL,          -- of the payee, for the banks that want to know; '' while nobody has said
	scheme       TEXT NOT NULL,          -- BG, PG, BBAN, IBAN
	account      TEXT NOT NULL,
	message      TEXT NOT NULL,          -- to the payee
	purpose      TEXT NOT NULL,
	basis        TEXT NOT NULL,          -- the decision or the law that it rests on
	amount       BIGINT NOT NULL,
	due          DATE,
	lines        TEXT NOT NULL,          -- coding, JSON
	file         TEXT NOT NULL,          -- hash of the supporting document; '' while there is none
	file_name    TEXT NOT NULL,
	price        BIGINT NOT NULL,        -- version of the price list at arrival
	writer       BIGINT NOT NULL,        -- who wrote it last
	hands        TEXT NOT NULL,          -- everybody who has ever written or sent it, JSON
	sender       BIGINT NOT NULL,        -- who sent it to be reviewed; 0 before
	unconfirmed  BOOLEAN NOT NULL,       -- it is sent, and a second person has to confirm the account
	confirmed_by BIGINT NOT NULL,        -- who did; 0 before
	confirmed    TIMESTAMP,
	confirmed_how TEXT NOT NULL,         -- who was asked, and how
	decided_by   BIGINT NOT NULL,        -- who has decided that it is no duplicate; 0 for nobody
	decided      TEXT NOT NULL,          -- and why
	reason       TEXT NOT NULL,          -- why it last came back or was voided
	approvals    BIGINT NOT NULL,        -- how many times it has been finally approved
	liability    BIGINT NOT NULL,        -- voucher of the debt; 0 while there is none
	payment      TEXT NOT NULL,          -- how far the payment has come; '' when it waits to be proposed
	paid_on      DATE,
	stop         TEXT NOT NULL,          -- why it must not be paid; '' when it may
	PRIMARY KEY (client, id)
);

CREATE INDEX payout_request_account ON payout_request (account, id);

CREATE INDEX payout_request_amount ON payout_request (client, amount, id);

CREATE INDEX payout_request_arrived ON payout_request (client, arrived, id);

CREATE INDEX payout_request_due ON payout_request (client, due, id);

CREATE UNIQUE INDEX payout_request_id ON payout_request (id);

CREATE INDEX payout_request_number ON payout_request (client, number, id);

CREATE INDEX payout_request_org ON payout_request (client, payee_org, amount, id);

CREATE INDEX payout_request_payee ON payout_request (client, payee_key, id);

CREATE UNIQUE INDEX payout_request_reference ON payout_request (client, reference) WHERE reference <> '';

CREATE INDEX payout_request_state ON payout_request (client, state, due, id);

CREATE INDEX payout_request_unconfirmed ON payout_request (client, unconfirmed, due, id);

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

CREATE INDEX person_active ON person (active, name, id);

CREATE INDEX person_folded ON person (folded, id);

CREATE INDEX person_name ON person (name, id);

CREATE TABLE price_draft (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	name       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	based_on   BIGINT NOT NULL,
	decided    BIGINT NOT NULL           -- the list that it became; 0 while it is a draft
);

CREATE TABLE price_draft_line (
	draft BIGINT NOT NULL,
	item  BIGINT NOT NULL,
	text  TEXT NOT NULL,
	price BIGINT NOT NULL,
	PRIMARY KEY (draft, item)
);

CREATE TRIGGER price_line_kept_delete BEFORE DELETE ON price_line BEGIN SELECT RAISE(ABORT, 'price_line is immutable'); END;

CREATE TRIGGER price_line_kept_update BEFORE UPDATE ON price_line BEGIN SELECT RAISE(ABORT, 'price_line is immutable'); END;

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

CREATE TRIGGER price_list_kept_delete BEFORE DELETE ON price_list BEGIN SELECT RAISE(ABORT, 'price_list is immutable'); END;

CREATE TRIGGER price_list_kept_update BEFORE UPDATE ON price_list BEGIN SELECT RAISE(ABORT, 'price_list is immutable'); END;

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

CREATE TRIGGER price_share_kept_delete BEFORE DELETE ON price_share BEGIN SELECT RAISE(ABORT, 'price_share is immutable'); END;

CREATE TRIGGER price_share_kept_update BEFORE UPDATE ON price_share BEGIN SELECT RAISE(ABORT, 'price_share is immutable'); END;

CREATE TABLE price_share (
	item   BIGINT NOT NULL,
	year   BIGINT NOT NULL,
	client BIGINT NOT NULL,
	weight BIGINT NOT NULL,
	PRIMARY KEY (item, year, client)
);

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

CREATE INDEX role_assignment_from ON role_assignment (valid_from, id);

CREATE INDEX role_assignment_person ON role_assignment (person, id);

CREATE INDEX role_assignment_person_from ON role_assignment (person, valid_from, id);

CREATE INDEX role_assignment_role ON role_assignment (role, id);

CREATE INDEX role_assignment_role_from ON role_assignment (role, valid_from, id);

CREATE TABLE staff_absence (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	share      BIGINT NOT NULL,          -- hundredths of the person's own time; 100 is all of it
	valid_from DATE NOT NULL,
	valid_to   DATE
);

CREATE INDEX staff_absence_from ON staff_absence (valid_from, id);

CREATE INDEX staff_absence_person ON staff_absence (person, valid_from, id);

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

CREATE INDEX staff_time_from ON staff_time (valid_from, id);

CREATE INDEX staff_time_person ON staff_time (person, valid_from, id);

CREATE INDEX staff_time_process ON staff_time (process, valid_from, id);

CREATE TRIGGER statute_value_kept_delete BEFORE DELETE ON statute_value BEGIN SELECT RAISE(ABORT, 'statute_value is immutable'); END;

CREATE TRIGGER statute_value_kept_update BEFORE UPDATE ON statute_value BEGIN SELECT RAISE(ABORT, 'statute_value is immutable'); END;

CREATE TABLE statute_value (
	id         BIGINT NOT NULL PRIMARY KEY,
	kind       TEXT NOT NULL,            -- reference-rate, late-compensation …
	valid_from DATE NOT NULL,
	revision   BIGINT NOT NULL,          -- 0 is the program's own
	value      BIGINT NOT NULL,          -- hundredths: öre, or of a per cent or a day
	state      TEXT NOT NULL,            -- verified, unverified
	source     TEXT NOT NULL,
	added      TIMESTAMP NOT NULL,
	actor      BIGINT NOT NULL,
	UNIQUE (kind, valid_from, revision)
);

CREATE INDEX statute_value_from ON statute_value (valid_from, id);

CREATE TABLE treasury_account (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	owner      BIGINT NOT NULL,          -- client; 0 for all that have none of their own
	name       TEXT NOT NULL,
	iban       TEXT NOT NULL,
	bankgiro   TEXT NOT NULL,            -- '' where the bank wants none
	bic        TEXT NOT NULL,
	profile    TEXT NOT NULL,            -- of the bank, see format/pain
	agreement  TEXT NOT NULL,            -- who we are to the bank
	holder     TEXT NOT NULL,            -- name of the account holder
	ledger     TEXT NOT NULL,            -- account in the books that holds the money
	clearing   TEXT NOT NULL,            -- account in the books for what is under way
	books      TEXT NOT NULL,            -- camt.053 or camt.054: cash is posted from that alone
	cutoff     BIGINT NOT NULL,          -- minutes after midnight until which a file is executed the same day
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL
);

CREATE INDEX treasury_account_owner ON treasury_account (owner, valid_from);

CREATE TABLE treasury_answer (
	id       BIGINT NOT NULL PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	kind     TEXT NOT NULL,              -- pain.002, camt.053, camt.054
	received TIMESTAMP NOT NULL,
	actor    BIGINT NOT NULL,
	matched  BIGINT NOT NULL,            -- payments that it said something new of
	already  BIGINT NOT NULL,            -- entries known before
	other    BIGINT NOT NULL,            -- entries that are no payment of ours
	skipped  BIGINT NOT NULL,            -- statements that were not read; the file may be read again
	note     TEXT NOT NULL               -- what is odd, Swedish sentences
);

CREATE INDEX treasury_answer_received ON treasury_answer (received, id);

CREATE TABLE treasury_entry (
	id       BIGINT NOT NULL PRIMARY KEY,
	account  BIGINT NOT NULL,
	key      TEXT NOT NULL,              -- kind, day, amount, reference and how many before it were the same
	answer   BIGINT NOT NULL,
	kind     TEXT NOT NULL,
	booked   DATE NOT NULL,
	amount   BIGINT NOT NULL,            -- öre; in is positive
	ref      TEXT NOT NULL,
	text     TEXT NOT NULL,
	state    TEXT NOT NULL,              -- paid, returned, other, open, asked, explained
	note     TEXT NOT NULL,
	UNIQUE (account, key)
);

CREATE INDEX treasury_entry_amount ON treasury_entry (account, amount, id);

CREATE INDEX treasury_entry_answer ON treasury_entry (answer, id);

CREATE INDEX treasury_entry_booked ON treasury_entry (booked, id);

CREATE INDEX treasury_entry_state ON treasury_entry (state, booked, id);

CREATE TABLE treasury_explanation (
	client         BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	state          TEXT NOT NULL,
	version        BIGINT NOT NULL,
	arrived        TIMESTAMP NOT NULL,
	agreement      BIGINT NOT NULL,
	promised       BIGINT NOT NULL,
	keep_by        DATE NOT NULL,
	unit           BIGINT NOT NULL,
	handler        BIGINT NOT NULL,
	secrecy        BIGINT NOT NULL,
	entry          BIGINT NOT NULL,
	kind           TEXT NOT NULL,        -- payment, books, pair, noted
	amount         BIGINT NOT NULL,      -- of the entry
	owner          BIGINT NOT NULL,      -- client in whose books it is posted; 0 where nothing is
	payment        BIGINT NOT NULL,      -- that it belongs to; 0 for none
	pair           BIGINT NOT NULL,      -- entry that takes it out; 0 for none
	line           TEXT NOT NULL,        -- what is posted besides the payment, JSON
	reason         TEXT NOT NULL,
	entry_was      TEXT NOT NULL,        -- state of the entry before
	payment_was    TEXT NOT NULL,        -- and of the payment
	writer         BIGINT NOT NULL,
	writer_name    TEXT NOT NULL,
	approver       BIGINT NOT NULL,      -- another person; 0 until then, and where nothing is posted
	approver_name  TEXT NOT NULL,
	voucher        BIGINT NOT NULL,      -- 0 where nothing is posted
	voucher_client BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX treasury_explanation_entry ON treasury_explanation (entry, id);

CREATE UNIQUE INDEX treasury_explanation_id ON treasury_explanation (id);

CREATE INDEX treasury_explanation_pair ON treasury_explanation (pair, id);

CREATE INDEX treasury_explanation_state ON treasury_explanation (state, id);

CREATE TABLE treasury_left (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	proposal   BIGINT NOT NULL,
	kind       TEXT NOT NULL,
	document   BIGINT NOT NULL,
	number     TEXT NOT NULL,
	payee_name TEXT NOT NULL,
	amount     BIGINT NOT NULL,
	due        DATE NOT NULL,
	reason     TEXT NOT NULL,            -- Swedish, whole sentence
	PRIMARY KEY (client, id)
);

CREATE INDEX treasury_left_proposal ON treasury_left (client, proposal, id);

CREATE TABLE treasury_part (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	payment   BIGINT NOT NULL,
	kind      TEXT NOT NULL,             -- of the source, 'payables.invoice'
	document  BIGINT NOT NULL,
	number    TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- öre; a credit note's is negative
	withheld  BIGINT NOT NULL,           -- of it, tax that the payee does not get
	due       DATE NOT NULL,
	approvers TEXT NOT NULL,             -- persons, JSON
	live      BOOLEAN NOT NULL,          -- FALSE once the payment has fallen, was rejected or came back
	PRIMARY KEY (client, id)
);

CREATE INDEX treasury_part_document ON treasury_part (client, document, id);

CREATE UNIQUE INDEX treasury_part_once ON treasury_part (client, kind, document) WHERE live;

CREATE INDEX treasury_part_payment ON treasury_part (client, payment, id);

CREATE TABLE treasury_payment (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	version      BIGINT NOT NULL,
	proposal     BIGINT NOT NULL,
	account      BIGINT NOT NULL,
	payee_org    TEXT NOT NULL,
	payee_name   TEXT NOT NULL,
	payee_key    TEXT NOT NULL,          -- name, folded to Swedish order
	scheme       TEXT NOT NULL,
	number       TEXT NOT NULL,
	amount       BIGINT NOT NULL,
	execute      DATE NOT NULL,          -- a bank day
	ocr          TEXT NOT NULL,
	message      TEXT NOT NULL,
	bank_name    TEXT NOT NULL,          -- what the bank alone is told of a payee that is not told here; '' where there is nothing to hide
	bank_account TEXT NOT NULL,
	bank_message TEXT NOT NULL,
	bank_town    TEXT NOT NULL DEFAULT '', -- of the payee; '' while nobody knows
	bank_country TEXT NOT NULL DEFAULT '', -- two letters; '' is Sweden
	end_to_end   TEXT NOT NULL UNIQUE,
	batch        TEXT NOT NULL,          -- that the bank takes it with; '' until it is in a file
	state        TEXT NOT NULL,
	code         TEXT NOT NULL,          -- the bank's latest, ISO 20022
	reason       TEXT NOT NULL,          -- why it fell out, was rejected or came back; Swedish
	sampled      TEXT NOT NULL,          -- why it is to be controlled: drawn, large, account; '' when it is not
	checked_by   BIGINT NOT NULL,
	checked_name TEXT NOT NULL,
	checked      TIMESTAMP,
	check_note   TEXT NOT NULL,
	seal         TEXT NOT NULL,          -- sum of what was proposed
	owed         BOOLEAN NOT NULL,       -- the debt has been moved to the clearing account
	paid         DATE,                   -- when the bank says that the money left
	booked       BIGINT NOT NULL,        -- voucher of the money out; 0 until the bank's statement
	returned     BIGINT NOT NULL,        -- voucher of the money that came back
	PRIMARY KEY (client, id)
);

CREATE INDEX treasury_payment_account ON treasury_payment (account, amount, id);

CREATE INDEX treasury_payment_amount ON treasury_payment (client, amount, id);

CREATE INDEX treasury_payment_batch ON treasury_payment (batch) WHERE batch <> '';

CREATE INDEX treasury_payment_execute ON treasury_payment (client, execute, id);

CREATE UNIQUE INDEX treasury_payment_id ON treasury_payment (id);

CREATE INDEX treasury_payment_payee ON treasury_payment (client, payee_key, id);

CREATE INDEX treasury_payment_proposal ON treasury_payment (proposal, id);

CREATE INDEX treasury_payment_state ON treasury_payment (client, state, id);

CREATE TABLE treasury_proposal (
	client        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	state         TEXT NOT NULL,
	version       BIGINT NOT NULL,
	arrived       TIMESTAMP NOT NULL,
	agreement     BIGINT NOT NULL,
	promised      BIGINT NOT NULL,
	keep_by       DATE NOT NULL,
	unit          BIGINT NOT NULL,
	handler       BIGINT NOT NULL,
	secrecy       BIGINT NOT NULL,
	number        TEXT NOT NULL,         -- B 2026:12
	account       BIGINT NOT NULL,       -- that pays
	until         DATE NOT NULL,         -- what is due by then
	urgent        BOOLEAN NOT NULL,
	reason        TEXT NOT NULL,         -- why it is urgent, why it was withdrawn
	called        TEXT NOT NULL,         -- whom the second person called before an urgent payment
	seed          BIGINT NOT NULL,       -- the sample is drawn by it
	proposed_by   BIGINT NOT NULL,
	proposed_name TEXT NOT NULL,
	payments      BIGINT NOT NULL,       -- that are left in it
	amount        BIGINT NOT NULL,       -- öre, of them
	left_out      BIGINT NOT NULL,
	dropped       BIGINT NOT NULL,       -- fell out when they were looked at again
	released_by   BIGINT NOT NULL,
	released_name TEXT NOT NULL,
	released      TIMESTAMP,
	seal          TEXT NOT NULL,         -- sum of the released set
	file          TEXT NOT NULL,         -- hash of the bytes to the bank; '' while there is none
	filed_by      BIGINT NOT NULL,
	filed         TIMESTAMP,
	settled       BIGINT NOT NULL,       -- payments that the bank has nothing more to say of
	PRIMARY KEY (client, id)
);

CREATE UNIQUE INDEX treasury_proposal_id ON treasury_proposal (id);

CREATE INDEX treasury_proposal_state ON treasury_proposal (state, id);

CREATE TABLE treasury_statement (
	account   BIGINT NOT NULL,
	kind      TEXT NOT NULL,
	statement TEXT NOT NULL,             -- the bank's identity of it
	sequence  BIGINT NOT NULL,
	answer    BIGINT NOT NULL,
	opening   BIGINT NOT NULL,
	closing   BIGINT NOT NULL,
	last      DATE,
	balanced  BOOLEAN NOT NULL,          -- whether both balances were given
	PRIMARY KEY (account, kind, statement, sequence)
);

CREATE INDEX treasury_statement_last ON treasury_statement (account, kind, last, sequence);

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

