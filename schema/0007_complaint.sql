-- Complaints, comments and praise, for the compilation by client and process.

-- complaint is one of them. The register number is its number in the year's
-- series of its client.
-- kontor:table complaint distributed
CREATE TABLE complaint (
	client    BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	state     TEXT NOT NULL,
	version   BIGINT NOT NULL,
	arrived   TIMESTAMP NOT NULL,
	agreement BIGINT NOT NULL,
	promised  BIGINT NOT NULL,
	keep_by   DATE NOT NULL,
	unit      BIGINT NOT NULL,
	handler   BIGINT NOT NULL,
	secrecy   BIGINT NOT NULL,
	number    TEXT NOT NULL,             -- K 2026:12
	kind      TEXT NOT NULL,             -- complaint, comment, praise
	process   TEXT NOT NULL,
	text      TEXT NOT NULL,
	sender    TEXT NOT NULL,             -- as the sender wants to be called; '' when nobody is named
	reply_to  TEXT NOT NULL,             -- where the answer goes; '' when none is wanted
	informed  BIGINT NOT NULL,           -- the manager that was told; 0 before
	answer    TEXT NOT NULL,
	measure   TEXT NOT NULL,             -- what was done so that it does not happen again
	PRIMARY KEY (client, id)
);
CREATE INDEX complaint_id ON complaint (id);
CREATE INDEX complaint_state ON complaint (client, state, arrived, id);
CREATE INDEX complaint_arrived ON complaint (client, arrived, id);
