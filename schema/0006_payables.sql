-- Supplier invoices: who sends them, to whom they belong, their life, and who
-- may approve them.

-- payables_supplier is everybody who has sent the city an invoice. One register
-- for all clients: a duplicate or a changed account concerns the whole city.
-- kontor:table payables_supplier reference
CREATE TABLE payables_supplier (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	org      TEXT NOT NULL UNIQUE,       -- 12 digits; a foreign supplier's VAT number
	name     TEXT NOT NULL,
	sort_key TEXT NOT NULL,              -- name, folded to Swedish order
	country  TEXT NOT NULL,
	state    TEXT NOT NULL,              -- new, approved, blocked
	f_tax    TEXT NOT NULL,              -- yes, no, unknown
	f_tax_on DATE,                       -- day the F-tax status was looked up
	phone    TEXT NOT NULL,              -- a number that we know, for calling back
	mail     TEXT NOT NULL,
	since    TIMESTAMP NOT NULL,
	phone_on DATE,                       -- day the number was noted
	phone_by BIGINT NOT NULL DEFAULT 0,  -- who noted it; 0 when it came with an older register
	town     TEXT NOT NULL DEFAULT ''    -- of its address, which some banks want; '' while nobody knows
);
CREATE INDEX payables_supplier_name ON payables_supplier (sort_key, id);

-- payables_account is an account that a supplier has asked to be paid to. An
-- invoice can only propose one; two people approve it.
-- kontor:table payables_account reference
CREATE TABLE payables_account (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	supplier BIGINT NOT NULL,
	scheme   TEXT NOT NULL,              -- BG, PG, IBAN, BBAN
	number   TEXT NOT NULL,
	state    TEXT NOT NULL,              -- pending, checked, approved, blocked
	source   TEXT NOT NULL,              -- where it was seen, for people
	asked    TIMESTAMP NOT NULL,
	checked_by  BIGINT NOT NULL,         -- who called back; 0 until then
	approved_by BIGINT NOT NULL,         -- another person; 0 until then
	approved TIMESTAMP,
	way      TEXT NOT NULL DEFAULT 'invoice', -- how it was asked for: invoice, mail, letter, phone, portal
	called   TEXT NOT NULL DEFAULT '',   -- who answered when we called, and on which number
	UNIQUE (supplier, scheme, number)
);

-- payables_route says which client an invoice belongs to.
-- kontor:table payables_route reference
CREATE TABLE payables_route (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- reference, contract, order, address
	code       TEXT NOT NULL,            -- folded: upper case, no spaces
	note       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	PRIMARY KEY (client, id),
	UNIQUE (kind, code, valid_from)
);
CREATE INDEX payables_route_code ON payables_route (client, code, id);

-- payables_posting names the accounts that registration and approval post to.
-- Client 0 is for all; a client's own row goes before it.
-- kontor:table payables_posting reference
CREATE TABLE payables_posting (
	client     BIGINT NOT NULL,
	use        TEXT NOT NULL,            -- liability, pending, vat, rounding
	valid_from DATE NOT NULL,
	account    TEXT NOT NULL,
	PRIMARY KEY (client, use, valid_from)
);

-- payables_batch is one import run. Its progress is stored with the rows that
-- it counts, so that a killed run goes on where it was.
-- kontor:table payables_batch local
CREATE TABLE payables_batch (
	id       BIGINT NOT NULL PRIMARY KEY,
	name     TEXT NOT NULL,
	key      TEXT NOT NULL,              -- of the list of files: the same list again goes on
	actor    BIGINT NOT NULL,
	started  TIMESTAMP NOT NULL,
	seen     TIMESTAMP NOT NULL,         -- last progress
	ended    TIMESTAMP,
	total    BIGINT NOT NULL,
	imported BIGINT NOT NULL,
	held     BIGINT NOT NULL,
	failed   BIGINT NOT NULL,
	already  BIGINT NOT NULL             -- of held: known since before
);
CREATE INDEX payables_batch_key ON payables_batch (key, id);
CREATE INDEX payables_batch_started ON payables_batch (started, id);

-- payables_file is one received file, by the hash of its bytes, whatever became
-- of it. The bytes are in blob.
-- kontor:table payables_file local
CREATE TABLE payables_file (
	id       BIGINT NOT NULL PRIMARY KEY,
	version  BIGINT NOT NULL,
	hash     TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	size     BIGINT NOT NULL,
	received TIMESTAMP NOT NULL,
	batch    BIGINT NOT NULL,
	state    TEXT NOT NULL,              -- imported, held, unrouted, failed, dismissed
	code     TEXT NOT NULL,              -- why; '' when imported
	note     TEXT NOT NULL,              -- the same for people, whole sentences
	client   BIGINT NOT NULL,            -- 0 while nobody knows
	invoice  BIGINT NOT NULL,            -- 0 when there is none
	attempts BIGINT NOT NULL
);
CREATE INDEX payables_file_batch ON payables_file (batch, state, id);
CREATE INDEX payables_file_fallout ON payables_file (state, received, id);

-- payables_number holds each supplier's invoice numbers over all clients. The
-- first invoice claims the number; what comes after it is held.
-- kontor:table payables_number local
CREATE TABLE payables_number (
	supplier BIGINT NOT NULL,
	number   TEXT NOT NULL,              -- normalised
	claim    BIGINT NOT NULL,            -- 0 for the first; its own id for a later one
	client   BIGINT NOT NULL,
	invoice  BIGINT NOT NULL,
	gross    BIGINT NOT NULL,
	issued   DATE,
	ocr      TEXT NOT NULL,
	PRIMARY KEY (supplier, number, claim)
);
CREATE INDEX payables_number_gross ON payables_number (supplier, gross);

-- payables_invoice is one supplier invoice or credit note to one client.
-- Amounts are öre, with the sign of the debt: a credit note is negative.
-- kontor:table payables_invoice distributed
CREATE TABLE payables_invoice (
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
	supplier      BIGINT NOT NULL,       -- 0 when it cannot be told
	supplier_org  TEXT NOT NULL,
	supplier_name TEXT NOT NULL,         -- as on the invoice
	supplier_key  TEXT NOT NULL,         -- name, folded to Swedish order
	payee_org     TEXT NOT NULL,         -- when somebody else is paid; '' otherwise
	number        TEXT NOT NULL,
	number_norm   TEXT NOT NULL,
	kind          TEXT NOT NULL,         -- invoice, credit
	issued        DATE,
	due           DATE,
	currency      TEXT NOT NULL,
	net           BIGINT NOT NULL,
	vat           BIGINT NOT NULL,       -- as stated
	reverse_tax   BIGINT NOT NULL DEFAULT 0, -- VAT that we owe the state instead of the supplier
	gross         BIGINT NOT NULL,
	rounding      BIGINT NOT NULL,
	payable       BIGINT NOT NULL,
	scheme        TEXT NOT NULL,         -- of the account to pay; '' while none is approved
	account       TEXT NOT NULL,
	ocr           TEXT NOT NULL,
	reference     TEXT NOT NULL,
	order_ref     TEXT NOT NULL,
	contract_ref  TEXT NOT NULL,
	object_ref    TEXT NOT NULL DEFAULT '',         -- of a subscription: what is metered or hired
	routed_by     TEXT NOT NULL DEFAULT '',         -- the rule that led it to the client
	routed_code   TEXT NOT NULL DEFAULT '',         -- what that rule saw
	moved_from    BIGINT NOT NULL DEFAULT 0,       -- the same document at the client that it came to first; 0 for none
	moved_to      BIGINT NOT NULL DEFAULT 0,       -- and at the one that it was moved to
	handled       DATE,                            -- day of the event that counts it
	score         BIGINT NOT NULL DEFAULT 0,       -- points of the signs that something is wrong
	file          TEXT NOT NULL,         -- hash of the received bytes
	channel       TEXT NOT NULL,
	price         BIGINT NOT NULL,       -- version of the price list at arrival
	coding        TEXT NOT NULL,         -- lines, JSON
	coding_no     BIGINT NOT NULL,       -- counts changes of coding; approvals hold for one
	coded_by      BIGINT NOT NULL,
	coded_how     TEXT NOT NULL,         -- why it was coded so, for people
	automated     BOOLEAN NOT NULL DEFAULT FALSE, -- coded by the digital co-worker and by nobody else
	lacks         TEXT NOT NULL,         -- code of the first open finding; '' for none
	liability     BIGINT NOT NULL,       -- voucher of registration; 0 while not posted
	cost          BIGINT NOT NULL,       -- voucher of final approval
	proposed_by   BIGINT NOT NULL,       -- who proposed to release a held invoice
	payment       TEXT NOT NULL DEFAULT '', -- scheduled, filed, accepted, paid, returned; '' when it waits to be proposed
	paid_on       DATE,
	stop          TEXT NOT NULL DEFAULT '', -- why it must not be paid, for people; '' when it may
	stop_kind     TEXT NOT NULL DEFAULT '', -- hold, dispute, bank
	tax_said      BOOLEAN NOT NULL DEFAULT FALSE, -- somebody has said what of it is pay for work, of a payee without F-tax
	withheld      BIGINT NOT NULL DEFAULT 0, -- öre of tax that we pay instead
	PRIMARY KEY (client, id)
);
CREATE UNIQUE INDEX payables_invoice_id ON payables_invoice (id);
CREATE INDEX payables_invoice_state ON payables_invoice (client, state, keep_by, id);
CREATE INDEX payables_invoice_keep ON payables_invoice (client, keep_by, id);
CREATE INDEX payables_invoice_arrived ON payables_invoice (client, arrived, id);
CREATE INDEX payables_invoice_payable ON payables_invoice (client, payable, id);
CREATE INDEX payables_invoice_supplier ON payables_invoice (client, supplier_key, id);
CREATE INDEX payables_invoice_number ON payables_invoice (client, number_norm, id);
CREATE INDEX payables_invoice_from ON payables_invoice (client, supplier, id);
CREATE INDEX payables_invoice_lacks ON payables_invoice (client, lacks, id);
CREATE INDEX payables_invoice_payment ON payables_invoice (client, payment, due, id);
CREATE INDEX payables_invoice_stop ON payables_invoice (client, stop_kind, id);
CREATE INDEX payables_invoice_handler ON payables_invoice (client, handler, state, keep_by, id);

-- payables_finding is something that an invoice lacks.
-- kontor:table payables_finding distributed
CREATE TABLE payables_finding (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	code    TEXT NOT NULL,
	seen    TEXT NOT NULL,               -- what stood in the document, for people
	state   TEXT NOT NULL,               -- open, completed, accepted, returned
	answer  TEXT NOT NULL,
	by      BIGINT NOT NULL,
	at      TIMESTAMP,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_finding_invoice ON payables_finding (client, invoice, id);

-- payables_approval is a review or a final approval, with the authority that it
-- rested on then.
-- kontor:table payables_approval distributed
CREATE TABLE payables_approval (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	invoice   BIGINT NOT NULL,
	step      TEXT NOT NULL,             -- review, approve
	person    BIGINT NOT NULL,
	name      TEXT NOT NULL,
	holder    BIGINT NOT NULL,           -- whose right it was: the person's own, or of whom he stands in for
	holder_name TEXT NOT NULL,
	amount    BIGINT NOT NULL,           -- payable, without sign
	coding_no BIGINT NOT NULL,
	authority BIGINT NOT NULL,           -- row of approval_row; 0 where the register asks for nobody
	register  BIGINT NOT NULL,           -- version of the register of authorities then
	supplier  BIGINT NOT NULL,
	issued    DATE,
	day       DATE NOT NULL,
	at        TIMESTAMP NOT NULL,
	voided    TIMESTAMP,                 -- when a change of coding or amount took it away
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_approval_invoice ON payables_approval (client, invoice, id);
CREATE INDEX payables_approval_day ON payables_approval (client, supplier, day, id);
CREATE INDEX payables_approval_issued ON payables_approval (client, supplier, issued, id);

-- payables_occasion says who took part in what was bought, and why: without it
-- some costs are not approved.
-- kontor:table payables_occasion distributed
CREATE TABLE payables_occasion (
	client       BIGINT NOT NULL,
	id           BIGINT NOT NULL,        -- of the invoice
	version      BIGINT NOT NULL,
	purpose      TEXT NOT NULL,
	participants TEXT NOT NULL,          -- one a line
	programme    TEXT NOT NULL,          -- where it stands, for courses and journeys
	persons      TEXT NOT NULL,          -- JSON: those of ours whom it concerns
	written_by   BIGINT NOT NULL,
	at           TIMESTAMP NOT NULL,
	PRIMARY KEY (client, id)
);

-- payables_special names the accounts whose costs need an occasion. Client 0 is
-- for all.
-- kontor:table payables_special reference
CREATE TABLE payables_special (
	client     BIGINT NOT NULL,
	kind       TEXT NOT NULL,            -- representation, travel, course
	accounts   TEXT NOT NULL,            -- codes, beginnings or spans
	valid_from DATE NOT NULL,
	source     TEXT NOT NULL,
	PRIMARY KEY (client, kind, valid_from)
);

-- payables_rule is how the digital co-worker codes what comes again and again.
-- kontor:table payables_rule distributed
CREATE TABLE payables_rule (
	client     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	supplier   TEXT NOT NULL,            -- organisation number; '' for any
	reference  TEXT NOT NULL,            -- beginning of the reference; '' for any
	account    TEXT NOT NULL,
	unit       TEXT NOT NULL,
	activity   TEXT NOT NULL,
	project    TEXT NOT NULL,
	most       BIGINT NOT NULL,          -- öre, highest amount that it may code
	note       TEXT NOT NULL,
	valid_from DATE NOT NULL,
	valid_to   DATE NOT NULL,
	decided_by BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_rule_supplier ON payables_rule (client, supplier, id);

-- payables_letter is what we wrote to the supplier of an invoice. The text is
-- kept as a document.
-- kontor:table payables_letter distributed
CREATE TABLE payables_letter (
	client  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	invoice BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	subject TEXT NOT NULL,
	receiver TEXT NOT NULL,
	mail    TEXT NOT NULL,               -- address that it was sent to; '' when it goes on paper
	at      TIMESTAMP NOT NULL,
	by      BIGINT NOT NULL,
	PRIMARY KEY (client, id)
);
CREATE INDEX payables_letter_invoice ON payables_letter (client, invoice, id);
