package claim

import (
	"kontor/books/statute"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Finding is one thing that the judgement rests on. Text is a Swedish sentence
// with verbs for Args.
type Finding struct {
	Code   string
	Wrong  bool // the claim demands what it may not
	Text   string
	Args   []any
	Source string
}

// Judgement is what the law allows of a claim.
type Judgement struct {
	Verdict      Verdict
	Interest     money.Amount
	Compensation money.Amount
	Fee          money.Amount
	From         period.Date      // interest runs from the day after this
	Until        period.Date      // to this day
	Computed     statute.Interest // day by day
	Findings     []Finding
}

// May is what the law allows in all.
func (j Judgement) May() money.Amount { return j.Interest + j.Compensation + j.Fee }

func (j *Judgement) find(code string, wrong bool, source, text string, args ...any) {
	j.Findings = append(j.Findings, Finding{Code: code, Wrong: wrong, Text: text, Args: args, Source: source})
}

// Judge holds a claim against the law. It is pure: the same claim, debt and book
// give the same judgement. The error is statute.ErrRate where no rate is known so
// far back.
func Judge(c Claim, d *Debt, book *statute.Book) (Judgement, error) {
	j := Judgement{Verdict: Unknown}
	if d == nil {
		j.find("unknown", false, "", "Fakturan %s finns inte hos oss. Be leverantören om en kopia. Kravet betalas aldrig i stället för fakturan.", c.Number)
		return j, nil
	}
	j.due(c, d, book)
	j.Until = c.Dated
	if d.Paid != 0 {
		j.Until = min(d.Paid, c.Dated)
	}
	late := j.late(c, d)
	if late {
		var err error
		if j.Computed, err = book.Interest(d.Amount, j.From, j.Until, statute.Days365); err != nil {
			return j, err
		}
	}
	j.interest(c, late)
	j.compensation(c, d, book, late)
	j.fee(c, book, late)
	j.Verdict = verdict(c, j)
	return j, nil
}

func verdict(c Claim, j Judgement) Verdict {
	high := c.Interest > j.Interest || c.Compensation > j.Compensation || c.Fee > j.Fee
	switch {
	case c.Demanded() == 0:
		return Plain
	case !high:
		return Lawful
	case min(c.Interest, j.Interest)+min(c.Compensation, j.Compensation)+min(c.Fee, j.Fee) <= 0:
		return Baseless
	}
	return Excess
}

// due finds the day after which interest runs: the invoice's own, but not before
// an authority must pay, unless a shorter time was agreed. A longer time that the
// supplier gives of itself is the supplier's to give.
func (j *Judgement) due(c Claim, d *Debt, book *statute.Book) {
	const source = "räntelagen 2 a, 3 och 4 §§"
	j.From = d.Due
	days := 30
	if v, ok := book.On(statute.PaymentDays, d.Arrived); ok {
		days = int(v.Value / 100)
	}
	free := d.Arrived.AddDays(days)
	switch {
	case d.Due == 0:
		j.From = free
		j.find("no-due", false, source, "Fakturan säger ingen förfallodag. Den skulle betalas senast %s, %d dagar efter att den kom.", free, days)
	case d.Due < free && !c.TermAgreed:
		j.From = free
		j.find("thirty-days", false, source, "Fakturan förföll %s, men en kortare tid än %d dagar från att den kom gäller bara om den är avtalad. Räntan löper efter %s.",
			d.Due, days, free)
	}
}

// late says whether the payment is late at all, and why not.
func (j *Judgement) late(c Claim, d *Debt) bool {
	switch {
	case d.Amount <= 0:
		j.find("no-debt", c.Demanded() > 0, "", "Fakturan är ingen skuld: det är %s kr att betala.", d.Amount)
		return false
	case d.Ended != "":
		j.find("ended", c.Demanded() > 0, "", "Fakturan är %s och ska inte betalas.", d.Ended)
		return false
	case d.Paid != 0 && d.Paid <= j.From:
		j.find("in-time", c.Demanded() > 0, "räntelagen 2 §", "Fakturan betalades %s, i rätt tid. Den skulle betalas senast %s.", d.Paid, j.From)
		return false
	case j.Until <= j.From:
		j.find("not-due", c.Demanded() > 0, "räntelagen 2 §", "Kravet är daterat %s, men fakturan ska betalas senast %s.", c.Dated, j.From)
		return false
	}
	if d.Disputed {
		j.find("disputed", false, "inkassolagen 4 §", "Fakturan är bestriden. Svara att den inte betalas innan tvisten är löst.")
	}
	if d.Paid == 0 {
		j.find("unpaid", false, "", "Fakturan är inte betald. Se till att den attesteras och betalas.")
	}
	return true
}

func (j *Judgement) interest(c Claim, late bool) {
	j.Interest = j.Computed.Sum
	switch {
	case c.Interest > j.Interest && late:
		j.find("interest", true, "räntelagen 6 §", "Dröjsmålsräntan får vara högst %s kr från %s till %s, men %s kr krävs.",
			j.Interest, j.From.AddDays(1), j.Until, c.Interest)
	case c.Interest > 0 && !late:
		j.find("interest", true, "räntelagen 2 §", "Ingen dröjsmålsränta får tas.")
	}
	if c.Interest > 0 && late && !j.Computed.Sure {
		j.find("rate", false, "räntelagen 9 §", "Referensräntan för en del av tiden är inte inlagd eller inte kontrollerad. Se Lagens belopp innan du svarar.")
	}
}

// compensation is for paying late between businesses, and between a business and
// an authority: once for a debt.
func (j *Judgement) compensation(c Claim, d *Debt, book *statute.Book, late bool) {
	if c.Compensation == 0 {
		return
	}
	const source = "lag 1981:739"
	v, ok := book.On(statute.LateCompensation, j.From.AddDays(1))
	if late && ok && !d.Earlier {
		j.Compensation = v.Amount()
	}
	switch {
	case c.Compensation <= j.Compensation:
	case !late:
		j.find("compensation", true, source, "Ingen förseningsersättning får tas, för betalningen är inte sen.")
	case d.Earlier:
		j.find("compensation", true, source, "Förseningsersättning har redan godtagits för den här fakturan. Den tas en gång.")
	case !ok:
		j.find("compensation", true, source, "Förseningsersättning fanns inte när fakturan skulle betalas.")
	default:
		j.find("compensation", true, source, "Förseningsersättningen får vara högst %s kr, men %s kr krävs.", j.Compensation, c.Compensation)
	}
}

// fee is the cost of collecting: a reminder only where it was agreed beforehand.
// The compensation stands in its place.
func (j *Judgement) fee(c Claim, book *statute.Book, late bool) {
	if c.Fee == 0 {
		return
	}
	const source = "lag 1981:739"
	kind := map[Kind]statute.Kind{Reminder: statute.ReminderFee, Demand: statute.CollectionFee, Enforcement: statute.Application}[c.Kind]
	v, ok := book.On(kind, c.Dated)
	if late && ok && (c.Kind != Reminder || c.FeeAgreed) {
		j.Fee = max(0, v.Amount()-j.Compensation)
	}
	switch {
	case c.Fee <= j.Fee:
	case !late:
		j.find("fee", true, source, "Ingen avgift får tas, för betalningen är inte sen.")
	case c.Kind == Reminder && !c.FeeAgreed:
		j.find("fee", true, source, "En påminnelseavgift får tas bara om den avtalades senast när skulden uppkom.")
	case j.Compensation > 0:
		j.find("fee", true, source, "Avgiften ersätts av förseningsersättningen på %s kr.", j.Compensation)
	default:
		j.find("fee", true, source, "Avgiften får vara högst %s kr, men %s kr krävs.", j.Fee, c.Fee)
	}
}
