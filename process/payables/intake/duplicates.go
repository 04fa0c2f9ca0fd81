package intake

import (
	"fmt"
	"strings"

	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/process/payables"
)

type numberKey struct {
	Supplier id.ID[payables.Supplier]
	Number   string
}

type twinKey struct {
	Supplier id.ID[payables.Supplier]
	Gross    money.Amount
}

// Twin says how an invoice is like an earlier one.
type Twin string

// The ways. A block stops the invoice until a second person lets it through; a
// warning is for the one who handles it.
const (
	NotLike        Twin = ""
	SameNumber     Twin = "number" // block
	SameAttachment Twin = "attachment"
	SameOCR        Twin = "ocr" // warn
	SameDay        Twin = "day"
)

// Blocks reports whether the likeness stops an invoice.
func (t Twin) Blocks() bool { return t == SameNumber || t == SameAttachment }

// ownNumber is the number that an invoice claims of its supplier. A credit note
// has its own numbers: many suppliers give it that of the invoice.
func ownNumber(kind payables.Kind, normal string) string {
	if kind == payables.Credit {
		return "K:" + normal
	}
	return normal
}

// like compares an invoice with an earlier one of the same supplier and amount,
// whatever client that came to. Amounts alone are no likeness: rent is the same
// every month, and on a real ledger one invoice in six has a twin of that kind.
func like(v, earlier *numberRow) Twin {
	switch {
	case strings.HasPrefix(v.Number, "K:") || strings.HasPrefix(earlier.Number, "K:") || v.Gross != earlier.Gross || v.Gross <= 0:
		return NotLike
	case earlier.Number == v.Number:
		return SameNumber
	case v.OCR != "" && earlier.OCR == v.OCR && ident.Luhn(v.OCR):
		return SameOCR
	case !v.Issued.IsZero() && earlier.Issued == v.Issued:
		return SameDay
	}
	return NotLike
}

// habit is how many earlier invoices on one amount show that it is the
// supplier's ordinary price: then an equal amount on an equal day says nothing.
// Tuned on a real ledger, where half of such warnings come from habits.
const habit = 3

// twinOf is the likeness to one of the earlier invoices on the same amount, the
// weightiest of them, and which it was.
func twinOf(v *numberRow, earlier []numberRow) (Twin, *numberRow) {
	kind, of := NotLike, (*numberRow)(nil)
	for i := range earlier {
		switch t := like(v, &earlier[i]); {
		case t == SameOCR:
			return t, &earlier[i]
		case t == SameDay && kind == NotLike && len(earlier) < habit:
			kind, of = t, &earlier[i]
		}
	}
	return kind, of
}

// duplicates claims the supplier's number, or holds the invoice when it is
// claimed by another, at any client.
func (r *register) duplicates(d *Draft, v *payables.Invoice, add func(payables.Code, string), out *outcome) {
	row := numberRow{Supplier: v.Supplier, Number: ownNumber(v.Kind, v.NumberNorm), Client: v.Client, Invoice: v.ID, Gross: v.Gross, Issued: v.Issued, OCR: v.OCR}
	if v.NumberNorm == "" { // a paper whose number was not read claims none
		row.Number = "?:" + v.ID.String()
	}
	first, taken := r.numbers[numberKey{v.Supplier, row.Number}]
	if taken {
		row.Claim = int64(v.ID)
		add(payables.SameNumber, fmt.Sprintf("Nummer %s från samma leverantör kom redan till %s, daterad %s, på %s kr.",
			v.Number, r.terms.name(first.Client), first.Issued, first.Gross))
	} else {
		r.numbers[numberKey{v.Supplier, row.Number}] = row
	}
	k := twinKey{v.Supplier, v.Gross}
	if kind, t := twinOf(&row, r.twins[k]); !taken && t != nil {
		if kind == SameOCR {
			add(payables.SameOCRTwin, fmt.Sprintf("En faktura till %s på %s kr har också OCR-nummer %s.", r.terms.name(t.Client), t.Gross, t.OCR))
		} else {
			add(payables.SameDayTwin, fmt.Sprintf("En faktura till %s på %s kr är också daterad %s.", r.terms.name(t.Client), t.Gross, t.Issued))
		}
	}
	r.twins[k] = append(r.twins[k], row)
	out.number = &row
	r.copies(d, v, taken, add, out)
}

// copies stops an invoice that carries a file which came inside another: the
// paper copy of an e-invoice is the commonest duplicate. Credit notes often
// carry the invoice that they credit.
func (r *register) copies(d *Draft, v *payables.Invoice, taken bool, add func(payables.Code, string), out *outcome) {
	for _, a := range d.Attached {
		row := payables.Attached{Hash: a.Hash, Invoice: v.ID, Client: v.Client, Supplier: v.Supplier, Name: a.Name}
		earlier, known := r.attached[a.Hash]
		if known {
			row.Harmless = earlier.Harmless
		} else {
			r.attached[a.Hash] = row
		}
		if known && !earlier.Harmless && !taken && v.Kind == payables.Debit {
			add(payables.SameAttachment, fmt.Sprintf("Bilagan ”%s” kom redan med en faktura till %s.", a.Name, r.terms.name(earlier.Client)))
		}
		out.attached = append(out.attached, row)
	}
}
