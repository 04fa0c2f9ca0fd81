package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"testing"

	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// municipal is one month of a city's supplier ledger.
const municipal = "../../../../shared/data/municipal-ledger/orebro-2016-03.csv"

type paid struct {
	org, number string
	gross       money.Amount
}

// ledgerOf reads the invoices of the ledger in the order of its rows: a supplier
// and a number are one invoice.
func ledgerOf(t *testing.T) []paid {
	f, err := os.Open(municipal)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the municipal ledger is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.FieldsPerRecord = ';', 8
	var all []paid
	at := map[[2]string]int{}
	for first := true; ; first = false {
		row, err := r.Read()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if first {
			continue
		}
		a, err := money.ParseXML(row[7])
		if err != nil {
			t.Fatal(row, err)
		}
		k := [2]string{row[3], row[4]}
		i, known := at[k]
		if !known {
			i, at[k] = len(all), len(all)
			all = append(all, paid{org: row[3], number: row[4]})
		}
		all[i].gross += a
	}
}

// On a real ledger the test for duplicates must flag few: every flag is a
// person's time. The ledger has no dates and its numbers are the city's own, so
// the day is guessed from the running number, as if a day's numbers followed one
// another over 23 working days.
func TestConformanceDuplicatesOnAMunicipalLedger(t *testing.T) {
	all := ledgerOf(t)
	numbers := map[numberKey]bool{}
	twins := map[twinKey][]numberRow{}
	suppliers := map[string]id.ID[payables.Supplier]{}
	low, high := int64(28_280_000), int64(28_340_000)
	var blocked, warned, same int
	for _, p := range all {
		s, known := suppliers[p.org]
		if !known {
			s = id.ID[payables.Supplier](len(suppliers) + 1)
			suppliers[p.org] = s
		}
		kind := payables.Debit
		if p.gross < 0 {
			kind = payables.Credit
		}
		n, _ := strconv.ParseInt(p.number, 10, 64)
		day := period.NewDate(2016, 3, 1).AddDays(int(max(0, min(n-low, high-low)) * 23 / (high - low)))
		row := &numberRow{Supplier: s, Number: ownNumber(kind, payables.NormalNumber(p.number)), Gross: p.gross, Issued: day}
		if n < low || n > high {
			row.Issued = 0 // another series: nothing is known of its day
		}
		k := numberKey{s, row.Number}
		if numbers[k] {
			blocked++
		}
		numbers[k] = true
		tk := twinKey{s, p.gross}
		if len(twins[tk]) > 0 {
			same++
		}
		if kind, _ := twinOf(row, twins[tk]); kind != NotLike {
			warned++
		}
		twins[tk] = append(twins[tk], *row)
	}
	n := len(all)
	share := func(x int) string {
		return strconv.Itoa(x) + " = " + strconv.Itoa(x*1000/n/10) + "," + strconv.Itoa(x*1000/n%10) + " %"
	}
	t.Logf("%d invoices, %d suppliers: the same supplier and amount %s; blocked %s; warned, with a guessed day, %s",
		n, len(suppliers), share(same), share(blocked), share(warned))
	if blocked*1000 > n {
		t.Errorf("more than one of a thousand is blocked: %d of %d", blocked, n)
	}
	if warned*100 > n*4 {
		t.Errorf("more than four of a hundred are warned for: %d of %d", warned, n)
	}
}
