package generalledger

import (
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/web"
	"kontor/kernel/web/webtest"
)

func visit(t *testing.T, d *op.Door, a op.Actor, address string, values map[string]string) (web.Answer, string, error) {
	t.Helper()
	return webtest.Visit(t, Module().Pages, d, a, address, values)
}

func TestAnOrderIsWrittenOnItsPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		get := func(address string) string {
			t.Helper()
			_, body, err := visit(t, door, anna, address, nil)
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			return body
		}
		webtest.Says(t, get("/bokforingsorder/ny"), "För vilken kund?", "Kulturförvaltningen")
		webtest.Says(t, get("/interndebitering/ny"), "Vem köper och vem säljer?")
		webtest.Says(t, get("/bokforingsorder/ny?client="+culture.String()), "codes-unit", "21100", `name="account0"`)
		webtest.Says(t, get("/interndebitering/ny?client="+culture.String()+"&seller="+sports.String()), "codes-sellerunit", "22100", "7520", "3910")

		order := map[string]string{
			"client": culture.String(), "date": "2026-11-20", "text": "Upplupen el", "channel": "manual",
			"account0": "6220", "unit0": "21100", "debit0": "1 200,00", "account2": "2920", "credit2": "tolv", "words2": "Rest",
		}
		_, body, err := visit(t, door, anna, "/bokforingsorder/ny", order)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Några rader behöver rättas", "credit1-error", `value="tolv"`, `value="Rest"`)

		order["credit2"], order["file"] = "1200", "%PDF-1.4 underlag"
		a, _, err := visit(t, door, anna, "/bokforingsorder/ny", order)
		if err != nil || !strings.HasPrefix(a.Location, "/bokforingsorder/") {
			t.Fatalf("%+v, %v", a, err)
		}
		webtest.Says(t, get(a.Location), "Upplupen el", "BO 2026:1", "bilaga.pdf", "6220 El", "Utkast")
		if file, _, err := visit(t, door, anna, a.Location+"/bilaga", nil); err != nil || file.Media != "application/pdf" || string(file.File) != order["file"] {
			t.Errorf("%+v, %v", file, err)
		}
		edit := get(a.Location + "/andra")
		webtest.Says(t, edit, "value=\"1\u00a0200,00\"", `value="6220"`)
		if _, _, err := visit(t, door, bo, a.Location+"/andra", nil); err == nil {
			t.Error("somebody who may not write was let in")
		}
		delete(order, "file")
		order["version"] = "7"
		if _, _, err := visit(t, door, anna, a.Location+"/andra", order); err == nil {
			t.Error("an old version was saved")
		}
		order["version"], order["text"] = "1", "Upplupen el och värme"
		if _, _, err := visit(t, door, anna, a.Location+"/andra", order); err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, get(a.Location), "Upplupen el och värme", "bilaga.pdf")
		order["file"] = "\x7fELF\x00\x01\x02 program"
		order["version"] = "2"
		if _, body, _ := visit(t, door, anna, a.Location+"/andra", order); !strings.Contains(body, "Bilagan kan vara en PDF") {
			t.Error("a program was attached")
		}
	})
}

func TestFilesAreLoadedAndTakenOutOnTheirPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		form := map[string]string{"client": culture.String(), "year": "2026", "file": "konto;belopp\n1930;1,00\n2010;-2,00\n"}
		_, body, err := visit(t, door, anna, "/ingaende-balans", form)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "ska bli noll")
		form["file"] = balances
		a, _, err := visit(t, door, anna, "/ingaende-balans", form)
		if err != nil || !strings.HasPrefix(a.Location, "/bokforingsfil/") {
			t.Fatalf("%+v, %v", a, err)
		}
		_, body, err = visit(t, door, anna, a.Location, nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Ingående balans 2026", "/l/ledger.vouchers?")
		if file, _, err := visit(t, door, anna, a.Location+"/original", nil); err != nil || string(file.File) != balances {
			t.Errorf("%q, %v", file.File, err)
		}
		_, body, err = visit(t, door, anna, "/forsystemsfil", map[string]string{"client": culture.String(), "file": strings.Replace(feederText, "#FLAGGA 0", "#FLAGGA 1", 1)})
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "märkt som redan inläst", `name="marked"`)
		a, _, err = visit(t, door, anna, "/forsystemsfil", map[string]string{"client": culture.String(), "file": feederText})
		if err != nil || a.Location == "" {
			t.Fatalf("%+v, %v", a, err)
		}
		_, body, err = visit(t, door, anna, "/bokforing/export", nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "KULT-2026.se", "KULT-2026.journal")
		for format, want := range map[string]string{"sie": "#SIETYP 4", "hledger": "decimal-mark ."} {
			at := "/bokforing/export/" + culture.String() + "/2026?format=" + format
			if file, _, err := visit(t, door, anna, at, nil); err != nil || !strings.Contains(string(file.File), want) {
				t.Errorf("%s: %v", format, err)
			}
			if _, _, err := visit(t, door, dbtest.At(anna, sports), at, nil); err == nil {
				t.Error("the books of another client were taken out")
			}
		}
	})
}
