package payables

import (
	"net/url"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// claimed is a supplier's reminder or demand about an invoice, as the invoice's
// page shows it. Claims are process/payables/claim, which imports this package.
type claimed struct {
	ID       id.ID[claimed]
	Register string
	Kind     string
	Dated    period.Date
}

var claimsOf = db.Select[claimed](`
	SELECT id, register, kind, dated FROM payables_claim WHERE client = $1 AND invoice = $2 AND state <> 'withdrawn' ORDER BY id`)

var claimWords = map[string]string{"reminder": "Påminnelse", "demand": "Inkassokrav", "enforcement": "Kronofogdeärende"}

// claims tells what the supplier has demanded, and leads to where a new letter of
// theirs is registered with what the invoice knows filled in.
func (p *itemPage) claims(o *op.Op, v Invoice, add func(string, ui.StatusKind, ui.Prose)) error {
	all, err := claimsOf.All(o, v.Client, v.ID)
	if err != nil {
		return err
	}
	var prose ui.Prose
	for _, c := range all {
		prose = append(prose, ui.Piece{Text: text.F(o, "%s %s", text.T(o, claimWords[c.Kind]), c.Dated), URL: "/krav/" + c.ID.String()}, ui.Piece{Text: ", "})
	}
	if o.Actor.May(MayHandle, v.Client) {
		known := url.Values{"client": {v.Client.String()}, "org": {v.SupplierOrg}, "name": {v.SupplierName}, "number": {v.Number}}
		if v.SupplierOrg == "" {
			known.Del("org")
		}
		prose = append(prose, ui.Piece{Text: text.T(o, "registrera en påminnelse eller ett krav"), URL: "/f/payables.claim?" + known.Encode()})
	} else if len(prose) > 0 {
		prose = prose[:len(prose)-1]
	}
	if prose != nil {
		add(text.T(o, "Krav från leverantören"), ui.Unmarked, prose)
	}
	return nil
}
