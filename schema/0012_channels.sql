-- What is known of an invoice before a person looks at it: orders, subscriptions,
-- attachments seen before, warnings, signs; and the channels besides e-invoices:
-- scanned paper and manual payment orders.

-- payables_setting is a number that the controls go by, from a day on. Client 0
-- is for all; a client's own row goes before it.
-- kontor:table payables_setting reference
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

-- payables_order is an order that a client has made, as far as an invoice is held
-- against it. What is left of it is the amount less what has been matched.
-- kontor:table payables_order distributed
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

-- payables_subscription is what comes back: a supplier, a reference, how often
-- and how much. A client may decide that what fits is approved without a person;
-- one person enters that, another confirms it.
-- kontor:table payables_subscription distributed
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
CREATE INDEX payables_subscription_supplier ON payables_subscription (supplier, reference);
CREATE INDEX payables_subscription_name ON payables_subscription (client, name, id);

-- payables_match is that an invoice was held against an order or a subscription
-- and fitted.
-- kontor:table payables_match distributed
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
CREATE INDEX payables_match_record ON payables_match (client, record, id);
CREATE INDEX payables_match_at ON payables_match (client, at, id);

-- payables_attachment is a file that came inside an invoice, by its hash. The
-- same one again stops an invoice, unless a person has found it harmless.
-- kontor:table payables_attachment local
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

-- payables_sign is a sign that something may be wrong with an invoice, and the
-- evidence. Signs never stop an invoice by themselves.
-- kontor:table payables_sign distributed
CREATE TABLE payables_sign (
	client  BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	sign    TEXT NOT NULL,
	points  BIGINT NOT NULL,
	seen    TEXT NOT NULL,
	PRIMARY KEY (client, invoice, sign)
);

-- payables_warning is the list of those who have sent invoices for nothing.
-- kontor:table payables_warning reference
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

-- payables_scan is what the scanning service has read off a paper, by the hash of
-- its picture, whatever became of it.
-- kontor:table payables_scan local
CREATE TABLE payables_scan (
	hash  TEXT NOT NULL PRIMARY KEY,
	list  TEXT NOT NULL,                 -- hash of the index file
	place BIGINT NOT NULL,               -- row or element in it
	facts TEXT NOT NULL                  -- fields as read, JSON
);
