-- Payout requests: payments that rest on a form of ours, not on an invoice.

-- payout_request is one payment to one payee. Who the payee is stands here and in
-- the file to the bank, nowhere else.
-- kontor:table payout_request distributed
CREATE TABLE payout_request (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	state        TEXT NOT NULL,
	version      BIGINT NOT NULL,
	arrived      TIMESTAMP NOT NULL,
	agreement    BIGINT NOT NULL,
	promised     BIGINT NOT NULL,
	keep_by      DATE NOT NULL,
	unit         BIGINT NOT NULL,
	handler      BIGINT NOT NULL,
	secrecy      BIGINT NOT NULL,        -- 0 an organisation, 1 a person, 2 under protection
	number       TEXT NOT NULL,          -- UU 2026:12
	reference    TEXT NOT NULL,          -- of whoever sent it in a file; '' for what was written on the page
	received     TEXT NOT NULL,          -- hash of what the file said
	protected    BOOLEAN NOT NULL,       -- the payee's identity is protected
	payee_org    TEXT NOT NULL,          -- 12 digits
	payee_name   TEXT NOT NULL,
	payee_key    TEXT NOT NULL,          -- name, folded to Swedish order; of somebody under protection what is told instead
	bank_name    TEXT NOT NULL,          -- what the bank is told instead of the name, as the client decided; '' for the name
	town         TEXT NOT NULL,          -- of the payee, for the banks that want to know; '' while nobody has said
	scheme       TEXT NOT NULL,          -- BG, PG, BBAN, IBAN
	account      TEXT NOT NULL,
	message      TEXT NOT NULL,          -- to the payee
	purpose      TEXT NOT NULL,
	basis        TEXT NOT NULL,          -- the decision or the law that it rests on
	amount       BIGINT NOT NULL,
	due          DATE,
	lines        TEXT NOT NULL,          -- coding, JSON
	file         TEXT NOT NULL,          -- hash of the supporting document; '' while there is none
	file_name    TEXT NOT NULL,
	price        BIGINT NOT NULL,        -- version of the price list at arrival
	writer       BIGINT NOT NULL,        -- who wrote it last
	hands        TEXT NOT NULL,          -- everybody who has ever written or sent it, JSON
	sender       BIGINT NOT NULL,        -- who sent it to be reviewed; 0 before
	unconfirmed  BOOLEAN NOT NULL,       -- it is sent, and a second person has to confirm the account
	confirmed_by BIGINT NOT NULL,        -- who did; 0 before
	confirmed    TIMESTAMP,
	confirmed_how TEXT NOT NULL,         -- who was asked, and how
	decided_by   BIGINT NOT NULL,        -- who has decided that it is no duplicate; 0 for nobody
	decided      TEXT NOT NULL,          -- and why
	reason       TEXT NOT NULL,          -- why it last came back or was voided
	approvals    BIGINT NOT NULL,        -- how many times it has been finally approved
	liability    BIGINT NOT NULL,        -- voucher of the debt; 0 while there is none
	payment      TEXT NOT NULL,          -- how far the payment has come; '' when it waits to be proposed
	paid_on      DATE,
	stop         TEXT NOT NULL,          -- why it must not be paid; '' when it may
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX payout_request_id ON payout_request (id);
CREATE UNIQUE INDEX payout_request_reference ON payout_request (client, reference) WHERE reference <> '';
CREATE INDEX payout_request_state ON payout_request (client, state, due, id);
CREATE INDEX payout_request_due ON payout_request (client, due, id);
CREATE INDEX payout_request_arrived ON payout_request (client, arrived, id);
CREATE INDEX payout_request_payee ON payout_request (client, payee_key, id);
CREATE INDEX payout_request_amount ON payout_request (client, amount, id);
CREATE INDEX payout_request_number ON payout_request (client, number, id);
CREATE INDEX payout_request_org ON payout_request (client, payee_org, amount, id);
CREATE INDEX payout_request_unconfirmed ON payout_request (client, unconfirmed, due, id);
CREATE INDEX payout_request_account ON payout_request (account, id);

-- payout_approval is a review or a final approval. A change of the request voids
-- it; it is never removed.
-- kontor:table payout_approval distributed
CREATE TABLE payout_approval (
	client      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	request     BIGINT NOT NULL,
	step        TEXT NOT NULL,           -- review, approve
	person      BIGINT NOT NULL,
	name        TEXT NOT NULL,
	holder      BIGINT NOT NULL,         -- whose right it was: the person's own, or of whom he stands in for
	holder_name TEXT NOT NULL,
	amount      BIGINT NOT NULL,
	authority   BIGINT NOT NULL,         -- row of the register that it rests on; 0 where the register asks for nobody
	register    BIGINT NOT NULL,         -- version of the register then
	payee_org   TEXT NOT NULL,
	day         DATE NOT NULL,
	at          TIMESTAMP NOT NULL,
	voided      TIMESTAMP,
	PRIMARY KEY (client, id)
);
CREATE INDEX payout_approval_request ON payout_approval (client, request, id);
CREATE INDEX payout_approval_day ON payout_approval (client, payee_org, day, id);

-- payout_posting names the account that approved requests are owed on. Client 0
-- is for all; a client's own row goes before it.
-- kontor:table payout_posting reference
CREATE TABLE payout_posting (
	client     BIGINT NOT NULL,
	valid_from DATE NOT NULL,
	account    TEXT NOT NULL,
	PRIMARY KEY (client, valid_from)
);
