-- Answers about received e-invoices, on their way to the suppliers.

-- payables_reply is one Peppol Invoice Response: what the client says to the
-- supplier about an invoice. The file itself is in blob.
-- kontor:table payables_reply distributed
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
CREATE INDEX payables_reply_id ON payables_reply (id);
CREATE INDEX payables_reply_todo ON payables_reply (state, id);
CREATE INDEX payables_reply_state ON payables_reply (client, state, arrived, id);
CREATE INDEX payables_reply_arrived ON payables_reply (client, arrived, id);
CREATE INDEX payables_reply_invoice ON payables_reply (client, invoice, arrived, id);
-- Each status is said once of an invoice.
CREATE UNIQUE INDEX payables_reply_once ON payables_reply (client, invoice, status);
CREATE INDEX payables_reply_document ON payables_reply (document, id);

-- payables_reply_receiver is an electronic address that does not take all answers.
-- kontor:table payables_reply_receiver reference
CREATE TABLE payables_reply_receiver (
	id      BIGINT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	address TEXT NOT NULL UNIQUE,        -- 0007:5560000000
	takes   TEXT NOT NULL,               -- all, final, none
	note    TEXT NOT NULL,               -- how that is known, for people
	by      BIGINT NOT NULL,
	at      TIMESTAMP NOT NULL
);
