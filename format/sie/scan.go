package sie

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"kontor/format/verdict"
	"kontor/kernel/period"
)

const (
	lineMost  = 64 << 10 // bytes; a longer one is no record
	sameMost  = 5        // findings of one kind that are told one by one
	wordsMost = 1 << 16  // texts that are kept once for many rows
	wordMost  = 48

	accountsMost = 1 << 17 // more are no chart of accounts
)

// Read reads a whole file.
func Read(b []byte) *Document {
	// A voucher with two rows is longer than 64 bytes: a file that is nothing but
	// labels does not get memory for as many vouchers.
	kept := make([]Voucher, 0, min(bytes.Count(b, []byte("#VER")), len(b)/64))
	var slab []Posting
	d, err := Scan(bytes.NewReader(b), func(v *Voucher) error {
		k := *v
		if len(slab)+len(k.Postings) > cap(slab) {
			slab = make([]Posting, 0, max(slabSize, len(k.Postings)))
		}
		from := len(slab)
		slab = append(slab, k.Postings...)
		k.Postings = slab[from:len(slab):len(slab)]
		k.Changes = slices.Clone(k.Changes)
		kept = append(kept, k)
		return nil
	})
	if err != nil {
		// Bytes in memory can always be read.
		panic(err)
	}
	if len(kept) > 0 {
		d.Vouchers = kept
	}
	return d
}

// slabSize is how many postings of different vouchers are allocated at once.
const slabSize = 1 << 10

// Scan reads a file and hands over each voucher when it is complete; each may
// be nil. A voucher and its rows are good until that function returns. The
// document that is returned has everything but the vouchers, and nothing of the
// file may be used before its verdict is known: a file that ends too early is
// rejected at its end. The error is one of r, or of each; what is wrong with the
// file is in its findings.
func Scan(r io.ReadSeeker, each func(*Voucher) error) (*Document, error) {
	s := &scanner{
		d: &Document{}, each: each,
		objects: map[string][]ObjectCode{}, words: map[string]string{}, accounts: map[string]account{},
		last: map[string]int{}, alike: map[string]int{}, seen: map[string]bool{},
	}
	buf := make([]byte, lineMost)
	encoding, err := detect(r, buf)
	if errors.Is(err, errUTF16) {
		s.find(verdict.Reject, "Filen är skriven i UTF-16, som SIE inte tillåter. Be avsändaren skriva den i CP437 (PC8).")
		return s.d, nil
	}
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, err
	}
	s.d.Encoding = encoding
	if err := s.lines(bufio.NewReaderSize(r, lineMost)); err != nil {
		return nil, err
	}
	s.end()
	return s.d, nil
}

// place is where in a voucher the reader stands.
type place uint8

const (
	outside place = iota
	headed        // after #VER
	within        // between its braces
	skipped       // between the braces of a label that is unknown
)

// account is what is known of an account number.
type account struct {
	number string
	index  int // in the chart, from 1; 0: not there
	used   bool
}

// group is findings that differ only in their details.
type group struct {
	n     int
	level verdict.Level
	first string
}

type scanner struct {
	before  string // the text that was made last
	d       *Document
	each    func(*Voucher) error
	n       int // line
	record  line
	list    line
	scratch []byte
	label   []byte
	place   place
	v       Voucher
	unknown bool // the record before was of an unknown label
	added   bool // the row before was #RTRANS, and its #TRANS must follow
	known   int  // records of known labels

	objects  map[string][]ObjectCode
	words    map[string]string
	accounts map[string]account
	last     map[string]int // highest voucher number by series
	seen     map[string]bool
	alike    map[string]int // findings by format, as an index of groups from 1
	groups   []group

	summing     bool
	closed      bool // the sum has ended
	began       int  // line of the first #KSUMMA
	crc, crcPC8 uint32
}

// find notes something odd about the present line.
func (s *scanner) find(level verdict.Level, format string, args ...any) {
	s.findAt(s.n, level, format, args...)
}

func (s *scanner) findAt(n int, level verdict.Level, format string, args ...any) {
	k := s.alike[format]
	if k == 0 {
		s.groups = append(s.groups, group{level: level, first: fmt.Sprintf(format, args...)})
		k = len(s.groups)
		s.alike[format] = k
	}
	g := &s.groups[k-1]
	if g.n++; g.n <= sameMost {
		s.d.Findings = append(s.d.Findings, Finding{Level: level, Line: n, Text: fmt.Sprintf(format, args...)})
	}
}

func (s *scanner) lines(r *bufio.Reader) error {
	for {
		b, err := r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			s.n++
			s.find(verdict.Reject, "Raden är längre än %d tecken och är ingen SIE-post.", lineMost)
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		last := err != nil
		if s.n == 0 {
			b = bytes.TrimPrefix(b, []byte(bom))
		}
		if len(b) > 0 {
			if err := s.physical(bytes.TrimRight(b, "\r\n \t\x1a")); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// physical reads what stands between two line feeds; files of old Macintoshes
// have carriage returns inside.
func (s *scanner) physical(b []byte) error {
	for {
		k := bytes.IndexByte(b, '\r')
		if k < 0 {
			return s.one(b)
		}
		if err := s.one(b[:k]); err != nil {
			return err
		}
		b = b[k+1:]
	}
}

func (s *scanner) one(b []byte) error {
	s.n++
	for len(b) > 0 && blank(b[0]) {
		b = b[1:]
	}
	if len(b) == 0 {
		return nil
	}
	switch b[0] {
	case '#':
		k := 1
		for k < len(b) && !blank(b[k]) && b[k] != '{' && b[k] != '"' {
			k++
		}
		s.label = b[1:k]
		s.record.split(b[k:])
		return s.handle()
	case '{':
		s.enter()
	case '}':
		return s.leave()
	default:
		if s.known == 0 && b[0] == '<' {
			s.seen["<"] = true
		}
		s.find(verdict.Warn, "Raden börjar inte med # och lästes inte.")
	}
	return nil
}

func (s *scanner) enter() {
	switch {
	case s.place == headed:
		s.place = within
	case s.place == outside && s.unknown:
		s.place = skipped
	default:
		s.find(verdict.Reject, "Raden { hör inte till någon verifikation.")
	}
}

func (s *scanner) leave() error {
	switch s.place {
	case within:
		return s.close()
	case skipped:
		s.place = outside
	default:
		s.find(verdict.Reject, "Raden } hör inte till någon verifikation.")
	}
	return nil
}

// handle reads one record.
func (s *scanner) handle() error {
	if s.place == skipped {
		return nil
	}
	unfinished := s.place == headed || s.place == within && !row(s.label)
	if unfinished && (known(string(s.label)) || s.place == headed) {
		s.findAt(s.v.Line, verdict.Reject, "Verifikation %s har inget slut: } saknas före rad %d.", s.v.name(), s.n)
		s.place = outside
	}
	if s.summing && string(s.label) != "KSUMMA" {
		s.sum()
	}
	if s.closed && known(string(s.label)) {
		s.find(verdict.Reject, unsummed)
	}
	if s.record.broken {
		s.find(verdict.Warn, "Ett citattecken saknar sin andra hälft (#%s).", s.text(s.label))
	}
	s.unknown = false
	switch string(s.label) {
	case "TRANS":
		s.known++
		s.posting(0)
	case "RTRANS":
		s.posting('R')
	case "BTRANS":
		s.posting('B')
	case "VER":
		s.known++
		s.voucher()
	case "KSUMMA":
		s.checksum()
	default:
		read, ok := records[string(s.label)]
		if !ok {
			s.unknown = true
			s.d.Totals.Ignored++
			return nil
		}
		s.known++
		s.seen[string(s.label)] = true
		read(s)
	}
	return nil
}

func row(label []byte) bool {
	switch string(label) {
	case "TRANS", "RTRANS", "BTRANS":
		return true
	}
	return false
}

func known(label string) bool {
	_, ok := records[label]
	return ok || label == "VER" || label == "KSUMMA"
}

const unsummed = "Poster står utanför kontrollsumman och kan ha lagts till efteråt. Be avsändaren om en ny fil."

// checksum begins or ends what #KSUMMA sums.
func (s *scanner) checksum() {
	if len(s.record.fields) == 0 {
		if s.known > 0 {
			s.find(verdict.Reject, unsummed)
		}
		s.summing, s.began = true, s.n
		s.crc, s.crcPC8 = 0, 0
		return
	}
	if !s.summing {
		s.find(verdict.Warn, "#KSUMMA avslutar en kontrollsumma som aldrig började; den kunde inte prövas.")
		return
	}
	s.summing, s.closed = false, true
	said := string(s.record.at(0))
	for _, crc := range [...]uint32{s.crc, s.crcPC8} {
		if said == fmt.Sprint(crc) || said == fmt.Sprint(int32(crc)) {
			s.d.Summed = true
			return
		}
	}
	s.find(verdict.Reject, "Kontrollsumman stämmer inte: filen säger %s men dess innehåll ger %d. Den har ändrats sedan den skrevs. Be avsändaren om en ny.",
		clip(s.text(s.record.at(0))), s.crcPC8)
}

// sum adds the record to the checksum: its label and its fields, without blanks,
// quotes and braces. The sum is meant to be of CP437; a program that writes
// another encoding may sum what it writes.
func (s *scanner) sum() {
	s.scratch = append(append(s.scratch[:0], '#'), s.label...)
	for _, f := range s.record.fields {
		if !f.list {
			s.scratch = append(s.scratch, f.b...)
			continue
		}
		s.list.split(f.b)
		for _, inner := range s.list.fields {
			s.scratch = append(s.scratch, inner.b...)
		}
	}
	s.crc = crc32.Update(s.crc, crc32.IEEETable, s.scratch)
	if s.d.Encoding == CP437 {
		s.crcPC8 = s.crc
		return
	}
	pc8, _ := encode(nil, string(s.d.Encoding.decode(nil, s.scratch)))
	s.crcPC8 = crc32.Update(s.crcPC8, crc32.IEEETable, pc8)
}

// lost is the character that programs write for those they could not read.
var lost = []byte("\ufffd")

// text is b as text. Texts that come back are kept once.
func (s *scanner) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if !ascii(b) {
		s.scratch = s.d.Encoding.decode(s.scratch[:0], b)
		b = s.scratch
		if bytes.Contains(b, lost) {
			s.find(verdict.Warn, "Tecken har gått förlorade innan filen kom hit: %s.", clip(string(b)))
		}
	}
	if string(b) == s.before {
		return s.before
	}
	w, ok := s.words[string(b)]
	if ok {
		return w
	}
	w = string(b)
	s.before = w
	if len(w) <= wordMost && len(s.words) < wordsMost {
		s.words[w] = w
	}
	return w
}

// day reads a date that the file can do without.
func (s *scanner) day(b []byte, what string) period.Date {
	d, how := date(b)
	switch how {
	case badly:
		s.find(verdict.Warn, "%s är skrivet som %s; datum ska ha åtta siffror, ååååmmdd. Det lästes som %v.", what, clip(s.text(b)), d)
	case absurd:
		s.find(verdict.Warn, "%s kan inte läsas: %s.", what, clip(s.text(b)))
	}
	return d
}

// clip is s short enough for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s), "?")
}
