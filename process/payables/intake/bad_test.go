package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/format/en16931"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/process/payables"
)

// Bad input falls out alone, with a reason, and the rest goes on.
func TestBadFilesFallOutAlone(t *testing.T) {
	good := func(n int) []byte { return file(t, bill(0, 0, n)) }
	change := func(from, to string) []byte { return bytes.ReplaceAll(good(1), []byte(from), []byte(to)) }
	cases := []struct {
		name, code string
		state      FileState
		content    []byte
	}{
		{"broken XML", "PAY-F03", Failed, good(1)[:900]},
		{"an empty file", "PAY-F02", Failed, nil},
		{"not XML at all", "PAY-F03", Failed, []byte("%PDF-1.7 en bild av en faktura")},
		{"an entity bomb", "PAY-F03", Failed, append([]byte(`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`), change(`<?xml version="1.0" encoding="UTF-8"?>`, "")...)},
		{"wrong encoding", "PAY-F03", Failed, change("Leverantör", "Leverant\xf6r")},
		{"another kind of document", "PAY-F03", Failed, []byte(`<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>`)},
		{"an amount beyond all bounds", "PAY-F04", Failed, change(">126.25<", ">99999999999999999999.00<")},
		{"an unknown client", "PAY-F11", Unrouted, change("REF00", "OKÄND9")},
		{"another currency is held", string(payables.OtherCurrency), Held, change("SEK", "EUR")},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		dir := t.TempDir()
		for i, x := range cases {
			if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))+".xml"), x.content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 60 {
			if err := os.WriteFile(filepath.Join(dir, "z"+string(rune('A'+n))+".xml"), good(100+n), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		fell := map[string]File{}
		im := &Importer{Door: door, Actor: c.clerk, Fallout: func(f File) { fell[short(f.Name)] = f }}
		b, err := im.Run(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if b.Imported != 60 || b.Imported+b.Held+b.Failed != int64(len(cases)+60) || b.Done() != b.Total {
			t.Errorf("%+v", b)
		}
		for i, x := range cases {
			f := fell[string(rune('a'+i))+".xml"]
			if f.Code != x.code || f.State != x.state || f.Note == "" {
				t.Errorf("%s: %s %s %q, want %s %s", x.name, f.State, f.Code, f.Note, x.state, x.code)
			}
			c.see(t, func(o *op.Op) error {
				kept, err := blob.Get(o, f.Hash)
				if err != nil || !bytes.Equal(kept.Content, x.content) {
					t.Errorf("%s: the bytes are not kept: %v", x.name, err)
				}
				return nil
			})
		}
		checkAll(t, c)
	})
}

// checkAll runs what `kontor verify` runs for these packages.
func checkAll(t testing.TB, c *city) {
	t.Helper()
	c.see(t, func(o *op.Op) error {
		for _, v := range append(Module().Invariants, payables.Module().Invariants...) {
			if _, err := v.Check(o); err != nil {
				t.Errorf("%s: %v", v.Name, err)
			}
		}
		return nil
	})
}

func TestAHugeFileIsNotRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		dir := t.TempDir()
		huge := filepath.Join(dir, "huge.xml")
		f, err := os.Create(huge)
		if err == nil {
			err = errors.Join(f.Truncate(200<<20), f.Close()) // sparse: 200 MB that take no room
		}
		if err != nil {
			t.Fatal(err)
		}
		var got File
		im := &Importer{Door: door, Actor: c.clerk, Fallout: func(f File) { got = f }}
		b, err := im.Run(context.Background(), dir)
		if err != nil || b.Failed != 1 {
			t.Fatalf("%+v %v", b, err)
		}
		if got.Code != "PAY-F01" || !strings.Contains(got.Note, "200 MB") || got.Size != 200<<20 {
			t.Errorf("%+v", got)
		}
		if err := door.Do(context.Background(), c.clerk, func(o *op.Op) error {
			_, err := Rerun(o, got.ID, 0, 0)
			return err
		}); !errors.Is(err, errUnread) {
			t.Errorf("a file that was never read ran again: %v", err)
		}
	})
}

func TestTheSameFileTwice(t *testing.T) { // trap 13
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		dir := write(t, 30, 1, 1)
		im := &Importer{Door: door, Actor: c.clerk}
		first, err := im.Run(context.Background(), dir)
		if err != nil || first.Imported != 30 {
			t.Fatalf("%+v %v", first, err)
		}
		again, err := im.Run(context.Background(), dir)
		if err != nil || again.Imported != 0 || again.Already != 30 || again.Held != 30 || again.ID == first.ID {
			t.Errorf("the same files again: %+v %v", again, err)
		}
		checkAll(t, c)
	})
}

func TestRerunAfterARouteWasAdded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		doc := bill(0, 0, 1)
		doc.BuyerReference = "Anna Svensson NYKOD"
		f := c.receive(t, file(t, doc))[0]
		if f.State != Unrouted {
			t.Fatalf("%s %s", f.State, f.Note)
		}
		var got File
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) {
			if got, err = Rerun(o, f.ID, 0, 0); err != nil || got.State != Unrouted || got.Attempts != 2 {
				t.Errorf("without a route: %+v %v", got, err)
			}
			if err := AddRoute(o, Route{Client: c.clients[0], Kind: ByReference, Code: "nykod", ValidFrom: start}); err != nil {
				return err
			}
			got, err = Rerun(o, f.ID, 0, 0)
			return err
		})
		if got.State != Imported || c.invoice(t, got.Invoice).Client != c.clients[0] {
			t.Errorf("%+v", got)
		}
		checkAll(t, c)
	})
}

func TestAPersonSaysWhoseItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 1)
		doc := bill(0, 0, 1)
		doc.BuyerReference = "Anna"
		f := c.receive(t, file(t, doc))[0]
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) {
			f, err = Rerun(o, f.ID, f.Version, c.clients[1])
			return err
		})
		v := c.invoice(t, f.Invoice)
		if v.Client != c.clients[1] || v.Lacks != payables.NoReference {
			t.Errorf("client %s, lacks %q: the reference is still not known", v.Client, v.Lacks)
		}
	})
}

func TestFindings(t *testing.T) {
	type doc = en16931.Document
	for _, x := range []struct {
		name string
		edit func(*doc)
		want payables.Code
	}{
		{"nobody is named as having ordered, but the address is ours", func(d *doc) {
			d.BuyerReference = "Anna"
			d.Buyer.Endpoint = en16931.Identifier{Scheme: "0088", ID: "7300010000001"}
		}, payables.NoReference},
		{"an account that is not approved is never paid", func(d *doc) { d.Payments[0].Account = giro(99) }, payables.OtherAccount},
		{"no account at all", func(d *doc) { d.Payments = nil }, payables.NoAccount},
		{"a wrong check digit of a bankgiro", func(d *doc) { d.Payments[0].Account = "9912345" }, payables.NumberWrong},
		{"sums that do not add up", func(d *doc) { d.Totals.Payable = kr(1) }, payables.SumsWrong},
		{"reverse charge", func(d *doc) {
			d.Taxes[0].VAT = en16931.VAT{Category: "AE", Rate: dec("0"), ReasonCode: "VATEX-EU-AE"}
		}, payables.ReverseCharge},
		{"a credit note that credits nothing", func(d *doc) {
			d.Kind, d.Syntax, d.TypeCode = en16931.CreditNote, en16931.UBLCreditNote, "381"
		}, payables.CreditOfWhat},
		{"a part is paid already", func(d *doc) { d.Totals.Prepaid = kr(100) }, payables.Prepaid},
		{"the supplier's number is wrong", func(d *doc) { d.Seller.LegalID.ID = "5599000001" }, payables.NoSupplier},
		{"VAT some öre off is told and posted as stated", func(d *doc) { // trap 45
			d.Taxes[0].Tax.Value, d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(2550).Value, kr(2550), kr(12750), kr(12750)
			d.Taxes[0].Tax = kr(2550)
		}, payables.TaxDeviates},
	} {
		t.Run(x.name, func(t *testing.T) {
			door, _ := dbtest.Door(dbtest.SQLite(t))
			c := found(t, door, 1, 1)
			dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
				return AddRoute(o, Route{Client: c.clients[0], Kind: ByAddress, Code: "0088:7300010000001", ValidFrom: start})
			})
			d := bill(0, 0, 0)
			x.edit(d)
			f := c.receive(t, file(t, d))[0]
			if f.Invoice == 0 {
				t.Fatalf("no invoice: %s %s", f.State, f.Note)
			}
			v := c.invoice(t, f.Invoice)
			var codes []payables.Code
			for _, y := range v.Findings {
				codes = append(codes, y.Code)
				if y.Code == x.want {
					return
				}
			}
			t.Errorf("found %v, want %s", codes, x.want)
		})
	}
}

func TestAnInvoiceChangesNoRegister(t *testing.T) { // traps 16 and 17
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		doc := bill(0, 0, 1)
		doc.Payments = append([]en16931.PaymentMeans{{Code: "30", Account: giro(77), Branch: "SE:BANKGIRO"}}, doc.Payments...)
		v := c.invoice(t, c.receive(t, file(t, doc))[0].Invoice)
		if v.Account != giro(0) {
			t.Errorf("paid to %s, want the approved %s though it stands second", v.Account, giro(0))
		}
		c.see(t, func(o *op.Op) error {
			all, err := payables.AccountsOf(o, v.Supplier)
			for _, a := range all {
				if a.Number == giro(77) && a.State != payables.AccountPending {
					t.Errorf("an invoice approved an account: %+v", a)
				}
			}
			return err
		})
	})
}
