-- The general ledger as people use it: orders to post, files that are loaded
-- into it, and what is published of it.

-- generalledger_order is a journal order or an internal charge. The client is
-- the one who bears it and approves it; the other is the seller of a charge.
-- kontor:table generalledger_order distributed
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
CREATE INDEX generalledger_order_id ON generalledger_order (id);
CREATE INDEX generalledger_order_state ON generalledger_order (client, state, arrived, id);
CREATE INDEX generalledger_order_arrived ON generalledger_order (client, arrived, id);

-- generalledger_posting names what charges are posted to by themselves. Client 0
-- is for all; a client's own row goes before it.
-- kontor:table generalledger_posting reference
CREATE TABLE generalledger_posting (
	client     BIGINT NOT NULL,
	use        TEXT NOT NULL,            -- claim, debt, income, cost: accounts; counterpart: what others code this client as
	valid_from DATE NOT NULL,
	code       TEXT NOT NULL,
	PRIMARY KEY (client, use, valid_from)
);

-- generalledger_load is one file that has been loaded into the books of a
-- client. The bytes are in blob.
-- kontor:table generalledger_load distributed
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
CREATE INDEX generalledger_load_id ON generalledger_load (id);
CREATE INDEX generalledger_load_arrived ON generalledger_load (client, arrived, id);
CREATE INDEX generalledger_load_hash ON generalledger_load (client, hash);

-- generalledger_publication is the open supplier ledger of one month, as it was
-- made. A month is made again when its books have changed.
-- kontor:table generalledger_publication local
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
