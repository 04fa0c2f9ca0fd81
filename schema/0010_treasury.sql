-- Payments out: our accounts at the bank, what is proposed to be paid, what was
-- released and sent, and what the bank has said of it.

-- treasury_account is an account of ours that payments are made from.
-- kontor:table treasury_account reference
CREATE TABLE treasury_account (
	id         BIGINT NOT NULL PRIMARY KEY,
	version    BIGINT NOT NULL,
	owner      BIGINT NOT NULL,          -- client; 0 for all that have none of their own
	name       TEXT NOT NULL,
	iban       TEXT NOT NULL,
	bankgiro   TEXT NOT NULL,            -- '' where the bank wants none
	bic        TEXT NOT NULL,
	profile    TEXT NOT NULL,            -- of the bank, see format/pain
	agreement  TEXT NOT NULL,            -- who we are to the bank
	holder     TEXT NOT NULL,            -- name of the account holder
	ledger     TEXT NOT NULL,            -- account in the books that holds the money
	clearing   TEXT NOT NULL,            -- account in the books for what is under way
	books      TEXT NOT NULL,            -- camt.053 or camt.054: cash is posted from that alone
	cutoff     BIGINT NOT NULL,          -- minutes after midnight until which a file is executed the same day
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL
);
CREATE INDEX treasury_account_owner ON treasury_account (owner, valid_from);

-- treasury_proposal is what somebody proposes to pay, and the file that it
-- becomes. Its client is 0: it is for all, and those handle it who may for all.
-- kontor:table treasury_proposal distributed
CREATE TABLE treasury_proposal (
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
	number        TEXT NOT NULL,         -- B 2026:12
	account       BIGINT NOT NULL,       -- that pays
	until         DATE NOT NULL,         -- what is due by then
	urgent        BOOLEAN NOT NULL,
	reason        TEXT NOT NULL,         -- why it is urgent, why it was withdrawn
	called        TEXT NOT NULL,         -- whom the second person called before an urgent payment
	seed          BIGINT NOT NULL,       -- the sample is drawn by it
	proposed_by   BIGINT NOT NULL,
	proposed_name TEXT NOT NULL,
	payments      BIGINT NOT NULL,       -- that are left in it
	amount        BIGINT NOT NULL,       -- öre, of them
	left_out      BIGINT NOT NULL,
	dropped       BIGINT NOT NULL,       -- fell out when they were looked at again
	released_by   BIGINT NOT NULL,
	released_name TEXT NOT NULL,
	released      TIMESTAMP,
	seal          TEXT NOT NULL,         -- sum of the released set
	file          TEXT NOT NULL,         -- hash of the bytes to the bank; '' while there is none
	filed_by      BIGINT NOT NULL,
	filed         TIMESTAMP,
	settled       BIGINT NOT NULL,       -- payments that the bank has nothing more to say of
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX treasury_proposal_id ON treasury_proposal (id);
CREATE INDEX treasury_proposal_state ON treasury_proposal (state, id);

-- treasury_payment is one transfer to one payee for one client. An amount of
-- nought is a set-off, which no bank sees.
-- kontor:table treasury_payment distributed
CREATE TABLE treasury_payment (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	version      BIGINT NOT NULL,
	proposal     BIGINT NOT NULL,
	account      BIGINT NOT NULL,
	payee_org    TEXT NOT NULL,
	payee_name   TEXT NOT NULL,
	payee_key    TEXT NOT NULL,          -- name, folded to Swedish order
	scheme       TEXT NOT NULL,
	number       TEXT NOT NULL,
	amount       BIGINT NOT NULL,
	execute      DATE NOT NULL,          -- a bank day
	ocr          TEXT NOT NULL,
	message      TEXT NOT NULL,
	bank_name    TEXT NOT NULL,          -- what the bank alone is told of a payee that is not told here; '' where there is nothing to hide
	bank_account TEXT NOT NULL,
	bank_message TEXT NOT NULL,
	bank_town    TEXT NOT NULL DEFAULT '', -- of the payee; '' while nobody knows
	bank_country TEXT NOT NULL DEFAULT '', -- two letters; '' is Sweden
	end_to_end   TEXT NOT NULL UNIQUE,
	batch        TEXT NOT NULL,          -- that the bank takes it with; '' until it is in a file
	state        TEXT NOT NULL,
	code         TEXT NOT NULL,          -- the bank's latest, ISO 20022
	reason       TEXT NOT NULL,          -- why it fell out, was rejected or came back; Swedish
	sampled      TEXT NOT NULL,          -- why it is to be controlled: drawn, large, account; '' when it is not
	checked_by   BIGINT NOT NULL,
	checked_name TEXT NOT NULL,
	checked      TIMESTAMP,
	check_note   TEXT NOT NULL,
	seal         TEXT NOT NULL,          -- sum of what was proposed
	owed         BOOLEAN NOT NULL,       -- the debt has been moved to the clearing account
	paid         DATE,                   -- when the bank says that the money left
	booked       BIGINT NOT NULL,        -- voucher of the money out; 0 until the bank's statement
	returned     BIGINT NOT NULL,        -- voucher of the money that came back
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX treasury_payment_id ON treasury_payment (id);
CREATE INDEX treasury_payment_proposal ON treasury_payment (proposal, id);
CREATE INDEX treasury_payment_state ON treasury_payment (client, state, id);
CREATE INDEX treasury_payment_execute ON treasury_payment (client, execute, id);
CREATE INDEX treasury_payment_payee ON treasury_payment (client, payee_key, id);
CREATE INDEX treasury_payment_amount ON treasury_payment (client, amount, id);
CREATE INDEX treasury_payment_account ON treasury_payment (account, amount, id);
CREATE INDEX treasury_payment_batch ON treasury_payment (batch) WHERE batch <> '';

-- treasury_part is one document of a payment. A document is in one living
-- payment at most: the database itself refuses to pay it twice.
-- kontor:table treasury_part distributed
CREATE TABLE treasury_part (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	payment   BIGINT NOT NULL,
	kind      TEXT NOT NULL,             -- of the source, 'payables.invoice'
	document  BIGINT NOT NULL,
	number    TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- öre; a credit note's is negative
	withheld  BIGINT NOT NULL,           -- of it, tax that the payee does not get
	due       DATE NOT NULL,
	approvers TEXT NOT NULL,             -- persons, JSON
	live      BOOLEAN NOT NULL,          -- FALSE once the payment has fallen, was rejected or came back
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX treasury_part_once ON treasury_part (client, kind, document) WHERE live;
CREATE INDEX treasury_part_payment ON treasury_part (client, payment, id);
CREATE INDEX treasury_part_document ON treasury_part (client, document, id);

-- treasury_left is what was due and yet not proposed, and why.
-- kontor:table treasury_left distributed
CREATE TABLE treasury_left (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	proposal   BIGINT NOT NULL,
	kind       TEXT NOT NULL,
	document   BIGINT NOT NULL,
	number     TEXT NOT NULL,
	payee_name TEXT NOT NULL,
	amount     BIGINT NOT NULL,
	due        DATE NOT NULL,
	reason     TEXT NOT NULL,            -- Swedish, whole sentence
	PRIMARY KEY (client, id)
);
CREATE INDEX treasury_left_proposal ON treasury_left (client, proposal, id);

-- treasury_answer is one file from the bank, by the hash of its bytes.
-- kontor:table treasury_answer local
CREATE TABLE treasury_answer (
	id       BIGINT NOT NULL PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	kind     TEXT NOT NULL,              -- pain.002, camt.053, camt.054
	received TIMESTAMP NOT NULL,
	actor    BIGINT NOT NULL,
	matched  BIGINT NOT NULL,            -- payments that it said something new of
	already  BIGINT NOT NULL,            -- entries known before
	other    BIGINT NOT NULL,            -- entries that are no payment of ours
	skipped  BIGINT NOT NULL,            -- statements that were not read; the file may be read again
	note     TEXT NOT NULL               -- what is odd, Swedish sentences
);
CREATE INDEX treasury_answer_received ON treasury_answer (received, id);

-- treasury_statement is one statement of one account, which is read once.
-- kontor:table treasury_statement local
CREATE TABLE treasury_statement (
	account   BIGINT NOT NULL,
	kind      TEXT NOT NULL,
	statement TEXT NOT NULL,             -- the bank's identity of it
	sequence  BIGINT NOT NULL,
	answer    BIGINT NOT NULL,
	opening   BIGINT NOT NULL,
	closing   BIGINT NOT NULL,
	last      DATE,
	balanced  BOOLEAN NOT NULL,          -- whether both balances were given
	PRIMARY KEY (account, kind, statement, sequence)
);
CREATE INDEX treasury_statement_last ON treasury_statement (account, kind, last, sequence);

-- treasury_entry is one booked entry of one of our accounts, once, whichever
-- files it came in.
-- kontor:table treasury_entry local
CREATE TABLE treasury_entry (
	id       BIGINT NOT NULL PRIMARY KEY,
	account  BIGINT NOT NULL,
	key      TEXT NOT NULL,              -- kind, day, amount, reference and how many before it were the same
	answer   BIGINT NOT NULL,
	kind     TEXT NOT NULL,
	booked   DATE NOT NULL,
	amount   BIGINT NOT NULL,            -- öre; in is positive
	ref      TEXT NOT NULL,
	text     TEXT NOT NULL,
	state    TEXT NOT NULL,              -- paid, returned, other, open, asked, explained
	note     TEXT NOT NULL,
	UNIQUE (account, key)
);
CREATE INDEX treasury_entry_state ON treasury_entry (state, booked, id);
CREATE INDEX treasury_entry_booked ON treasury_entry (booked, id);
CREATE INDEX treasury_entry_answer ON treasury_entry (answer, id);
CREATE INDEX treasury_entry_amount ON treasury_entry (account, amount, id);

-- treasury_explanation is what a person says that an entry is, where the files do
-- not say it themselves. Its client is 0: it is for all.
-- kontor:table treasury_explanation distributed
CREATE TABLE treasury_explanation (
	client         BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	state          TEXT NOT NULL,
	version        BIGINT NOT NULL,
	arrived        TIMESTAMP NOT NULL,
	agreement      BIGINT NOT NULL,
	promised       BIGINT NOT NULL,
	keep_by        DATE NOT NULL,
	unit           BIGINT NOT NULL,
	handler        BIGINT NOT NULL,
	secrecy        BIGINT NOT NULL,
	entry          BIGINT NOT NULL,
	kind           TEXT NOT NULL,        -- payment, books, pair, noted
	amount         BIGINT NOT NULL,      -- of the entry
	owner          BIGINT NOT NULL,      -- client in whose books it is posted; 0 where nothing is
	payment        BIGINT NOT NULL,      -- that it belongs to; 0 for none
	pair           BIGINT NOT NULL,      -- entry that takes it out; 0 for none
	line           TEXT NOT NULL,        -- what is posted besides the payment, JSON
	reason         TEXT NOT NULL,
	entry_was      TEXT NOT NULL,        -- state of the entry before
	payment_was    TEXT NOT NULL,        -- and of the payment
	writer         BIGINT NOT NULL,
	writer_name    TEXT NOT NULL,
	approver       BIGINT NOT NULL,      -- another person; 0 until then, and where nothing is posted
	approver_name  TEXT NOT NULL,
	voucher        BIGINT NOT NULL,      -- 0 where nothing is posted
	voucher_client BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX treasury_explanation_id ON treasury_explanation (id);
CREATE INDEX treasury_explanation_state ON treasury_explanation (state, id);
CREATE INDEX treasury_explanation_entry ON treasury_explanation (entry, id);
CREATE INDEX treasury_explanation_pair ON treasury_explanation (pair, id);
