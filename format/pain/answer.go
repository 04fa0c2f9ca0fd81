package pain

import (
	"strings"

	"kontor/format/isodata"
	"kontor/format/xmlscan"
)

// SizeMost is the largest file that is read, in bytes.
const SizeMost = 64 << 20

var limits = xmlscan.Limits{
	Bytes: SizeMost, Depth: 64, Elements: 8_000_000, Attrs: 64, AllAttrs: 2_000_000, Children: 1_000_000,
}

// document is the message inside Document, or the root itself in a bank's own
// envelope, when it has one of the wanted names.
func document(b []byte, name string, read func(w *xmlscan.Walker, version string)) error {
	w, root, err := xmlscan.Walk(b, limits)
	if err != nil {
		return err
	}
	found := false
	visit := func(local string) {
		if !found && local == name {
			found = true
			read(w, versionOf(root.Space))
		}
	}
	if root.Local == name {
		visit(name)
	} else {
		w.Each(visit)
	}
	if err := w.Finish(); err != nil {
		return err
	}
	if !found {
		return &xmlscan.Error{Line: 1, Col: 1, Code: xmlscan.WrongRoot, Text: wrongMessage[name]}
	}
	return nil
}

var wrongMessage = map[string]string{
	"CstmrPmtStsRpt":   "Filen är inte ett betalningsbesked (pain.002). Hämta rätt fil hos banken.",
	"CstmrCdtTrfInitn": "Filen är inte en betalningsfil (pain.001). Välj rätt fil.",
}

// versionOf is the version in a namespace: …pain.002.001.11.
func versionOf(space string) string {
	k := strings.LastIndex(space, "pain.00")
	if k < 0 {
		return ""
	}
	parts := strings.Split(space[k:], ".")
	if len(parts) < 4 {
		return ""
	}
	return parts[3]
}

// ReadAnswer reads a pain.002 of any version. The error is an *xmlscan.Error.
// What the bank says is kept as it says it, also codes that are not known.
func ReadAnswer(b []byte) (*Answer, error) {
	a := &Answer{}
	err := document(b, "CstmrPmtStsRpt", func(w *xmlscan.Walker, version string) {
		a.Version = version
		r := answerReader{w: w, a: a}
		w.Each(r.top)
	})
	if err != nil {
		return nil, err
	}
	a.index()
	return a, nil
}

type answerReader struct {
	w *xmlscan.Walker
	a *Answer
}

func (r *answerReader) top(name string) {
	switch name {
	case "GrpHdr":
		r.w.Each(func(name string) {
			switch name {
			case "MsgId":
				r.a.MsgID = r.w.Text()
			case "CreDtTm":
				r.a.Created = isodata.Instant(r.w.Text())
			}
		})
	case "OrgnlGrpInfAndSts":
		r.w.Each(func(name string) {
			switch name {
			case "OrgnlMsgId":
				r.a.Original = r.w.Text()
			case "GrpSts":
				r.a.Status = Code(r.w.Text())
			case "StsRsnInf":
				r.a.Reasons = append(r.a.Reasons, r.reason())
			}
		})
	case "OrgnlPmtInfAndSts":
		r.group()
	case "TxInfAndSts": // older versions have the payments beside the groups
		r.payment("")
	}
}

func (r *answerReader) group() {
	g := GroupStatus{}
	first := len(r.a.Payments)
	r.w.Each(func(name string) {
		switch name {
		case "OrgnlPmtInfId":
			g.ID = r.w.Text()
		case "PmtInfSts":
			g.Status = Code(r.w.Text())
		case "StsRsnInf":
			g.Reasons = append(g.Reasons, r.reason())
		case "TxInfAndSts":
			r.payment(g.ID)
		}
	})
	for k := first; k < len(r.a.Payments); k++ {
		r.a.Payments[k].Group = g.ID
	}
	r.a.Groups = append(r.a.Groups, g)
}

func (r *answerReader) payment(group string) {
	p := PaymentStatus{Group: group}
	r.w.Each(func(name string) {
		switch name {
		case "OrgnlPmtInfId":
			p.Group = r.w.Text()
		case "OrgnlInstrId":
			p.Instruction = r.w.Text()
		case "OrgnlEndToEndId":
			p.EndToEnd = r.w.Text()
		case "TxSts":
			p.Status = Code(r.w.Text())
		case "StsRsnInf":
			p.Reasons = append(p.Reasons, r.reason())
		case "OrgnlTxRef":
			r.w.Each(func(name string) {
				if name == "Amt" {
					_, text := r.w.TextOr(func(name string) bool { return name == "InstdAmt" })
					p.Amount, _, _ = isodata.Amount(text)
				}
			})
		}
	})
	r.a.Payments = append(r.a.Payments, p)
}

func (r *answerReader) reason() Reason {
	var s Reason
	r.w.Each(func(name string) {
		switch name {
		case "Rsn", "StsRsn":
			text, inner := r.w.TextOr(func(name string) bool { return name == "Cd" || name == "Prtry" })
			if s.Code = inner; inner == "" {
				s.Code = text
			}
		case "AddtlInf", "AddtlStsRsnInf":
			if text := r.w.Text(); text != "" {
				s.Text = append(s.Text, text)
			}
		}
	})
	return s
}

// key finds a payment. Banks leave out the group where the payment's own identity
// is enough.
type key struct{ group, payment string }

func (a *Answer) index() {
	a.byKey = make(map[key]int, len(a.Payments))
	for k := range a.Payments {
		p := &a.Payments[k]
		id := p.EndToEnd
		if id == "" {
			id = p.Instruction
		}
		a.byKey[key{p.Group, id}] = k
		if _, taken := a.byKey[key{"", id}]; !taken {
			a.byKey[key{"", id}] = k
		}
	}
	a.groups = make(map[string]int, len(a.Groups))
	for k := range a.Groups {
		a.groups[a.Groups[k].ID] = k
	}
}

// Of gives what the answer says of a payment: of itself, or of its group, or of
// the whole. PART at a level says nothing of the single payment. "" is nothing.
func (a *Answer) Of(group, payment string) (Code, []Reason) {
	k, named := a.byKey[key{group, payment}]
	if !named {
		// Named without its group, or the caller does not know the group.
		if k, named = a.byKey[key{"", payment}]; named && group != "" && a.Payments[k].Group != "" {
			named = false
		}
	}
	if named && a.Payments[k].Status != "" {
		return a.Payments[k].Status, a.Payments[k].Reasons
	}
	if k, named := a.groups[group]; named && a.Groups[k].Status != "" {
		if a.Groups[k].Status == Partly {
			return "", nil
		}
		return a.Groups[k].Status, a.Groups[k].Reasons
	}
	if a.Status == Partly {
		return "", nil
	}
	return a.Status, a.Reasons
}
