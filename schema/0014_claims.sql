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

-- payables_use is how a supplier's invoices to a client came in during the last
-- twelve months, counted anew each day.
-- kontor:table payables_use distributed
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
CREATE INDEX payables_use_saving ON payables_use (client, saving, id);
CREATE INDEX payables_use_key ON payables_use (client, supplier_key, id);
CREATE INDEX payables_use_supplier ON payables_use (supplier, client);

-- payables_ask is how far a supplier has come towards e-invoices. A supplier is
-- asked once for the whole city.
-- kontor:table payables_ask reference
CREATE TABLE payables_ask (
	supplier BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	step     TEXT NOT NULL,
	on_day   DATE NOT NULL,
	note     TEXT NOT NULL,
	by       BIGINT NOT NULL             -- 0 when the program saw it by itself
);
