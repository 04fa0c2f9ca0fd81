package report

import "kontor/kernel/db"

type rowCount struct{ Events, Quantity int64 }

var counted = db.Select[rowCount](`
	SELECT count(*) AS events, CAST(COALESCE(sum(quantity), 0) AS BIGINT) AS quantity
	FROM   work_event
	WHERE  process = $1 AND activity = $2 AND day BETWEEN $3 AND $4`)
