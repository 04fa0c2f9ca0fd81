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

CREATE TABLE flow_pause (
	client BIGINT NOT NULL,
	record BIGINT NOT NULL,
	began  TIMESTAMP NOT NULL,
	ended  TIMESTAMP,
	PRIMARY KEY (client, record, began)
);

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

CREATE INDEX ledger_line_account ON ledger_line (client, account, period, id);

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
	UNIQUE (supplier, scheme, number)
);

CREATE TABLE payables_approval (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	invoice   BIGINT NOT NULL,
	step      TEXT NOT NULL,             -- review, approve
	person    BIGINT NOT NULL,
	name      TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- payable, without sign
	coding_no BIGINT NOT NULL,
	authority BIGINT NOT NULL,           -- row of payables_authority; 0 for a review
	register  BIGINT NOT NULL,           -- version of the register of authorities then
	supplier  BIGINT NOT NULL,
	issued    DATE,
	day       DATE NOT NULL,
	at        TIMESTAMP NOT NULL,
	voided    TIMESTAMP,                 -- when a change of coding or amount took it away
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_approval_invoice ON payables_approval (client, invoice, id);

CREATE INDEX payables_approval_person ON payables_approval (client, person, supplier, id);

CREATE TABLE payables_authority (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	register   BIGINT NOT NULL,          -- version of the client's register that it came with
	person     BIGINT NOT NULL,
	name       TEXT NOT NULL,
	units      TEXT NOT NULL,            -- beginning of the unit code; '' for all
	most       BIGINT NOT NULL,          -- öre, highest amount
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	decision   TEXT NOT NULL,            -- of the committee, for people
	entered_by BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_authority_name ON payables_authority (client, name, id);

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
	gross         BIGINT NOT NULL,
	rounding      BIGINT NOT NULL,
	payable       BIGINT NOT NULL,
	scheme        TEXT NOT NULL,         -- of the account to pay; '' while none is approved
	account       TEXT NOT NULL,
	ocr           TEXT NOT NULL,
	reference     TEXT NOT NULL,
	order_ref     TEXT NOT NULL,
	contract_ref  TEXT NOT NULL,
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
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_invoice_arrived ON payables_invoice (client, arrived, id);

CREATE INDEX payables_invoice_from ON payables_invoice (client, supplier, id);

CREATE INDEX payables_invoice_gross ON payables_invoice (client, gross, id);

CREATE INDEX payables_invoice_handler ON payables_invoice (client, handler, state, keep_by, id);

CREATE UNIQUE INDEX payables_invoice_id ON payables_invoice (id);

CREATE INDEX payables_invoice_keep ON payables_invoice (client, keep_by, id);

CREATE INDEX payables_invoice_lacks ON payables_invoice (client, lacks, id);

CREATE INDEX payables_invoice_number ON payables_invoice (client, number_norm, id);

CREATE INDEX payables_invoice_state ON payables_invoice (client, state, keep_by, id);

CREATE INDEX payables_invoice_supplier ON payables_invoice (client, supplier_key, id);

CREATE TABLE payables_letter (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	subject TEXT NOT NULL,
	receiver TEXT NOT NULL,
	at      TIMESTAMP NOT NULL,
	by      BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);

CREATE INDEX payables_letter_invoice ON payables_letter (client, invoice, id);

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

CREATE TABLE payables_posting (
	client     BIGINT NOT NULL,
	use        TEXT NOT NULL,            -- liability, pending, vat, rounding
	valid_from DATE NOT NULL,
	account    TEXT NOT NULL,
	PRIMARY KEY (client, use, valid_from)
);

CREATE TABLE payables_route (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- reference, endpoint, gln, order
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
	since    TIMESTAMP NOT NULL
);

CREATE INDEX payables_supplier_name ON payables_supplier (sort_key, id);

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

