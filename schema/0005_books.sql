-- The books: what may be coded on what, and everything that has been posted.

-- coding_value is one code of one part of the code string, for as long as it
-- may be used. A code that opens again after a pause has several rows.
-- kontor:table coding_value reference
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
CREATE INDEX coding_value_segment ON coding_value (segment, code);
CREATE INDEX coding_value_code ON coding_value (code);

-- coding_rule says what a line must and must not hold.
-- kontor:table coding_rule reference
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

-- coding_stamp changes with every change of a plan, so that a plan read once
-- can be used until then.
-- kontor:table coding_stamp reference
CREATE TABLE coding_stamp (
	owner BIGINT NOT NULL PRIMARY KEY,
	stamp BIGINT NOT NULL
);

-- ledger_series is the counter of one series and the head of its chain. Its
-- row is locked from the moment a block of numbers is taken until commit.
-- kontor:table ledger_series distributed
CREATE TABLE ledger_series (
	client BIGINT NOT NULL,
	series TEXT NOT NULL,
	year   BIGINT NOT NULL,
	next   BIGINT NOT NULL,
	head   BYTES NOT NULL,               -- sum of the last voucher
	PRIMARY KEY (client, series, year)
);

-- ledger_lock says that a period takes no more vouchers from a module. An open
-- period has no row; one that is first closed and then closed for good has two.
-- kontor:table ledger_lock distributed
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
-- kontor:immutable ledger_lock

-- ledger_reopening is an exception from a soft lock, for a time.
-- kontor:table ledger_reopening distributed
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
-- kontor:immutable ledger_reopening

-- ledger_voucher is one posted voucher. Its number is without gaps in series
-- and year, and its sum seals it together with the one before.
-- kontor:table ledger_voucher distributed
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
	prev       BYTES NOT NULL,
	sum        BYTES NOT NULL,
	PRIMARY KEY (client, id),
	UNIQUE (client, series, year, number),
	UNIQUE (client, key)
);
CREATE INDEX ledger_voucher_document ON ledger_voucher (client, document, id);
CREATE INDEX ledger_voucher_period ON ledger_voucher (client, period, id);
-- kontor:immutable ledger_voucher

-- The database itself refuses a voucher in a closed period, whoever asks.
-- kontor:deny ledger_voucher ledger_period_closed EXISTS (SELECT 1 FROM ledger_lock AS l WHERE l.client = NEW.client AND l.period = NEW.period AND l.module IN ('', NEW.module) AND (l.state = 'hard' OR NOT EXISTS (SELECT 1 FROM ledger_reopening AS r WHERE r.client = NEW.client AND r.period = NEW.period AND r.module = l.module AND r.until > NEW.registered AND r.person IN (0, NEW.actor))))

-- ledger_line is one line. The voucher's period stands here too, so that the
-- lines behind a balance are found without the voucher.
-- kontor:table ledger_line distributed
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
CREATE INDEX ledger_line_voucher ON ledger_line (client, voucher, id);
-- Unit and amount stand in it so that a trial balance is added up without the
-- lines themselves.
CREATE INDEX ledger_line_account ON ledger_line (client, account, period, id, unit, amount);
CREATE INDEX ledger_line_ref ON ledger_line (client, subledger, ref) WHERE subledger <> '';
-- kontor:immutable ledger_line

-- ledger_reversal ties a voucher to the one that takes it back; at most one.
-- kontor:table ledger_reversal distributed
CREATE TABLE ledger_reversal (
	client   BIGINT NOT NULL,
	voucher  BIGINT NOT NULL,
	reversal BIGINT NOT NULL,
	reason   TEXT NOT NULL,
	PRIMARY KEY (client, voucher),
	UNIQUE (client, reversal)
);
-- kontor:immutable ledger_reversal

-- ledger_balance is the maintained sum of lines; ledger_fresh what has not been
-- folded into it yet. A balance is always both.
-- kontor:table ledger_balance distributed
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

-- kontor:table ledger_fresh distributed
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
