package generalledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/money"
)

// Position is what stands on one whole code string.
type Position = ledger.Position

// Difference is where a loaded opening balance and the books' own closing of
// the year before do not agree.
type Difference struct {
	Position    // Amount is the difference: file less books
	File, Books money.Amount
}

// What can be wrong with opening balances; compare with errors.Is.
var (
	ErrOpeningFile = fault.New(fault.Invalid, "GEN-030",
		"Rad %d går inte att läsa: %s. Rätta filen och läs in den igen; ingenting är inläst.")
	ErrOpeningSum = fault.New(fault.Invalid, "GEN-031",
		"De ingående balanserna summerar till %s kr och ska bli noll. Rätta filen och läs in den igen; ingenting är inläst.")
	ErrOpeningKind = fault.New(fault.Invalid, "GEN-032",
		"Konto %s är inget balanskonto. Bara tillgångar och skulder har ingående balans; för årets resultat till eget kapital först.")
	ErrOpeningControl = fault.New(fault.Invalid, "GEN-033",
		"Konto %s summerar en reskontra. Ange ett interimskonto, så hamnar beloppet där tills reskontrans öppna poster har lästs in.")
	ErrOpeningBooks = fault.New(fault.Conflict, "GEN-034",
		"Filen stämmer inte med bokslutet %d: %d koder skiljer. Se listan, rätta det som är fel och skriv en förklaring om skillnaden ska bokföras.")
	ErrOpeningResult = fault.New(fault.Conflict, "GEN-035",
		"Resultatet före %d, %s kr, är inte fört till eget kapital i böckerna. Bokför bokslutet först och läs sedan in filen igen.")
)

// the headings of a file with opening balances, and what they are called in it.
var openingColumns = map[string]func(*Position) *string{
	"konto":      func(p *Position) *string { return &p.Account },
	"ansvar":     func(p *Position) *string { return &p.Unit },
	"verksamhet": func(p *Position) *string { return &p.Activity },
	"projekt":    func(p *Position) *string { return &p.Project },
	"motpart":    func(p *Position) *string { return &p.Counterpart },
	"objekt":     func(p *Position) *string { return &p.Object },
}

// ReadOpening reads opening balances as CSV: a row of headings, among them
// konto and belopp, then a row for each code string; semicolon, comma or tab
// between, UTF-8. The sum is nought. Rows with the same code are added.
func ReadOpening(b []byte) ([]Position, error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return nil, ErrOpeningFile.With(1, "filen är inte UTF-8")
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(b), -1, true
	head, err := r.Read()
	if err != nil {
		return nil, ErrOpeningFile.With(1, "rubrikraden saknas").Because("%w", err)
	}
	set := make([]func(*Position) *string, len(head))
	account, amount := -1, -1
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(h))
		set[i] = openingColumns[h]
		switch h {
		case "konto":
			account = i
		case "belopp", "ingående balans", "ib":
			amount = i
		}
	}
	if account < 0 || amount < 0 {
		return nil, ErrOpeningFile.With(1, "rubrikerna konto och belopp behövs")
	}
	var all []Position
	for {
		row, err := r.Read()
		line, _ := r.FieldPos(0)
		switch {
		case errors.Is(err, io.EOF):
			return summed(all)
		case err != nil:
			return nil, ErrOpeningFile.With(lineOf(err, line), "citattecknen stämmer inte").Because("%w", err)
		case strings.Join(row, "") == "":
			continue
		case len(row) <= max(account, amount):
			return nil, ErrOpeningFile.With(line, "raden har för få fält")
		}
		var p Position
		for i, field := range row {
			if i < len(set) && set[i] != nil {
				*set[i](&p) = strings.Clone(strings.TrimSpace(field))
			}
		}
		if p.Account == "" {
			return nil, ErrOpeningFile.With(line, "konto saknas")
		}
		if p.Amount, err = money.Parse(row[amount]); err != nil {
			return nil, ErrOpeningFile.With(line, "beloppet är inget belopp").Because("%w", err)
		}
		all = append(all, p)
	}
}

func lineOf(err error, line int) int {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return p.Line
	}
	return line
}

// separator is what stands most often in the first line.
func separator(b []byte) rune {
	first, _, _ := bytes.Cut(b, []byte("\n"))
	best, most := ';', 0
	for _, c := range []rune{';', '\t', ','} {
		if n := bytes.Count(first, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// summed adds rows of the same code and holds the sum to nought, exactly.
func summed(all []Position) ([]Position, error) {
	all, sum, err := ledger.Merge(all)
	if err == nil && sum != 0 {
		err = ErrOpeningSum.With(sum)
	}
	return all, err
}

// placed moves what stands on control accounts to the interim account, since
// only the subledger may post there. What the subledger has posted already has
// been taken from the interim account by it. Without an interim account nothing
// is moved.
func placed(p *coding.Plan, all []Position, interim string) ([]Position, error) {
	out := make([]Position, 0, len(all))
	for _, x := range all {
		if interim != "" && p.Control(x.Account) != "" {
			x = Position{Account: interim, Amount: x.Amount}
		}
		out = append(out, x)
	}
	out, _, err := ledger.Merge(out)
	return out, err
}

// Differences are the codes on which the file and the books disagree, by code.
// Both are sorted and have each code once.
func Differences(file, books []Position) []Difference {
	var all []Difference
	add := func(p Position, f, b money.Amount) {
		if f != b {
			p.Amount = f - b
			all = append(all, Difference{p, f, b})
		}
	}
	for len(file) > 0 || len(books) > 0 {
		switch {
		case len(books) == 0 || len(file) > 0 && file[0].Compare(&books[0]) < 0:
			add(file[0], file[0].Amount, 0)
			file = file[1:]
		case len(file) == 0 || file[0].Compare(&books[0]) > 0:
			add(books[0], 0, books[0].Amount)
			books = books[1:]
		default:
			add(file[0], file[0].Amount, books[0].Amount)
			file, books = file[1:], books[1:]
		}
	}
	return all
}
