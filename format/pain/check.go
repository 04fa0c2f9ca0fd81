package pain

import (
	"kontor/format/verdict"
	"kontor/format/xmlscan"
	"kontor/kernel/money"
)

// Check reads a pain.001 and says what is to be said of it. Control sums that do
// not agree reject the file, as the bank would.
func Check(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "pain.001"}
	f, err := Read(b)
	if err != nil {
		return verdict.Refused(v.Kind, err)
	}
	f.judge()
	sums := map[string]money.Amount{}
	for k := range f.Groups {
		g := &f.Groups[k]
		v.Count("groups", 1)
		v.Count("payments", int64(len(g.Payments)))
		for i := range g.Payments {
			if sum, err := sums[g.Payments[i].Currency].Add(g.Payments[i].Amount); err == nil {
				sums[g.Payments[i].Currency] = sum
			}
		}
	}
	for currency, sum := range sums {
		v.Sum("payments "+currency, sum.Plain())
	}
	for _, r := range f.faults {
		v.Remark(r.level, "Rad %d: %s", r.line, r.text)
	}
	return v
}

// judge compares what the file says of itself with what is in it. A control sum
// is over all currencies, as the standard has it.
func (f *File) judge() {
	var count int64
	var sum money.Amount
	ids := map[string]bool{}
	for k := range f.Groups {
		g := &f.Groups[k]
		var own money.Amount
		for i := range g.Payments {
			p := &g.Payments[i]
			next, err := own.Add(p.Amount)
			if err != nil {
				f.remark(verdict.Reject, p.Line, "Summan av betalningarna är för stor.")
				return
			}
			own = next
			if p.ID == "" {
				f.remark(verdict.Warn, p.Line, "En betalning saknar eget nummer (EndToEndId), så bankens svar går inte att para ihop med den.")
			} else if ids[p.ID] && p.ID != "NOTPROVIDED" {
				f.remark(verdict.Warn, p.Line, "Numret %s står på mer än en betalning.", xmlscan.Clip(p.ID))
			}
			ids[p.ID] = true
			if p.Payee == "" {
				f.remark(verdict.Warn, p.Line, "En betalning saknar mottagarens namn, som bankerna kräver.")
			}
		}
		if g.Count >= 0 && g.Count != int64(len(g.Payments)) {
			f.remark(verdict.Reject, g.Line, "Gruppen %s säger sig ha %d betalningar men har %d.", xmlscan.Clip(g.ID), g.Count, len(g.Payments))
		}
		if g.HasSum && g.Sum != own {
			f.remark(verdict.Reject, g.Line, "Gruppen %s säger sig vara på %v men är på %v.", xmlscan.Clip(g.ID), g.Sum, own)
		}
		count += int64(len(g.Payments))
		next, err := sum.Add(own)
		if err != nil {
			f.remark(verdict.Reject, g.Line, "Summan av betalningarna är för stor.")
			return
		}
		sum = next
	}
	if f.MsgID == "" {
		f.remark(verdict.Warn, 1, "Filen saknar nummer (MsgId), så banken kan inte se om den skickas två gånger.")
	}
	if count == 0 {
		f.remark(verdict.Reject, 1, "Filen innehåller inga betalningar.")
	}
	if f.Count >= 0 && f.Count != count {
		f.remark(verdict.Reject, 1, "Filen säger sig ha %d betalningar men har %d.", f.Count, count)
	}
	if f.HasSum && f.Sum != sum {
		f.remark(verdict.Reject, 1, "Filen säger sig vara på %v men är på %v.", f.Sum, sum)
	}
}

// CheckAnswer reads a pain.002 and says what is to be said of it.
func CheckAnswer(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "pain.002"}
	a, err := ReadAnswer(b)
	if err != nil {
		return verdict.Refused(v.Kind, err)
	}
	v.Count("groups", int64(len(a.Groups)))
	v.Count("payments", int64(len(a.Payments)))
	if a.Original == "" {
		v.Remark(verdict.Warn, "Beskedet säger inte vilken fil det svarar på.")
	}
	said := []Code{a.Status}
	for k := range a.Groups {
		said = append(said, a.Groups[k].Status)
	}
	for k := range a.Payments {
		said = append(said, a.Payments[k].Status)
		if a.Payments[k].Status == Rejected {
			v.Count("rejected", 1)
		}
	}
	any := false
	unknown := map[Code]bool{}
	for _, c := range said {
		any = any || c != ""
		if c != "" && rank[c] == 0 && !unknown[c] && len(unknown) < faultsMost {
			unknown[c] = true
			v.Remark(verdict.Warn, "Beskedet har en status som inte är känd: ”%s”.", xmlscan.Clip(string(c)))
		}
	}
	if !any {
		v.Remark(verdict.Warn, "Beskedet säger ingen status om någonting.")
	}
	return v
}

// CheckOther says of any other ISO 20022 message that it is whole, and that
// nothing is used of it.
func CheckOther(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "iso20022"}
	w, root, err := xmlscan.Walk(b, limits)
	if err == nil {
		err = w.Finish()
	}
	if err != nil {
		return verdict.Refused(v.Kind, err)
	}
	v.Remark(verdict.Warn, "Filen är ett helt meddelande i ISO 20022 (%s), men av ett slag som inte används här. Ingenting läses in ur den.",
		xmlscan.Clip(root.Space))
	return v
}

// Sniff says whether a file looks like a pain.001.
func Sniff(b []byte) bool { return xmlscan.Mentions(b, "CstmrCdtTrfInitn") }

// SniffAnswer says whether a file looks like a pain.002.
func SniffAnswer(b []byte) bool { return xmlscan.Mentions(b, "CstmrPmtStsRpt") }

// SniffOther says whether a file is some message of ISO 20022.
func SniffOther(b []byte) bool { return xmlscan.Mentions(b, "urn:iso:std:iso:20022:") }
