package intake

import (
	"strings"
	"testing"

	"kontor/format/en16931"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// codesOf are the findings of the invoice that a document became.
func (c *city) codesOf(t testing.TB, f File) string {
	t.Helper()
	if f.Invoice == 0 {
		t.Fatalf("no invoice: %s %s", f.State, f.Note)
	}
	var all []string
	for _, x := range c.invoice(t, f.Invoice).Findings {
		all = append(all, string(x.Code))
	}
	return strings.Join(all, " ")
}

// with changes what is known of the first supplier.
func (c *city) with(t testing.TB, edit func(*payables.Supplier)) payables.Supplier {
	t.Helper()
	var s payables.Supplier
	dbtest.Do(t, c.door, c.clerk, func(o *op.Op) (err error) {
		if s, _, err = payables.SupplierByOrg(o, "16"+org(0)); err != nil {
			return err
		}
		edit(&s)
		return payables.SaveSupplier(o, s)
	})
	return s
}

func pdf(words string) en16931.Attachment {
	return en16931.Attachment{ID: "1", Filename: "faktura.pdf", MIME: "application/pdf", Content: []byte("%PDF-1.4 " + words)}
}

func TestTrap12DuplicatesAreBlockedOrWarnedFor(t *testing.T) {
	type doc = en16931.Document
	for _, x := range []struct {
		name string
		edit func(*doc) // of the later one
		want string     // code; "" for nothing
	}{
		{"trap 12: the number written otherwise blocks", func(d *doc) { d.Number = "f 1/1" }, string(payables.SameNumber)},
		{"trap 12: across clients too", func(d *doc) { d.BuyerReference = "REF01" }, string(payables.SameNumber)},
		{"trap 12: the same attachment blocks though everything else differs", func(d *doc) {
			d.Number, d.Issued, d.Payments[0].RemittanceID = "X-9", d.Issued.AddDays(3), "77"
			d.Totals.WithoutTax, d.Totals.Lines = kr(20000), kr(20000)
		}, string(payables.SameAttachment)},
		{"trap 12: the same amount and day warns", func(d *doc) {
			d.Number, d.Attachments, d.Payments[0].RemittanceID = "X-9", nil, "77"
		}, string(payables.SameDayTwin)},
		{"trap 12: the same amount and OCR number warns", func(d *doc) {
			d.Number, d.Attachments, d.Issued = "X-9", nil, d.Issued.AddDays(9)
		}, string(payables.SameOCRTwin)},
		{"trap 12: the same amount alone is nothing", func(d *doc) {
			d.Number, d.Attachments, d.Issued, d.Payments[0].RemittanceID = "X-9", nil, d.Issued.AddDays(9), "77"
		}, ""},
		{"trap 12: a credit note of the same number is none", func(d *doc) {
			d.Kind, d.Syntax, d.TypeCode = en16931.CreditNote, en16931.UBLCreditNote, "381"
			d.Preceding = []en16931.Reference{{Number: d.Number}}
		}, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			door, _ := dbtest.Door(dbtest.SQLite(t))
			c := found(t, door, 2, 1)
			make := func() *doc {
				d := bill(0, 0, 11)
				d.Number, d.Payments[0].RemittanceID, d.Attachments = "F-0011", "1000116", []en16931.Attachment{pdf("a")}
				return d
			}
			first := make()
			if x.name == "trap 12: the number written otherwise blocks" {
				first.Number = "F11"
			}
			c.receive(t, file(t, first))
			d := make()
			x.edit(d)
			f := c.receive(t, file(t, d))[0]
			got := c.codesOf(t, f)
			for _, code := range []payables.Code{payables.SameNumber, payables.SameAttachment, payables.SameDayTwin, payables.SameOCRTwin} {
				if strings.Contains(got, string(code)) != (string(code) == x.want) {
					t.Errorf("found %q, want %q", got, x.want)
				}
			}
			if (f.State == Held) != (x.want == string(payables.SameNumber) || x.want == string(payables.SameAttachment)) {
				t.Errorf("%s for %q", f.State, x.want)
			}
		})
	}
}

func TestTrap12ConditionsOfSaleAreReleasedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		boss := dbtest.Actor("Chef", payables.MayRead, payables.MayRelease)
		var f File
		for n := range 3 {
			doc := bill(0, 0, n)
			doc.Attachments = []en16931.Attachment{pdf("allmänna villkor")}
			f = c.receive(t, file(t, doc))[0]
			if n != 1 {
				continue
			}
			if f.Code != string(payables.SameAttachment) {
				t.Fatalf("%s %s", f.State, f.Code)
			}
			in := map[string]string{"reason": "Bilagan är villkor som följer med varje faktura."}
			if a, b := c.take(t, c.clerk, f.Invoice, "propose", in), c.take(t, boss, f.Invoice, "release", in); a+b != "" {
				t.Fatal(a, b)
			}
		}
		if f.State != Imported {
			t.Errorf("what was let through once stops the next: %s %s", f.State, f.Note)
		}
	})
}

func TestTrap25TheRegisterSaysWhoHasFTax(t *testing.T) {
	today := period.DateOf(dbtest.Noon)
	for _, x := range []struct {
		name  string
		state string
		on    period.Date
		said  bool
		want  payables.Code
	}{
		{"trap 25: not approved, whatever the invoice says", "no", today, true, payables.NotTaxed},
		{"trap 25: not approved and nothing said", "no", today, false, payables.NotTaxed},
		{"trap 25: approved lately, nothing said", "yes", today.AddDays(-30), false, ""},
		{"trap 25: approved long ago, nothing said", "yes", today.AddDays(-400), false, payables.NoFTax},
		{"trap 25: approved long ago, and the invoice says so", "yes", today.AddDays(-400), true, payables.TaxOld},
		{"trap 25: never looked up, nothing said", "unknown", 0, false, payables.NoFTax},
	} {
		t.Run(x.name, func(t *testing.T) {
			door, _ := dbtest.Door(dbtest.SQLite(t))
			c := found(t, door, 1, 1)
			c.with(t, func(s *payables.Supplier) { s.FTax, s.FTaxOn = x.state, x.on })
			doc := bill(0, 0, 1)
			if !x.said {
				doc.Seller.TaxID = ""
			}
			got := c.codesOf(t, c.receive(t, file(t, doc))[0])
			for _, code := range []payables.Code{payables.NotTaxed, payables.NoFTax, payables.TaxOld} {
				if strings.Contains(got, string(code)) != (code == x.want) {
					t.Errorf("found %q, want %q", got, x.want)
				}
			}
		})
	}
}

func TestTrap17AChangedAccountIsCalledAboutByOneAndApprovedByAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		second := dbtest.Actor("Annan Person", payables.MayRead, payables.MayRegister)
		doc := bill(0, 0, 1)
		doc.Payments[0].Account = giro(77)
		v := c.invoice(t, c.receive(t, file(t, doc))[0].Invoice)
		if v.Account != "" || !strings.Contains(c.codesOf(t, File{Invoice: v.ID}), string(payables.OtherAccount)) {
			t.Fatalf("trap 17: the invoice is paid to %q", v.Account)
		}
		var asked payables.Account
		c.see(t, func(o *op.Op) error {
			all, err := payables.AccountsOf(o, v.Supplier)
			for _, a := range all {
				if a.Number == giro(77) {
					asked = a
				}
			}
			return err
		})
		check := func(a op.Actor) string {
			return c.fault(t, a, func(o *op.Op) error { return payables.CheckAccount(o, asked.ID, 0, "Eva i växeln") })
		}
		approve := func(a op.Actor) string {
			return c.fault(t, a, func(o *op.Op) error { return payables.ApproveAccount(o, asked.ID, 0) })
		}
		if got := check(c.clerk); got != "PAY-046" {
			t.Errorf("trap 17: called without a known number: %q", got)
		}
		c.with(t, func(s *payables.Supplier) {
			s.Phone, s.PhoneOn, s.PhoneBy = "08-123 45", period.DateOf(dbtest.Noon), c.clerk.ID
		})
		if got := check(c.clerk); got != "PAY-047" {
			t.Errorf("trap 17: called a number noted by oneself after the request: %q", got)
		}
		if a, b := approve(second), check(second); a != "PAY-043" || b != "" {
			t.Errorf("trap 17: approved before the call %q, called %q", a, b)
		}
		if got := approve(second); got != "PAY-042" {
			t.Errorf("trap 17: one person both called and approved: %q", got)
		}
		if got := approve(c.clerk); got != "" {
			t.Error(got)
		}
	})
}

// fault runs f and returns the code of what it is refused with.
func (c *city) fault(t testing.TB, a op.Actor, f func(*op.Op) error) string {
	t.Helper()
	return codeOfFault(t, c.door.Do(t.Context(), a, f))
}

func TestASupplierIsKnownByNumberNeverByName(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 1, 2)
	doc := bill(5, 0, 1) // a number that nobody has
	doc.Seller.LegalName, doc.Seller.Name = name(0), name(0)
	v := c.invoice(t, c.receive(t, file(t, doc))[0].Invoice)
	c.see(t, func(o *op.Op) error {
		known, _, err := payables.SupplierByOrg(o, "16"+org(0))
		if v.Supplier == known.ID {
			t.Error("an invoice was given to a namesake")
		}
		return err
	})
	if v.Account != "" || v.Lacks != payables.NewSupplier {
		t.Errorf("paid to %q, lacks %s", v.Account, v.Lacks)
	}
}

func TestManySignsAskForAPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			return payables.PutWarning(o, payables.Warning{Org: "16" + org(8), Name: "Leverantör 008", Source: "Svensk Handel", Since: start})
		})
		f := c.receive(t, file(t, bill(8, 0, 1)))[0]
		v := c.invoice(t, f.Invoice)
		if f.State != Imported || v.Score != 75 || !strings.Contains(c.codesOf(t, f), string(payables.Suspicious)) {
			t.Errorf("%s, score %d, %s: signs warn and stop nothing", f.State, v.Score, c.codesOf(t, f))
		}
		c.see(t, func(o *op.Op) error {
			signs, err := payables.SignsOf(o, v)
			if len(signs) != 2 || signs[0].Sign != payables.SignWarned {
				t.Errorf("%+v", signs)
			}
			return err
		})
	})
}
