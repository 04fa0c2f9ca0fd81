// Package schema holds the database schema as a numbered row of changes. A
// change that has left the program is never edited; a new one is added.
//
// # Words
//
// The files are plain SQL that both engines understand. Four directives, each
// on a line of its own, say what SQL cannot say in one text:
//
//	-- kontor:table NAME distributed|reference|local
//	-- kontor:immutable NAME
//	-- kontor:deny TABLE NAME CONDITION
//	BYTES                     the type of a column of bytes
//
// The first is the manifest of the distribution (docs/scaling.md); the second
// refuses UPDATE and DELETE by triggers on both engines, and the application
// role of PostgreSQL lacks the right as well. The third refuses to add a row
// NEW for which the condition holds; db.Denied knows the refusal by its name.
//
// # What always holds
//
// Every table is in the manifest. golden.sql is the sum of all changes.
package schema

import "embed"

// Files holds the changes, NNNN_name.sql.
//
//go:embed *.sql
var Files embed.FS
