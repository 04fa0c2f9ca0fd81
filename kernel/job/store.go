package job

import (
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
)

type row struct {
	ID      id.ID[Job]
	Kind    string
	Key     string
	Args    string
	Due     time.Time
	State   State
	Attempt int64
	Lease   time.Time
	Fault   string
	Asked   time.Time
	Ended   time.Time
}

// claimed is a job in the hands of a runner. The attempt is the fence: another
// runner that takes the job over counts it up.
type claimed struct {
	ID      id.ID[Job]
	Kind    string
	Key     string
	Args    string
	Attempt int64
}

var (
	addJobs = db.Insert[row]("job", "ON CONFLICT (kind, key) DO NOTHING")

	anyDue = db.Select[id.ID[Job]](`
		SELECT id FROM job WHERE state = 'ready' AND due <= $1 ORDER BY due, id LIMIT 1`)

	anyLost = db.Select[id.ID[Job]](`
		SELECT id FROM job WHERE state = 'running' AND lease < $1 LIMIT 1`)

	// The state is asked again outside the inner query: of two runners that see
	// the same row, the second finds it taken. The inner query is compared by =,
	// never IN: PostgreSQL may ask an IN again for each row outside, and each time
	// it gets the next job, which nobody would then do.
	claim = db.Select[claimed](`
		UPDATE job SET state = 'running', attempt = attempt + 1, lease = $2
		WHERE  state = 'ready' AND id = (
			SELECT id FROM job WHERE state = 'ready' AND due <= $1 ORDER BY due, id LIMIT 1 /*postgres FOR UPDATE SKIP LOCKED */)
		RETURNING id, kind, key, args, attempt`)

	rescue = db.Change(`
		UPDATE job SET state = 'ready', lease = NULL
		WHERE  state = 'running' AND lease < $1 AND attempt < $2`)

	giveUp = db.Change(`
		UPDATE job SET state = 'failed', lease = NULL, ended = $1, fault = $3
		WHERE  state = 'running' AND lease < $1 AND attempt >= $2`)

	finish = db.Change(`
		UPDATE job SET state = 'done', lease = NULL, fault = '', ended = $3
		WHERE  id = $1 AND attempt = $2 AND state = 'running'`)

	again = db.Change(`
		UPDATE job SET state = 'ready', lease = NULL, due = $3, attempt = $4, fault = $5, ended = $6
		WHERE  id = $1 AND attempt = $2 AND state = 'running'`)

	fail = db.Change(`
		UPDATE job SET state = 'failed', lease = NULL, ended = $3, fault = $4
		WHERE  id = $1 AND attempt = $2 AND state = 'running'`)

	byID = db.Select[row](`
		SELECT id, kind, key, args, due, state, attempt, lease, fault, asked, ended FROM job WHERE id = $1`)

	restart = db.Change(`
		UPDATE job SET state = 'ready', due = $2, attempt = 0, lease = NULL, ended = NULL
		WHERE  id = $1 AND state IN ('failed', 'ready')`)

	// What ended before was due before.
	prune = db.Change(`
		DELETE FROM job
		WHERE  id IN (SELECT id FROM job WHERE state = 'done' AND due < $1 ORDER BY due, id LIMIT 5000) AND state = 'done' AND ended < $1`)

	tally = db.Select[Tally](`
		SELECT kind, state, count(*) AS jobs, CAST(sum(CASE WHEN fault = '' THEN 0 ELSE 1 END) AS BIGINT) AS faulty
		FROM   job
		WHERE  state <> 'done'
		GROUP  BY kind, state
		ORDER  BY kind, state`)
)

// Tally is how many jobs of a kind are in a state.
type Tally struct {
	Kind   string
	State  State
	Jobs   int64
	Faulty int64 // of them, those whose latest try failed
}
