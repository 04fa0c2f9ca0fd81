package einvoice

import (
	"fmt"

	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/format/verdict"
)

// Sniff says from the first bytes whether a file is an e-invoice, an envelope
// that may hold one, or a document that arrives in the same channels.
func Sniff(b []byte) bool {
	kind, root := ubl.Sniff(b)
	_, other := others[root]
	return kind != ubl.NotXML && (kind != ubl.Other || other)
}

// Check judges an e-invoice by the rules of its format: rejected when a fatal
// rule is broken or it cannot be read, warned of when another is.
func Check(b []byte) verdict.Verdict {
	r, err := Read(b)
	if err != nil {
		return verdict.Refused(KindOf(b), err)
	}
	v := verdict.Verdict{Kind: r.Kind()}
	if why := r.Outdated(); why != "" {
		v.Remark(verdict.Reject, "%s", why)
	}
	for _, x := range r.Check(en16931.Options{}) {
		level, where := verdict.Warn, x.Where
		if x.Fatal {
			level = verdict.Reject
		}
		if x.Line > 0 {
			where = fmt.Sprintf("%s, rad %d i filen", where, x.Line)
		}
		v.Remark(level, "%s: %s (%s)", where, x.Text, x.Rule)
	}
	v.Count("lines", int64(len(r.Doc.Lines)))
	v.Count("attachments", int64(len(r.Doc.Attachments)))
	v.Sum("payable", r.Doc.Totals.Payable.Value.String())
	v.Sum("tax", r.Doc.Totals.Tax.Value.String())
	return v
}
