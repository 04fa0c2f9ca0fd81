-- What the operation proves: bills and targets.

-- bill is a client's bill for a month as it was closed. What changes in the
-- month afterwards stands as correction lines on a later bill.
-- kontor:table bill distributed
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
-- kontor:immutable bill

-- bill_line is price × quantity of the events of one month.
-- kontor:table bill_line distributed
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
-- kontor:immutable bill_line

-- indicator_target is what a figure should reach in a year. A later row for the
-- same figure and year takes over.
-- kontor:table indicator_target reference
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
-- kontor:immutable indicator_target
