package approval

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// Known is a person as a list names one.
type Known struct {
	ID    op.PersonID
	Name  string
	Email string
}

var csvHead = []string{"namn", "e-post", "rätt", "ansvar", "verksamhet", "projekt", "konto", "högst", "från", "till", "överordnad"}

// WriteCSV writes rows as the committee's list, with semicolons as the
// spreadsheets of the country want.
func WriteCSV(rows []Row, persons map[op.PersonID]Known) []byte {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.Comma, w.UseCRLF = ';', true
	_ = w.Write(csvHead) // a buffer refuses nothing
	for _, r := range rows {
		_ = w.Write([]string{text.Cell(r.Name), text.Cell(persons[r.Person].Email), r.Kind.Word(), string(r.Units), string(r.Activities), string(r.Projects), string(r.Accounts),
			r.Most.Plain(), dateOrNone(r.ValidFrom), dateOrNone(r.ValidTo), text.Cell(persons[r.Superior].Email)})
	}
	w.Flush()
	return b.Bytes()
}

func dateOrNone(d period.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// The bounds of a list that is read in.
const (
	csvMost = 1 << 20 // bytes
	rowMost = 5000
)

var errList = fault.New(fault.Invalid, "APV-030", "Listan kan inte läsas in: %s Ingen rad har ändrats.")

// ReadCSV reads the committee's list: every row, or what is wrong with each.
// Persons are found by mail address, else by a name that only one has.
func ReadCSV(b []byte, persons []Known) ([]Row, error) {
	if len(b) > csvMost {
		return nil, errList.With("den är större än 1 MB.")
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		var err error
		if b, err = charmap.Windows1252.NewDecoder().Bytes(b); err != nil {
			return nil, errList.With("teckenkodningen är okänd.").Because("%w", err)
		}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ';', -1, true
	if first, _, _ := bytes.Cut(b, []byte("\n")); bytes.Count(first, []byte(";")) < bytes.Count(first, []byte(",")) {
		r.Comma = ','
	}
	head, err := r.Read()
	if err != nil {
		return nil, errList.With("den är tom.").Because("%w", err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	if _, ok := at["högst"]; !ok || at["namn"] == at["e-post"] {
		return nil, errList.With("första raden ska vara " + strings.Join(csvHead, ";") + ".")
	}
	var rows []Row
	var wrong []string
	for n := 2; ; n++ {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil || n > rowMost {
			return nil, errList.With(fmt.Sprintf("rad %d går inte att läsa.", n)).Because("%v", err)
		}
		cell := func(key string) string {
			if i, ok := at[key]; ok && i < len(record) {
				return strings.TrimPrefix(strings.TrimSpace(record[i]), "'")
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		row, err := readRow(cell, persons)
		if err != nil {
			if wrong = append(wrong, fmt.Sprintf("rad %d: %s", n, fault.Of(err).Say())); len(wrong) == 10 {
				break
			}
		}
		rows = append(rows, row)
	}
	if wrong != nil {
		return nil, errList.With(strings.Join(wrong, " "))
	}
	return rows, nil
}

var (
	errUnknown = fault.New(fault.Invalid, "APV-031", "%s finns inte bland personerna, eller är flera.")
	errKind    = fault.New(fault.Invalid, "APV-032", "rätten ska vara sakgranska eller attestera.")
	errMost    = fault.New(fault.Invalid, "APV-033", "%s är inget belopp.")
	errDate    = fault.New(fault.Invalid, "APV-034", "%s är inget datum.")
)

func readRow(cell func(string) string, persons []Known) (r Row, err error) {
	who, ok := find(persons, cell("e-post"), cell("namn"))
	if !ok {
		return r, errUnknown.With(strings.TrimSpace(cell("namn") + " " + cell("e-post")))
	}
	r.Person, r.Name = who.ID, who.Name
	switch strings.ToLower(cell("rätt")) {
	case "attestera", "beslutsattest", "attest", "":
		r.Kind = Final
	case "sakgranska", "sakgranskning", "mottagningsattest":
		r.Kind = Review
	default:
		return r, errKind
	}
	for _, x := range []struct {
		key string
		to  *Pattern
	}{{"ansvar", &r.Units}, {"verksamhet", &r.Activities}, {"projekt", &r.Projects}, {"konto", &r.Accounts}} {
		if *x.to, err = ParsePattern(cell(x.key)); err != nil {
			return r, err
		}
	}
	if r.Most, err = money.Parse(cell("högst")); err != nil || r.Most <= 0 {
		return r, errMost.With(cell("högst"))
	}
	for _, x := range []struct {
		key string
		to  *period.Date
	}{{"från", &r.ValidFrom}, {"till", &r.ValidTo}} {
		if s := cell(x.key); s != "" {
			if *x.to, err = period.ParseDate(s); err != nil {
				return r, errDate.With(s)
			}
		}
	}
	if s := cell("överordnad"); s != "" {
		above, ok := find(persons, s, s)
		if !ok {
			return r, errUnknown.With(s)
		}
		r.Superior = above.ID
	}
	return r, nil
}

func find(persons []Known, email, name string) (Known, bool) {
	if i := slices.IndexFunc(persons, func(p Known) bool { return email != "" && strings.EqualFold(p.Email, email) }); i >= 0 {
		return persons[i], true
	}
	var found []Known
	for _, p := range persons {
		if name != "" && strings.EqualFold(p.Name, name) {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return Known{}, false
	}
	return found[0], true
}
