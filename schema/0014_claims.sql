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
