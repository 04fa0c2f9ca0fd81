package payables

import (
	"time"

	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Code of a finding; stable, printed in letters and counted in statistics.
type Code string

// The findings.
const (
	NoReference    Code = "PAY-B01"
	NoSupplier     Code = "PAY-B02"
	NoDueDate      Code = "PAY-B03"
	SumsWrong      Code = "PAY-B04"
	TaxWrong       Code = "PAY-B05"
	FormWrong      Code = "PAY-B06"
	FormRemark     Code = "PAY-B07"
	NewSupplier    Code = "PAY-B08"
	OtherAccount   Code = "PAY-B09"
	NoFTax         Code = "PAY-B10"
	SameDayTwin    Code = "PAY-B11"
	SameOCRTwin    Code = "PAY-B12"
	SameNumber     Code = "PAY-B13"
	OtherCurrency  Code = "PAY-B14"
	ReverseCharge  Code = "PAY-B15"
	TaxDeviates    Code = "PAY-B16"
	CreditOfWhat   Code = "PAY-B17"
	Prepaid        Code = "PAY-B18"
	OtherRecipient Code = "PAY-B19"
	NumberWrong    Code = "PAY-B20"
	Blocked        Code = "PAY-B21"
	NoAccount      Code = "PAY-B22"
	SameAttachment Code = "PAY-B23"
	NotTaxed       Code = "PAY-B24"
	TaxOld         Code = "PAY-B25"
	Suspicious     Code = "PAY-B26"
	OrderExceeded  Code = "PAY-B27"
	Irregular      Code = "PAY-B28"
	ScanUnsure     Code = "PAY-B29"
	ScanLacks      Code = "PAY-B30"
	NotOurs        Code = "PAY-B31"
	NotOrdered     Code = "PAY-B32"
	NotDelivered   Code = "PAY-B33"
	WrongPrice     Code = "PAY-B34"
)

// Remedy says what may be done about a finding.
type Remedy string

// The remedies of the list of flexibility.
const (
	ByPhone Remedy = "phone"  // we call, note the answer and go on
	Return  Remedy = "return" // we send it back and say in writing all that is missing
	Decide  Remedy = "decide" // we decide ourselves and say why
	Inform  Remedy = "inform" // nothing to do; it is told
)

// Lack is a kind of finding: a line of the list of flexibility.
type Lack struct {
	Code    Code
	Heading string // Swedish: what is wrong
	Do      string // Swedish: the remedy, said to the one who handles
	Letter  string // Swedish: what the letter asks for; "" where a letter never does
	Remedy  Remedy
	Holds   bool   // the invoice is stopped before anything is posted
	Control string // the control that it fails; see Controls
	Place   string // what it points at on the document
}

// Controls are the controls that every invoice is put through, in the order
// that they are told, with the words for one that was passed.
var Controls = []struct{ Name, Passed string }{
	{"sums", "summor och moms"},
	{"account", "godkänt konto"},
	{"duplicate", "ingen dubblett"},
	{"ftax", "F-skatt"},
	{"recipient", "rätt mottagare"},
	{"supplier", "känd leverantör"},
	{"reference", "beställare"},
	{"currency", "svenska kronor"},
	{"due", "förfallodag"},
	{"credit", "kredit med grund"},
	{"form", "följer formatet"},
	{"signs", "inga tecken på bluff"},
	{"order", "stämmer med order och abonnemang"},
	{"scan", "säkert avläst"},
}

// Flexibility is the list of flexibility (smidighetslistan): what may be solved
// by phone, what goes back, what we decide ourselves.
//
// source: 000 s.13 (Förhållningssätt och lösningsinriktat arbetssätt)
var Flexibility = []Lack{
	{NoReference, "Det framgår inte vem som har beställt", "Ring kunden och fråga vem som har beställt. Smidighetslistan tillåter svar per telefon.",
		"Beställarens referens saknas eller är okänd. Ange den referenskod som beställaren har lämnat.", ByPhone, false, "reference", "reference"},
	{NoSupplier, "Leverantörens organisationsnummer saknas eller är fel", "Skicka tillbaka: utan rätt nummer vet vi inte vem som ska ha betalt.",
		"Organisationsnummer saknas eller är fel. Ange ert organisationsnummer på fakturan.", Return, true, "supplier", "seller"},
	{NoDueDate, "Förfallodag saknas", "Du behöver inte göra något. Kontor räknar 30 dagar från fakturadatum.",
		"", Inform, false, "due", "due"},
	{SumsWrong, "Summorna går inte ihop", "Skicka tillbaka: vi får inte rätta en leverantörs belopp.",
		"Summorna på fakturan går inte ihop. Kontrollera rader, rabatter, avgifter och totalsumma.", Return, false, "sums", "sums"},
	{TaxWrong, "Momsen stämmer inte med momssatsen", "Skicka tillbaka: momsen måste vara rätt för att få dras av.",
		"Momsen stämmer inte med underlaget. Kontrollera momssats, momsbelopp och momskategori.", Return, false, "sums", "tax"},
	{FormWrong, "Fakturan följer inte formatet", "Skicka tillbaka och ange vad som behöver rättas.",
		"Fakturan bryter mot reglerna för Peppol BIS Billing 3.", Return, false, "form", ""},
	{FormRemark, "Fakturan har en brist i formatet", "Du behöver inte göra något. Leverantören får veta det vid nästa kontakt.",
		"", Inform, false, "form", ""},
	{NewSupplier, "Leverantören är ny", "Kontrollera företaget och kontot innan du går vidare. Avgör själv och skriv vad du kontrollerade.",
		"", Decide, false, "supplier", "seller"},
	{OtherAccount, "Kontot är inte godkänt för leverantören", "Ring leverantören på ett nummer som vi redan har, aldrig det på fakturan. Kontot godkänns av två personer.",
		"Kontot på fakturan är inte det som vi har registrerat. Bekräfta vilket konto som gäller.", ByPhone, false, "account", "account"},
	{NoFTax, "Fakturan säger inte att leverantören har F-skatt", "Slå upp leverantören hos Skatteverket och skriv vad du fann.",
		"Uppgift om godkännande för F-skatt saknas.", Decide, false, "ftax", "seller"},
	{SameDayTwin, "Det finns en faktura till med samma belopp och datum", "Jämför fakturorna. Avgör själv och skriv varför de är olika.",
		"", Decide, false, "duplicate", "number"},
	{SameOCRTwin, "Det finns en faktura till med samma belopp och OCR-nummer", "Jämför fakturorna. Avgör själv och skriv varför de är olika.",
		"", Decide, false, "duplicate", "ocr"},
	{SameNumber, "Fakturan är en dubblett", "Jämför med den första. Makulera den, eller föreslå att den släpps; en annan person avgör.",
		"Fakturanumret har använts tidigare. Skicka en kreditfaktura eller ange ett nytt nummer.", Return, true, "duplicate", "number"},
	{OtherCurrency, "Fakturan är i annan valuta", "Skicka tillbaka och be om en faktura i svenska kronor.",
		"Fakturan är inte i svenska kronor.", Return, true, "currency", "total"},
	{ReverseCharge, "Fakturan har omvänd betalningsskyldighet", "Kontrollera att det gäller det här köpet och avgör själv. Momsen räknas av oss.",
		"", Decide, false, "sums", "tax"},
	{TaxDeviates, "Momsen avviker någon krona från den beräknade", "Du behöver inte göra något. Kontor bokför den moms som står på fakturan.",
		"", Inform, false, "sums", "tax"},
	{CreditOfWhat, "Kreditfakturan säger inte vad den krediterar", "Ring leverantören och fråga vilken faktura som avses.",
		"Kreditfakturan saknar uppgift om vilken faktura den avser.", ByPhone, false, "credit", "number"},
	{Prepaid, "En del är redan betald enligt fakturan", "Kontrollera betalningen och avgör själv.",
		"", Decide, false, "sums", "total"},
	{OtherRecipient, "Adressen och referensen pekar på olika kunder", "Referensen avgör. Kontrollera att fakturan hamnat rätt och avgör själv.",
		"", Decide, false, "recipient", "buyer"},
	{NumberWrong, "Kontonumret har fel kontrollsiffra", "Ring leverantören på ett nummer som vi redan har och fråga efter rätt nummer.",
		"Bankgiro- eller plusgironumret på fakturan är felaktigt.", ByPhone, false, "account", "account"},
	{Blocked, "Leverantören är spärrad", "Betala inte. Bestrid fakturan skriftligt och skicka tillbaka den.",
		"Vi bestrider fakturan i sin helhet. Ingen beställning finns.", Return, true, "supplier", "seller"},
	{NoAccount, "Fakturan saknar konto att betala till", "Ring leverantören och fråga vilket av deras konton som gäller.",
		"Uppgift om bankgiro, plusgiro eller bankkonto saknas.", ByPhone, false, "account", "account"},
	{SameAttachment, "Samma bilaga har kommit förut", "Jämför med den första: en papperskopia är vanligast. Makulera den, eller föreslå att den släpps; en annan person avgör.",
		"Samma dokument har redan skickats med en annan faktura. Skicka en kreditfaktura eller förklara skillnaden.", Return, true, "duplicate", "number"},
	{NotTaxed, "Leverantören har inte F-skatt enligt registret", "Skatt ska dras från ersättning för arbete när fakturan betalas, vad som än står på den. Avgör själv och skriv vad fakturan gäller.",
		"Enligt Skatteverket är ni inte godkända för F-skatt. Vi drar skatt från ersättning för arbete.", Decide, false, "ftax", "seller"},
	{TaxOld, "F-skatten är inte kontrollerad på länge", "Slå upp leverantören hos Skatteverket och skriv dagen på leverantörens sida.",
		"", Inform, false, "ftax", "seller"},
	{Suspicious, "Flera tecken på att något är fel", "Läs tecknen. Fråga den som ska ha beställt innan du går vidare. Avgör själv och skriv vad du fick veta.",
		"Vi känner inte till någon beställning. Ange vem som har beställt, när och vad.", Decide, false, "signs", "seller"},
	{OrderExceeded, "Fakturan är större än vad som är kvar av ordern", "Fråga den som har beställt om resten ska betalas. Avgör själv och skriv svaret.",
		"Fakturan är högre än ordern. Ange vad som har tillkommit.", Decide, false, "order", "order"},
	{Irregular, "Fakturan avviker från abonnemanget", "Jämför med tidigare fakturor och fråga den som har avtalet. Avgör själv och skriv svaret.",
		"Beloppet eller perioden avviker från avtalet. Förklara skillnaden.", Decide, false, "order", "object"},
	{ScanUnsure, "Inskanningen är osäker på några uppgifter", "Jämför uppgifterna med bilden. Avgör själv och skriv vad du rättade.",
		"", Decide, false, "scan", "scan"},
	{ScanLacks, "Uppgifter saknas i inskanningen", "Läs dem på bilden. Avgör själv och skriv vad som stod där.",
		"", Decide, false, "scan", "scan"},
	// What only a person can see: the step that refuses an invoice names one of them.
	{NotOurs, "Fakturan är inte till oss", "Skicka tillbaka: ingen av våra kunder ska ha den.",
		"Fakturan är ställd till fel mottagare. Skicka den till den som har beställt.", Return, false, "recipient", "buyer"},
	{NotOrdered, "Kunden har inte beställt det här", "Skicka tillbaka: leverantören ska visa vem som har beställt, eller kreditera.",
		"Vi har ingen beställning som motsvarar fakturan. Kreditera den, eller ange vem som har beställt, när och vad.", Return, false, "order", "seller"},
	{NotDelivered, "Varan eller tjänsten har inte kommit", "Skicka tillbaka: det som inte har kommit betalas inte.",
		"Det som fakturan gäller har inte levererats, eller bara delvis. Fakturera när allt har kommit.", Return, false, "order", ""},
	{WrongPrice, "Priset är inte det som är avtalat", "Skicka tillbaka: leverantören ska rätta priset.",
		"Priset stämmer inte med det som är avtalat. Skicka en rättad faktura.", Return, false, "order", ""},
}

var lacks = func() map[Code]Lack {
	m := make(map[Code]Lack, len(Flexibility))
	for _, l := range Flexibility {
		m[l.Code] = l
	}
	return m
}()

// LackOf is the line of the list of flexibility with a code.
func LackOf(c Code) Lack { return lacks[c] }

// States of a finding.
const (
	FindingOpen      = "open"
	FindingCompleted = "completed" // answered by the client or the supplier
	FindingAccepted  = "accepted"  // decided by us
	FindingReturned  = "returned"  // asked for in a letter
)

// Finding is one thing that one invoice lacks.
type Finding struct {
	Client  op.ClientID
	ID      id.ID[Finding]
	Invoice ID
	Code    Code
	Seen    string // Swedish: what stood in the document
	State   string
	Answer  string
	By      op.PersonID
	At      time.Time
}

// Open reports whether the finding still asks for something.
func (f Finding) Open() bool { return f.State == FindingOpen && lacks[f.Code].Remedy != Inform }

// firstOpen is the code that lists show: what holds before what is phoned for,
// and that before what we decide.
func firstOpen(findings []Finding) Code {
	best, rank := Code(""), 99
	for _, f := range findings {
		if !f.Open() {
			continue
		}
		l := lacks[f.Code]
		r := map[Remedy]int{Return: 1, ByPhone: 2, Decide: 3}[l.Remedy]
		if l.Holds {
			r = 0
		}
		if r < rank {
			best, rank = f.Code, r
		}
	}
	return best
}
