package payout

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/flow"
	"kontor/kernel/op"
	"kontor/kernel/web"
	"kontor/kernel/web/webtest"
)

func visit(t *testing.T, d *op.Door, a op.Actor, address string, values map[string]string) (web.Answer, string, error) {
	t.Helper()
	return webtest.Visit(t, Module().Pages, d, a, address, values)
}

// form is a good request as it is written on its page.
func (c *city) form() map[string]string {
	return map[string]string{"client": c.at.String(), "version": "0", "org": "559999-1006", "name": "Idrottsföreningen Kamraterna", "scheme": "BG", "account": "991-2346",
		"amount": "12 000", "due": (noon + 5).String(), "message": "Bidrag 2026", "purpose": "Verksamhetsbidrag 2026", "basis": "Nämnden 2026-11-02 § 12",
		"account0": "4120", "unit0": "21100", "activity0": "3100", "file": string(pdf)}
}

func TestARequestIsWrittenOnItsPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		_, body, err := visit(t, c.door, c.writer, newURL, nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Socialförvaltningen", `name="client"`)
		_, body, err = visit(t, c.door, c.writer, newURL+"?client="+c.at.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Person- eller organisationsnummer", `type="file"`, `list="codes-account"`, `aria-label="Konto, rad 1"`)
		if strings.Contains(body, "data-draft") {
			t.Error("the browser is asked to keep what may be secret")
		}

		wrong := c.form()
		wrong["org"], wrong["account"], wrong["amount"], wrong["account0"], wrong["protected"] = "559999-1007", "991-2347", "0", "9999", "true"
		answer, body, err := visit(t, c.door, c.writer, newURL, wrong)
		if err != nil || answer.Location != "" {
			t.Fatal(answer, err)
		}
		webtest.Says(t, body, `href="#f-org"`, `href="#f-account"`, `href="#f-amount"`, `href="#f-bank_name"`, `aria-invalid="true"`, "Några rader behöver rättas", "Verksamhetsbidrag 2026")

		text := c.form()
		text["file"] = "bara text"
		if _, body, err = visit(t, c.door, c.writer, newURL, text); err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Bilagan kan vara en PDF eller en bild")

		answer, _, err = visit(t, c.door, c.writer, newURL, c.form())
		if err != nil || !strings.HasPrefix(answer.Location, "/utbetalning/") {
			t.Fatal(answer, err)
		}
		page := answer.Location
		answer, body, err = visit(t, c.door, c.writer, page, nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "UU 2026:1", "12\u00a0000,00 kr till Idrottsföreningen Kamraterna", "991-2346", "Kontot ska bekräftas", "Bidrag till föreningar", "bilaga.pdf", page+"/andra")
		if len(answer.Actions.Buttons) != 2 || answer.Actions.Buttons[0].Step != "send" {
			t.Errorf("%+v", answer.Actions.Buttons)
		}
		if a, _, err := visit(t, c.door, c.reviewer, page+"/bilaga/visa", nil); err != nil || a.Media != "application/pdf" || !bytes.Equal(a.File, pdf) || a.Name != "" {
			t.Error(a.Media, err)
		}

		_, body, err = visit(t, c.door, c.writer, page+"/andra", nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, `value="559999-1006"`, `value="4120"`, "value=\"12\u00a0000,00\"", "Nu: bilaga.pdf")
		late := c.form()
		late["version"] = "7"
		if _, _, err := visit(t, c.door, c.writer, page+"/andra", late); !errors.Is(err, errVersion) {
			t.Error(err)
		}
		again := c.form()
		delete(again, "file")
		again["version"], again["amount"] = "1", "13 000"
		if answer, _, err = visit(t, c.door, c.writer, page+"/andra", again); err != nil || answer.Location != page {
			t.Fatal(answer, err)
		}
		_, body, err = visit(t, c.door, c.reviewer, page, nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "13\u00a0000,00 kr till", "bilaga.pdf", "Ändrade utkastet.")
		_, body, err = visit(t, c.door, c.writer, newURL+"?like="+strings.TrimPrefix(page, "/utbetalning/"), nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, `value="559999-1006"`, `value="Verksamhetsbidrag 2026"`)
	})
}

// Every page of somebody under protection is as if it were not there, to those
// who may not see secrets.
func TestPagesOfAProtectedIdentityAreNotThere(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.add(t, c.aid())
	low := c.writer
	low.Clearance = op.Sensitive
	for _, address := range []string{pageURL(key), pageURL(key) + "/andra", pageURL(key) + "/bilaga", pageURL(key) + "/bilaga/visa", newURL + "?like=" + key.String()} {
		answer, body, err := visit(t, c.door, low, address, nil)
		if !flow.Hidden(err) || body != "" || answer.File != nil {
			t.Errorf("%s: %v %q", address, err, body)
		}
		if _, _, err := visit(t, c.door, c.writer, address, nil); err != nil {
			t.Errorf("%s, for somebody who may: %v", address, err)
		}
	}
	_, body, err := visit(t, c.door, c.writer, pageURL(key), nil)
	if err != nil {
		t.Fatal(err)
	}
	webtest.Says(t, body, "Anna Hemlig", "19800101-9986", "Skyddade personuppgifter", "Mottagare 4711")
}
