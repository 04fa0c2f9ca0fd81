package job

import (
	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/text"
)

// Read and Again are what operators may do with jobs.
const (
	Read  op.Permission = "job.read"
	Again op.Permission = "job.again"
)

// All is the list of jobs for those who run the program. The labels of the
// kinds are the choices of its filter.
func All(kinds []Kind) *list.Spec {
	labels := make([]form.Option, len(kinds))
	for i, k := range kinds {
		labels[i] = form.Option{Value: k.Name, Label: k.Label}
	}
	states := []form.Option{
		{Value: string(Ready), Label: "Väntar"}, {Value: string(Running), Label: "Pågår"},
		{Value: string(Done), Label: "Klart"}, {Value: string(Failed), Label: "Misslyckades"},
	}
	return &list.Spec{
		Name: "job.all", Title: "Jobb", Need: Read, From: "job", Global: true, Shown: "jobb",
		Intro: "Det som programmet gör i bakgrunden. Ett jobb som misslyckades kan köras om när felet är avhjälpt.",
		Order: "-id", Open: "/f/job.again/{id}", Empty: "Det finns inga jobb här. Byt vy eller rensa filtret.",
		Columns: []list.Column{
			{Key: "kind", Label: "Jobb", Kind: list.Word, Expr: "t.kind", Options: labels},
			{Key: "key", Label: "Gäller", Kind: list.Code, Expr: "t.key"},
			{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
			{Key: "due", Label: "Ska göras", Kind: list.Time, Expr: "t.due", Sort: true},
			{Key: "attempt", Label: "Försök", Kind: list.Whole, Expr: "t.attempt"},
			{Key: "fault", Label: "Fel", Expr: "t.fault"},
			{Key: "asked", Label: "Begärt", Kind: list.Time, Expr: "t.asked"},
			{Key: "ended", Label: "Slut", Kind: list.Time, Expr: "t.ended"},
			{Key: "id", Label: "Nummer", Kind: list.ID, Expr: "t.id", Sort: true, Hidden: true},
		},
		Filters: []list.Filter{
			{Key: "state", Label: "Läge", Column: "state", Options: states},
			{Key: "kind", Label: "Jobb", Column: "kind", Options: labels},
		},
		Views: []list.View{
			{Key: "failed", Label: "Misslyckade", Filter: map[string][]string{"state": {string(Failed)}}, Sort: "-due"},
			{Key: "ready", Label: "Väntar", Filter: map[string][]string{"state": {string(Ready), string(Running)}}, Sort: "due"},
			{Key: "all", Label: "Alla"},
		},
		Indexes: []list.Index{{"state", "due"}},
		States:  states,
		Shapes:  map[string]string{string(Ready): "none", string(Running): "near", string(Done): "ok", string(Failed): "miss"},
	}
}

var (
	errNoJob  = fault.New(fault.NotFound, "JOB-004", "Jobbet finns inte.")
	errNotNow = fault.New(fault.Conflict, "JOB-005", "Bara ett jobb som väntar eller har misslyckats kan köras om. Läs in sidan igen.")
)

// AgainForm runs a failed or waiting job again, at once.
func AgainForm(kinds []Kind) *form.Spec {
	return &form.Spec{
		Name: "job.again", Title: "Kör om jobbet", Submit: "Kör om", Need: Again,
		Fields: []form.Field{{Key: "why", Label: "Varför det körs om", Kind: form.Text, Required: true, Max: 200,
			Help: "Skriv vad som var fel och vad som har gjorts åt det. Det står kvar i loggen."}},
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			j, err := find(o, key)
			title := j.Kind
			for _, k := range kinds {
				if k.Name == j.Kind {
					title = k.Label
				}
			}
			return form.Loaded{Values: form.Values{"why": ""}, Version: max(j.Attempt, 1), Title: text.F(o, "Kör om: %s", text.T(o, title)), Intro: j.Fault}, err
		},
		Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
			j, err := find(o, key)
			if err != nil {
				return "", err
			}
			n, err := restart.Do(o, j.ID, o.Now)
			if err == nil && n != 1 {
				err = errNotNow.Because("job %s is %s", key, j.State)
			}
			if err != nil {
				return "", err
			}
			return "/l/job.all", audit.Note(o, audit.Change{Kind: "job", Record: int64(j.ID), Step: "again",
				Note: j.Kind + " " + j.Key + ": " + v.Text("why")})
		},
	}
}

func find(o *op.Op, key string) (row, error) {
	k, err := id.Parse[Job](key)
	if err != nil {
		return row{}, errNoJob.Because("%q: %w", key, err)
	}
	j, ok, err := byID.Maybe(o, k)
	if err == nil && !ok {
		err = errNoJob.Because("no job %s", key)
	}
	return j, err
}
