package sie

import (
	"bytes"

	"kontor/format/verdict"
	"kontor/kernel/money"
)

// name is the voucher in messages: "A 12" or, without a number, its text.
func (v *Voucher) name() string {
	switch {
	case v.Series != "" && v.Number != "":
		return clip(v.Series) + " " + clip(v.Number)
	case v.Number != "":
		return clip(v.Number)
	case v.Text != "":
		return "”" + clip(v.Text) + "”"
	case v.Series != "":
		return clip(v.Series)
	}
	return "utan nummer"
}

// voucher reads #VER serie vernr verdatum [vertext] [regdatum] [sign].
func (s *scanner) voucher() {
	l := &s.record
	s.place, s.added = headed, false
	if l.open {
		s.place = within
	}
	series, number, rest := l.at(0), l.at(1), 2
	if shifted(l) {
		s.find(verdict.Warn, "Verifikationsserien saknas; raden lästes som nummer %s den %s.", clip(s.text(series)), clip(s.text(number)))
		series, number, rest = nil, series, 1
	}
	postings, changes := s.v.Postings[:0], s.v.Changes[:0]
	s.v = Voucher{Series: s.text(series), Number: s.text(number), Line: s.n, Postings: postings, Changes: changes}
	s.v.Text = s.text(l.at(rest + 1))
	s.v.By = s.text(l.at(rest + 3))
	d, how := date(l.at(rest))
	switch {
	case how == absurd:
		s.find(verdict.Reject, "Verifikation %s har ett datum som inte kan läsas: %s.", s.v.name(), clip(s.text(l.at(rest))))
	case d.IsZero():
		s.find(verdict.Reject, "Verifikation %s saknar datum.", s.v.name())
	default:
		s.v.Date = s.day(l.at(rest), "Verifikationsdatum")
	}
	s.v.Registered = s.day(l.at(rest+2), "Registreringsdatum")
}

// shifted says whether the series has been left out altogether, so that the date
// stands where the number should: #VER 1 20170101 "Hyra".
func shifted(l *line) bool {
	if len(l.at(1)) != 8 || len(l.fields) < 3 {
		return false
	}
	d, how := date(l.at(1))
	third, wrong := date(l.at(2))
	return digits(l.at(0)) && how == well && !d.IsZero() && (wrong != well || third.IsZero())
}

// posting reads #TRANS konto {dim obj …} belopp [transdat] [transtext]
// [kvantitet] [sign], and its two relatives of the same form: #RTRANS, an added
// row, which the same #TRANS follows, and #BTRANS, a struck one.
// source: SIE 4B, #RTRANS and #BTRANS
func (s *scanner) posting(mark byte) {
	l := &s.record
	if s.place != within {
		s.find(verdict.Reject, "#%sTRANS står utanför en verifikation.", kind(mark))
		return
	}
	if len(l.fields) < 2 {
		s.find(verdict.Reject, "Raden #%sTRANS saknar konto eller belopp.", kind(mark))
		return
	}
	k := 1
	var p Posting
	p.Account, p.Line = s.use(l.at(0)), int32(min(s.n, 1<<31-1))
	if l.fields[1].list {
		p.Objects, k = s.objectList(l.fields[1].b), 2
	} else if mark == 0 {
		s.find(verdict.Warn, "Raden saknar objektlista: {} ska stå före beloppet.")
	}
	p.Amount = s.amount(l.at(k))
	p.Date = s.day(l.at(k+1), "Transaktionsdatum")
	p.Text = s.text(l.at(k + 2))
	p.Quantity = s.quantity(l.at(k + 3))
	p.By = s.text(l.at(k + 4))
	switch mark {
	case 'B':
		s.d.Totals.Struck++
		s.v.Changes = append(s.v.Changes, Change{Posting: p, Struck: true, Before: len(s.v.Postings)})
	case 'R':
		s.twin(nil)
		s.d.Totals.Added++
		s.v.Changes = append(s.v.Changes, Change{Posting: p, Before: len(s.v.Postings)})
		s.added = true
	default:
		s.twin(&p)
		s.v.Postings = append(s.v.Postings, p)
	}
}

func kind(mark byte) string {
	if mark == 0 {
		return ""
	}
	return string(mark)
}

// twin sees to it that the #TRANS of an #RTRANS follows it.
func (s *scanner) twin(p *Posting) {
	if !s.added {
		return
	}
	s.added = false
	c := &s.v.Changes[len(s.v.Changes)-1]
	if p == nil || p.Account != c.Account || p.Amount != c.Amount {
		s.findAt(int(c.Line), verdict.Warn, "Raden #RTRANS följs inte av samma rad som #TRANS, och räknades därför inte.")
	}
}

// amount reads a sum that the file cannot do without.
func (s *scanner) amount(b []byte) money.Amount {
	a, how := amount(b)
	switch {
	case len(b) == 0:
		s.find(verdict.Reject, "Raden saknar belopp.")
	case how == absurd:
		s.find(verdict.Reject, "Beloppet kan inte läsas i hela ören: %s.", clip(s.text(b)))
	case how == badly:
		s.find(verdict.Warn, "Beloppet %s är inte skrivet som SIE vill, med punkt och högst två decimaler. Det lästes som %s.", clip(s.text(b)), a)
	}
	return a
}

func (s *scanner) quantity(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if !decimal(b) {
		s.find(verdict.Warn, "Kvantiteten är inget tal: %s.", clip(s.text(b)))
		return ""
	}
	return s.text(b)
}

// objectList reads what stands between braces: pairs of dimension and object.
// Equal lists are kept once.
func (s *scanner) objectList(b []byte) []ObjectCode {
	if b = bytes.TrimSpace(b); len(b) == 0 {
		return nil
	}
	if o, ok := s.objects[string(b)]; ok {
		return o
	}
	s.list.split(b)
	f := s.list.fields
	var out []ObjectCode
	for k := 0; k+1 < len(f); k += 2 {
		dimension, ok := whole(f[k].b)
		if !ok || dimension < 1 {
			s.find(verdict.Reject, "Objektlistan har en dimension som inte är ett tal: %s.", clip(s.text(f[k].b)))
			return nil
		}
		out = append(out, ObjectCode{Dimension: dimension, Code: s.text(f[k+1].b)})
	}
	if len(f)%2 != 0 {
		s.find(verdict.Reject, "Objektlistan är inte par av dimension och objekt: %s.", clip(s.text(b)))
		return nil
	}
	if len(s.objects) >= wordsMost {
		clear(s.objects) // only what is shared; the lists live on
	}
	s.objects[string(b)] = out
	return out
}

// use is an account that a sum is on.
func (s *scanner) use(b []byte) string {
	a, ok := s.accounts[string(b)]
	if ok && a.used {
		return a.number
	}
	if !ok {
		a.number = s.text(b)
		s.judgeAccount(b)
	}
	a.used = true
	s.remember(b, a)
	return a.number
}

// remember keeps what is known of an account.
func (s *scanner) remember(b []byte, a account) {
	if len(s.accounts) < accountsMost {
		s.accounts[string(b)] = a
	} else if _, ok := s.accounts[string(b)]; ok {
		s.accounts[string(b)] = a
	} else {
		s.find(verdict.Reject, "Filen har fler än %d olika konton och kan inte vara en kontoplan.", accountsMost)
	}
}

// judgeAccount is done once for each account.
// source: SIE 4B, #KONTO: account numbers are numeric
func (s *scanner) judgeAccount(b []byte) {
	switch n := clip(s.text(b)); {
	case !digits(b):
		s.find(verdict.Reject, "Kontot är inget nummer: %s.", n)
	case len(b) > 6:
		s.find(verdict.Reject, "Kontot har fler än sex siffror: %s.", n)
	case len(b) != 4:
		s.find(verdict.Warn, "Kontot har inte fyra siffror: %s.", n)
	}
}

// close ends the voucher and hands it over.
func (s *scanner) close() error {
	s.place = outside
	s.twin(nil)
	v, t := &s.v, &s.d.Totals
	t.Vouchers++
	t.Postings += int64(len(v.Postings))
	sum, debit, err := v.Sum()
	if err == nil {
		t.Debit, err = t.Debit.Add(debit)
	}
	if err == nil {
		t.Credit, err = t.Credit.Add(sum - debit)
	}
	switch {
	case err != nil:
		s.findAt(v.Line, verdict.Reject, "Beloppen i filen är större än vad som kan räknas.")
	case sum != 0:
		s.findAt(v.Line, verdict.Reject, "Verifikation %s den %v balanserar inte: debet och kredit skiljer %s.", v.name(), v.Date, sum)
	case len(v.Postings) == 0:
		s.findAt(v.Line, verdict.Warn, "Verifikation %s har inga rader.", v.name())
	}
	s.numbered(v)
	s.dated(v)
	if s.each == nil {
		return nil
	}
	return s.each(v)
}

// numberMost is the longest voucher number that counts vouchers. A longer one is
// another thing, like a receipt's number or a date.
const numberMost = 8

func (s *scanner) numbered(v *Voucher) {
	if v.Number == "" {
		return
	}
	n, ok := whole([]byte(v.Number))
	if !ok || len(v.Number) > numberMost {
		s.findAt(v.Line, verdict.Warn, "Verifikationsnumret %s är inget löpnummer.", clip(v.Number))
		return
	}
	last, ok := s.last[v.Series]
	if ok && n <= last {
		s.findAt(v.Line, verdict.Accept, "Verifikation %s kommer efter nummer %d i samma serie; numren ska stiga.", v.name(), last)
	}
	if len(s.last) >= wordsMost {
		clear(s.last)
	}
	s.last[v.Series] = max(n, last)
}

func (s *scanner) dated(v *Voucher) {
	if v.Date.IsZero() || len(s.d.Years) == 0 {
		return
	}
	for _, y := range s.d.Years {
		if v.Date >= y.First && v.Date <= y.Last {
			return
		}
	}
	s.findAt(v.Line, verdict.Warn, "Verifikation %s är daterad %v, utanför filens räkenskapsår.", v.name(), v.Date)
}
