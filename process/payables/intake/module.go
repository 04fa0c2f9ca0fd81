package intake

import (
	"fmt"

	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/process/payables"
)

// Module is the reception of invoices as the program sees it. Its permissions
// are those of the supplier ledger.
func Module() module.Module {
	return module.Module{
		Name:  "payables.intake",
		Title: "Mottagning av fakturor",
		Menu: []module.Item{
			{Label: "Läs in fakturor", URL: "/inlasning", Need: payables.MayImport, Order: 63},
			{Label: "Filer som föll ut", URL: "/l/payables.fallout", Need: payables.MayImport, Order: 64},
			{Label: "Vart går en faktura?", URL: tryURL, Need: payables.MayHandle, Order: 66},
			{Label: "Styrning till kund", URL: "/l/payables.routes", Need: payables.MayRegister, Order: 65},
		},
		Lists: []*list.Spec{Fallout, Batches, Routes},
		Forms: []*form.Spec{NewRoute, EndRoute, AssignFile},
		Pages: pages(),
		Invariants: []module.Invariant{{Name: "payables.files", Check: everyFile,
			Label: "Varje fil är registrerad, stoppad, okänd, oläst eller avfärdad, och inläsningarnas tal stämmer"}},
	}
}

type fileTally struct{ Files, Wrong int64 }

// The numbers of the runs are those of the files, but for files that came again.
var (
	filesTally = db.Select[fileTally](`
		SELECT count(*) AS files,
		       CAST(COALESCE(sum(CASE WHEN (state IN ('imported', 'held')) = (invoice = 0) THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   payables_file`)
	runsTally = db.Select[int64](`
		SELECT CAST(COALESCE(sum(imported + held + failed - already), 0) AS BIGINT) FROM payables_batch`)
)

func everyFile(o *op.Op) (map[string]int64, error) {
	f, err := filesTally.One(o)
	if err != nil {
		return nil, err
	}
	counted, err := runsTally.One(o)
	switch {
	case err != nil:
	case f.Wrong > 0:
		err = fmt.Errorf("%d of %d files have another invoice than their state says", f.Wrong, f.Files)
	case counted != f.Files:
		err = fmt.Errorf("the runs count %d files, there are %d", counted, f.Files)
	}
	return map[string]int64{"files": f.Files}, err
}
