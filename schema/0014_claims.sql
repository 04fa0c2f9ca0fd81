-- What the law sets, what suppliers demand when they are paid late, and which
-- suppliers are asked for e-invoices.

-- statute_value is an amount or a rate that the law sets, from a day. A later
-- revision of the same day takes over.
-- kontor:table statute_value reference
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
-- kontor:immutable statute_value

-- payables_claim is a supplier's reminder, collection demand or enforcement case.
-- It is an event on an invoice and is never paid from.
-- kontor:table payables_claim distributed
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
CREATE INDEX payables_claim_id ON payables_claim (id);
CREATE INDEX payables_claim_state ON payables_claim (client, state, arrived, id);
CREATE INDEX payables_claim_arrived ON payables_claim (client, arrived, id);
CREATE INDEX payables_claim_invoice ON payables_claim (client, invoice, id);
CREATE INDEX payables_claim_supplier ON payables_claim (client, supplier_key, id);
CREATE INDEX payables_claim_number ON payables_claim (client, number_norm, id);
