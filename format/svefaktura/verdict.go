package svefaktura

import (
	"errors"
	"fmt"

	"kontor/format/verdict"
	"kontor/format/xmlscan"
)

// kind is what file check calls a Svefaktura.
const kind = "svefaktura"

// Check judges a file with a Svefaktura, in an envelope or not: rejected when it
// cannot be read, breaks the schema or a fatal rule; warned of when it breaks a
// warning. What SFTI calls information is not told.
func Check(b []byte) verdict.Verdict {
	out := verdict.Verdict{Kind: kind}
	v, err := Read(b)
	if err != nil {
		var refused *xmlscan.Error
		if errors.As(err, &refused) {
			out.Remark(verdict.Reject, "%s%s", refused.Text, line(refused.Line))
		} else {
			out.Remark(verdict.Reject, "Filen går inte att läsa. Be avsändaren skicka den igen.")
		}
		return out
	}
	for _, f := range v.Faults() {
		out.Remark(verdict.Reject, "%s: %s%s", f.Where, f.Text, line(f.Line))
	}
	for _, x := range v.Check() {
		switch x.Severity {
		case Fatal:
			out.Remark(verdict.Reject, "%s %s: %s%s", x.Rule, x.Where, x.Text, line(x.Line))
		case Warning:
			out.Remark(verdict.Warn, "%s %s: %s%s", x.Rule, x.Where, x.Text, line(x.Line))
		}
	}
	d := v.Terms()
	out.Count("lines", int64(len(d.Lines)))
	out.Count("attachments", int64(len(d.Attachments)))
	out.Sum("payable", d.Totals.Payable.Value.String())
	out.Sum("tax", d.Totals.Tax.Value.String())
	return out
}

func line(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (rad %d)", n)
}
