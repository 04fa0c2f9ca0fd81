package sie

import (
	"bytes"
	"strings"
	"time"

	"kontor/format/verdict"
	"kontor/kernel/period"
)

// records reads every label but those of vouchers and of the checksum.
var records = map[string]func(*scanner){
	"FLAGGA":   (*scanner).flag,
	"PROGRAM":  (*scanner).program,
	"FORMAT":   func(*scanner) {}, // the bytes say it
	"GEN":      (*scanner).generated,
	"SIETYP":   (*scanner).kind,
	"PROSA":    func(s *scanner) { s.d.Text = s.rest() },
	"FNAMN":    (*scanner).name,
	"FNR":      func(s *scanner) { s.d.Company.Code = s.text(s.record.at(0)) },
	"FTYP":     func(s *scanner) { s.d.Company.Form = s.text(s.record.at(0)) },
	"BKOD":     func(s *scanner) { s.d.Company.Industry = s.text(s.record.at(0)) },
	"ORGNR":    (*scanner).organisation,
	"ADRESS":   (*scanner).address,
	"TAXAR":    (*scanner).taxYear,
	"OMFATTN":  func(s *scanner) { s.d.Scope = s.day(s.record.at(0), "#OMFATTN") },
	"KPTYP":    func(s *scanner) { s.d.Chart = s.text(s.record.at(0)) },
	"VALUTA":   (*scanner).currency,
	"RAR":      (*scanner).year,
	"DIM":      func(s *scanner) { s.dimension(false) },
	"UNDERDIM": func(s *scanner) { s.dimension(true) },
	"OBJEKT":   (*scanner).object,
	"KONTO":    (*scanner).account,
	"KTYP":     (*scanner).accountType,
	"ENHET":    func(s *scanner) { s.about(func(a *Account, v string) { a.Unit = v }) },
	"SRU":      func(s *scanner) { s.about(func(a *Account, v string) { a.SRU = append(a.SRU, v) }) },
	"IB":       func(s *scanner) { s.balance(Opening) },
	"UB":       func(s *scanner) { s.balance(Closing) },
	"RES":      func(s *scanner) { s.balance(Result) },
	"OIB":      func(s *scanner) { s.balance(ObjectOpening) },
	"OUB":      func(s *scanner) { s.balance(ObjectClosing) },
	"PSALDO":   func(s *scanner) { s.balance(PeriodChange) },
	"PBUDGET":  func(s *scanner) { s.balance(PeriodBudget) },
}

// rest is all fields as one text: names are often written without quotes.
func (s *scanner) rest() string {
	words := make([]string, 0, 4)
	for k := range s.record.fields {
		words = append(words, s.text(s.record.at(k)))
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

func (s *scanner) flag() {
	s.known-- // the only record that stands outside a checksum
	switch string(s.record.at(0)) {
	case "0":
	case "1":
		s.d.Imported = true
		s.find(verdict.Warn, "Filen är märkt som redan inläst (#FLAGGA 1). Läs inte in den en gång till.")
	default:
		s.find(verdict.Warn, "#FLAGGA ska vara 0 eller 1.")
	}
}

func (s *scanner) program() {
	s.d.Program, s.d.Version = s.text(s.record.at(0)), s.text(s.record.at(1))
	if s.d.Version == "" {
		s.find(verdict.Warn, "#PROGRAM saknar programmets version.")
	}
}

func (s *scanner) generated() {
	s.d.Generated, s.d.By = s.day(s.record.at(0), "#GEN"), s.text(s.record.at(1))
	if len(s.record.at(0)) == 0 {
		s.find(verdict.Warn, "#GEN saknar datum.")
	}
}

func (s *scanner) name() {
	if s.d.Company.Name = s.rest(); s.d.Company.Name == "" {
		s.find(verdict.Warn, "#FNAMN saknar namn: filen säger inte vems den är.")
	}
}

func (s *scanner) accountType() {
	switch v := string(s.record.at(1)); v {
	case "T", "S", "K", "I", "":
	default:
		s.find(verdict.Warn, "Kontotypen är %s; den ska vara T, S, K eller I.", clip(v))
		return
	}
	s.about(func(a *Account, v string) { a.Type = v })
}

func (s *scanner) kind() {
	switch string(s.record.at(0)) {
	case "1":
		s.d.Type = Type1
	case "2":
		s.d.Type = Type2
	case "3":
		s.d.Type = Type3
	case "4":
		s.d.Type = Type4I
	default:
		s.find(verdict.Reject, "Filen är av en typ som inte finns: #SIETYP %s. Den ska vara 1, 2, 3 eller 4.", clip(s.text(s.record.at(0))))
	}
}

// organisation reads #ORGNR orgnr förvnr verknr. The specification wants
// 556334-3689; ten digits without a hyphen mean the same.
func (s *scanner) organisation() {
	c, b := &s.d.Company, s.record.at(0)
	c.Organisation, c.Acquisition, c.Activity = s.text(b), s.text(s.record.at(1)), s.text(s.record.at(2))
	ten := len(b) == 10 && digits(b) || len(b) == 11 && b[6] == '-' && digits(b[:6]) && digits(b[7:])
	if len(b) > 0 && !ten {
		s.find(verdict.Warn, "Organisationsnumret %s ska vara skrivet nnnnnn-nnnn.", clip(s.text(b)))
	}
}

func (s *scanner) address() {
	l := &s.record
	s.d.Company.Address = Address{s.text(l.at(0)), s.text(l.at(1)), s.text(l.at(2)), s.text(l.at(3))}
}

func (s *scanner) taxYear() {
	b := s.record.at(0)
	if len(b) == 0 {
		return
	}
	if len(b) != 4 || !digits(b) {
		s.find(verdict.Warn, "Taxeringsåret är inget årtal: %s.", clip(s.text(b)))
		return
	}
	s.d.TaxYear = s.text(b)
}

// currency: amounts are öre; another currency's hundredths are not.
func (s *scanner) currency() {
	if s.d.Currency = s.text(s.record.at(0)); s.d.Currency != "" && s.d.Currency != "SEK" {
		s.find(verdict.Warn, "Filens belopp är i %s och inte i svenska kronor.", clip(s.d.Currency))
	}
}

func (s *scanner) year() {
	l := &s.record
	index, ok := whole(l.at(0))
	first, how1 := date(l.at(1))
	last, how2 := date(l.at(2))
	switch {
	case len(l.at(1)) == 0 && len(l.at(2)) == 0:
		s.find(verdict.Accept, "#RAR %d har inga dagar och lästes inte.", index)
	case !ok || how1 == absurd || how2 == absurd || first.IsZero() || last.IsZero():
		s.find(verdict.Reject, "Räkenskapsåret kan inte läsas: #RAR ska ha årsnummer, första och sista dag.")
	case last < first:
		s.find(verdict.Reject, "Räkenskapsår %d slutar innan det börjar.", index)
	default:
		for _, y := range s.d.Years {
			if y.Index == index {
				s.find(verdict.Reject, "Räkenskapsår %d står två gånger.", index)
				return
			}
		}
		s.d.Years = append(s.d.Years, Year{index, first, last})
	}
}

func (s *scanner) dimension(below bool) {
	number, ok := whole(s.record.at(0))
	d := Dimension{Number: number, Name: s.text(s.record.at(1))}
	if below {
		var has bool
		d.Parent, has = whole(s.record.at(2))
		ok = ok && has
	}
	if !ok {
		s.find(verdict.Warn, "Dimensionen har inget nummer.")
		return
	}
	for k := range s.d.Dimensions {
		if s.d.Dimensions[k].Number == number {
			s.d.Dimensions[k] = d
			return
		}
	}
	s.d.Dimensions = append(s.d.Dimensions, d)
}

func (s *scanner) object() {
	l := &s.record
	number, ok := whole(l.at(0))
	if !ok || len(l.at(1)) == 0 {
		s.find(verdict.Warn, "Objektet har ingen dimension eller inget nummer.")
		return
	}
	s.d.Objects = append(s.d.Objects, Object{number, s.text(l.at(1)), s.text(l.at(2))})
}

func (s *scanner) account() {
	b := s.record.at(0)
	if len(b) == 0 {
		s.find(verdict.Reject, "#KONTO saknar kontonummer.")
		return
	}
	a, ok := s.accounts[string(b)]
	if !ok {
		a.number = s.text(b)
		s.judgeAccount(b)
	}
	if a.index > 0 {
		s.find(verdict.Warn, "Konto %s står två gånger i kontoplanen.", clip(a.number))
		return
	}
	if len(s.record.fields) < 2 {
		s.find(verdict.Warn, "Konto %s saknar namn.", clip(a.number))
	}
	s.d.Accounts = append(s.d.Accounts, Account{Number: a.number, Name: s.text(s.record.at(1))})
	a.index = len(s.d.Accounts)
	s.remember(b, a)
}

// about reads what a record says of an account. It may come before #KONTO.
func (s *scanner) about(set func(*Account, string)) {
	b, v := s.record.at(0), bytes.TrimSpace(s.record.at(1))
	if len(b) == 0 || len(v) == 0 {
		s.find(verdict.Warn, "#%s saknar konto eller värde.", s.text(s.label))
		return
	}
	if !digits(b) {
		s.find(verdict.Warn, "#%s gäller ett konto som inte är ett nummer: %s.", s.text(s.label), clip(s.text(b)))
		return
	}
	a, ok := s.accounts[string(b)]
	if !ok || a.index == 0 {
		return // an account that is not in the chart has nothing to be told of
	}
	set(&s.d.Accounts[a.index-1], s.text(v))
}

// balance reads #IB årsnr konto saldo [kvantitet], or with objects #OIB årsnr
// konto {objekt} saldo [kvantitet], or with a month #PSALDO årsnr period konto
// {objekt} saldo [kvantitet].
func (s *scanner) balance(kind BalanceKind) {
	l, k := &s.record, 1
	b := Balance{Kind: kind}
	year, ok := whole(l.at(0))
	b.Year = year
	if kind.period() {
		m, has := month(l.at(1))
		if k = 2; !has && len(l.fields) > 3 {
			if m, has = month(l.at(2)); has {
				s.find(verdict.Accept, "#%v har kontot före perioden; raden lästes omvänt.", kind)
				l.fields[1], l.fields[2] = l.fields[2], l.fields[1]
			}
		}
		b.Month, ok = m, ok && has
	}
	if !ok || len(l.at(k)) == 0 {
		s.find(verdict.Reject, "#%v har inget år, ingen period eller inget konto.", kind)
		return
	}
	b.Account = s.use(l.at(k))
	if k++; k < len(l.fields) && l.fields[k].list {
		b.Objects = s.objectList(l.fields[k].b)
		k++
	}
	b.Amount = s.amount(l.at(k))
	b.Quantity = s.quantity(l.at(k + 1))
	s.d.Balances = append(s.d.Balances, b)
}

func month(b []byte) (period.Month, bool) {
	n, ok := whole(b)
	if !ok || len(b) != 6 || n < 190000 || n%100 < 1 || n%100 > 12 {
		return period.Month{}, false
	}
	return period.Month{Year: n / 100, Month: time.Month(n % 100)}, true
}
