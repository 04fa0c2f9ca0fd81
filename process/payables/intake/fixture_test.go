package intake

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"kontor/books/coding"
	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/promise/client"
)

// city is a small city that invoices come to.
type city struct {
	door    *op.Door
	clerk   op.Actor
	clients []op.ClientID
}

var start = period.NewDate(2020, 1, 1)

// found makes clients, a code plan, routes and suppliers with approved accounts.
func found(t testing.TB, door *op.Door, clients, suppliers int) *city {
	t.Helper()
	c := &city{door: door, clerk: dbtest.Actor("Maja Ek", payables.MayRead, payables.MayHandle, payables.MayCode, payables.MayReturn,
		payables.MayVoid, payables.MayImport, payables.MayRegister, payables.MayRelease)}
	dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
		for i := range clients {
			x := &client.Client{Code: fmt.Sprintf("K%02d", i), Name: fmt.Sprintf("Förvaltning %d", i), Kind: client.Administration,
				Org: "162120000142", Active: true}
			if err := client.Add(o, x); err != nil {
				return err
			}
			c.clients = append(c.clients, x.ID)
			if err := AddRoute(o, Route{Client: x.ID, Kind: ByReference, Code: fmt.Sprintf("REF%02d", i), ValidFrom: start}); err != nil {
				return err
			}
		}
		values := []coding.Value{
			{Segment: coding.Account, Code: "2511", Name: "Leverantörsskulder", Kind: coding.Liability, Control: "payables", ValidFrom: start},
			{Segment: coding.Account, Code: "1790", Name: "Ej attesterat", Kind: coding.Asset, ValidFrom: start},
			{Segment: coding.Account, Code: "1651", Name: "Ingående moms", Kind: coding.Asset, ValidFrom: start},
			{Segment: coding.Account, Code: "2614", Name: "Utgående moms, omvänd", Kind: coding.Liability, ValidFrom: start},
			{Segment: coding.Account, Code: "7790", Name: "Öresutjämning", Kind: coding.Cost, ValidFrom: start},
			{Segment: coding.Account, Code: "1799", Name: "Förskott", Kind: coding.Asset, ValidFrom: start},
			{Segment: coding.Account, Code: "6400", Name: "Förbrukning", Kind: coding.Cost, ValidFrom: start},
		}
		if _, err := coding.Put(o, values...); err != nil {
			return err
		}
		err := payables.PutPostings(o, 0, start, payables.Postings{Liability: "2511", Pending: "1790", VAT: "1651", Rounding: "7790", Prepaid: "1799", Reverse: "2614"})
		if err != nil {
			return err
		}
		for i := range suppliers {
			s := &payables.Supplier{Org: "16" + org(i), Name: name(i), Country: "SE", State: payables.SupplierApproved, FTax: "yes"}
			if err := payables.AddSuppliers(o, s); err != nil {
				return err
			}
			if err := payables.Propose(o, payables.Account{Supplier: s.ID, Scheme: payables.Bankgiro, Number: giro(i), State: payables.AccountApproved}); err != nil {
				return err
			}
		}
		return nil
	})
	return c
}

func name(i int) string { return fmt.Sprintf("Leverantör %03d AB", i) }

// org is a made-up organisation number with a right check digit.
func org(i int) string {
	body := fmt.Sprintf("5599%05d", i)
	d, _ := ident.LuhnDigit(body)
	return body + string(d)
}

func giro(i int) string {
	body := fmt.Sprintf("99%04d", i)
	d, _ := ident.LuhnDigit(body)
	return body + string(d)
}

func kr(öre int64) en16931.Amount { return en16931.Money(money.Amount(öre), "SEK") }

func dec(s string) en16931.Amount { return en16931.Number(decimal.MustParse(s)) }

// letter is a good small invoice; the cases break one thing each.
func bill(supplier, to, number int) *en16931.Document {
	standard := en16931.VAT{Category: "S", Rate: dec("25")}
	net := int64(10000 + number%9000*100)
	tax := net / 4
	return &en16931.Document{
		Syntax: en16931.UBLInvoice, Kind: en16931.Invoice, TypeCode: "380", Number: fmt.Sprintf("F-%06d", number),
		Issued: period.NewDate(2026, 11, 18), Due: period.NewDate(2026, 12, 18), Currency: "SEK",
		BuyerReference: fmt.Sprintf("REF%02d", to),
		Seller: en16931.Party{LegalName: name(supplier), Endpoint: en16931.Identifier{Scheme: "0007", ID: org(supplier)},
			LegalID: en16931.Identifier{Scheme: "0007", ID: org(supplier)}, VATID: "SE" + org(supplier) + "01", TaxID: "Godkänd för F-skatt",
			Address: en16931.Address{Lines: []string{"Verkstadsgränd 7"}, City: "Exempelstad", PostalCode: "999 18", Country: "SE"}},
		Buyer: en16931.Party{LegalName: "Exempelstad", Endpoint: en16931.Identifier{Scheme: "0007", ID: "2120000142"},
			LegalID: en16931.Identifier{Scheme: "0007", ID: "2120000142"},
			Address: en16931.Address{Lines: []string{"Box 100"}, City: "Exempelstad", PostalCode: "999 00", Country: "SE"}},
		Payments: []en16931.PaymentMeans{{Code: "30", RemittanceID: fmt.Sprintf("%d", 100000+number), Account: giro(supplier), Branch: "SE:BANKGIRO"}},
		Totals:   en16931.Totals{Lines: kr(net), WithoutTax: kr(net), Tax: kr(tax), WithTax: kr(net + tax), Payable: kr(net + tax)},
		Taxes:    []en16931.TaxSubtotal{{Taxable: kr(net), Tax: kr(tax), VAT: standard}},
		Lines: []en16931.Line{{ID: "1", Quantity: dec("1"), Unit: "EA", Net: kr(net), Price: kr(net), VAT: standard,
			Item: en16931.Item{Name: "Förbrukningsmateriel"}}},
	}
}

func file(t testing.TB, d *en16931.Document) []byte {
	t.Helper()
	b, err := ubl.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// receive registers documents in one operation and returns the files.
func (c *city) receive(t testing.TB, docs ...[]byte) []File {
	t.Helper()
	var files []File
	dbtest.Do(t, c.door, c.clerk, func(o *op.Op) error {
		drafts := make([]*Draft, len(docs))
		for i, b := range docs {
			drafts[i] = Read(fmt.Sprintf("fil-%d.xml", i), b, period.DateOf(o.Now))
		}
		var err error
		_, files, err = Receive(o, "prov", drafts...)
		return err
	})
	return files
}

func (c *city) invoice(t testing.TB, key payables.ID) payables.Invoice {
	t.Helper()
	var v payables.Invoice
	err := c.door.View(context.Background(), c.clerk, func(o *op.Op) (err error) {
		v, err = payables.Table.Get(o, key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// durable opens an embedded database with full durability and a clock that goes.
func durable(t testing.TB) *op.Door {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "kontor.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return running(d)
}

// running is a door whose clock goes on from dbtest.Noon.
func running(d *db.DB) *op.Door {
	began := time.Now()
	return &op.Door{DB: d, IDs: id.NewSource(7), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time { return dbtest.Noon.Add(time.Since(began)) }}
}
