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
	active  BOOLEAN NOT NULL
);
