package payables

import (
	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/response"
	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// Table is where invoices live and how they move.
var Table = table()

func table() *flow.Table[Invoice] {
	t := flow.In(Life, "payables_invoice")
	t.Read, t.Calendar, t.Load = MayRead, calendar, load
	t.Item = func(v Invoice) flow.Item {
		item := flow.Item{Process: Process, Channel: v.Channel, Price: v.Price, Automated: v.Automated}
		if v.State == Returned && v.Lacks == NotOurs {
			item.Activity = ActivityNotOurs
		}
		return item
	}
	t.Do = map[string]func(*op.Op, *Invoice, form.Values) error{
		"code":     doCode,
		"complete": doComplete,
		"query":    doQuery,
		"answered": doComplete,
		"accept":   doAccept,
		"review":   doReview,
		"approve":  doApprove,
		"recode":   doRecode,
		"settle":   doSettle,
		"return":   doReturn,
		"refuse":   doRefuse,
		"move":     func(o *op.Op, v *Invoice, in form.Values) error { return doMove(o, t, v, in) },
		"propose":  doPropose,
		"release":  doRelease,
		"void":     doVoid,
		"stop":     doStop(StopHold),
		"dispute":  doStop(StopDispute),
		"go":       doGo,
		"agree":    doGo,
		"withhold": doWithhold,
		"account":  doChoose,
	}
	for _, s := range Life.Steps {
		if s.Counts != "" {
			t.Do[s.Name] = counted(t.Do[s.Name])
		}
	}
	return t
}

// counted is a step that leaves an event: the invoice keeps the day, so that the
// rows of a list are those that a figure counts.
func counted(do func(*op.Op, *Invoice, form.Values) error) func(*op.Op, *Invoice, form.Values) error {
	return func(o *op.Op, v *Invoice, in form.Values) error {
		if err := do(o, v, in); err != nil {
			return err
		}
		v.Handled = period.DateOf(o.Now)
		return nil
	}
}

func doCode(o *op.Op, v *Invoice, _ form.Values) error {
	if len(v.Coding) == 0 {
		*v = withSuggestion(*v)
		v.CodingNo++
	}
	v.CodedBy, v.Automated = o.Actor.ID, o.Actor.Kind == op.Automation
	if err := noteCoded(o, v); err != nil {
		return err
	}
	return resolveAccount(o, v)
}

// resolveAccount fills in where to pay as soon as there is one approved account.
func resolveAccount(o *op.Op, v *Invoice) (err error) {
	if v.Account == "" && v.Supplier != 0 {
		v.Scheme, v.Account, err = accountFor(o, v.Supplier)
	}
	return err
}

func doComplete(o *op.Op, v *Invoice, in form.Values) error {
	if ref := in.Text("reference"); ref != "" {
		v.Reference = ref
	}
	if err := settle(o, v, []Remedy{ByPhone}, FindingCompleted, in.Text("answer")); err != nil {
		return err
	}
	return resolveAccount(o, v)
}

func doAccept(o *op.Op, v *Invoice, in form.Values) error {
	return settle(o, v, []Remedy{Decide}, FindingAccepted, in.Text("reason"))
}

func approvalOf(o *op.Op, v *Invoice, step string, right approval.Authority) Approval {
	return Approval{Client: v.Client, ID: id.New[Approval](o), Invoice: v.ID, Step: step, Person: o.Actor.ID, Name: o.Actor.Name,
		Holder: right.For, HolderName: right.ForName, Authority: right.Row, Register: right.Register,
		Amount: v.Payable.Abs(), CodingNo: v.CodingNo, Supplier: v.Supplier, Issued: v.Issued, Day: period.DateOf(o.Now), At: o.Now}
}

func doReview(o *op.Op, v *Invoice, _ form.Values) error {
	right, err := reviewRight(o.Who, *v)
	if err != nil {
		return err
	}
	_, err = addApproval.Add(o, approvalOf(o, v, "review", right))
	return err
}

// doApprove stores the authority that the approval rested on, with the version
// of its register: a later change of the register makes nothing right or wrong
// afterwards.
func doApprove(o *op.Op, v *Invoice, _ form.Values) error {
	right, err := approveRight(o.Who, *v)
	if err != nil {
		return err
	}
	a := approvalOf(o, v, "approve", right)
	if _, err := addApproval.Add(o, a); err != nil {
		return err
	}
	if err := resolveAccount(o, v); err != nil {
		return err
	}
	if err := learn(o, v); err != nil {
		return err
	}
	if err := accept(o, v); err != nil {
		return err
	}
	return postCost(o, v)
}

func doRecode(o *op.Op, v *Invoice, _ form.Values) error {
	v.CodingNo++
	return dropApprovals(o, v)
}

// dropApprovals takes away what was approved, since coding or amount is another.
func dropApprovals(o *op.Op, v *Invoice) error {
	v.Approvals = nil
	_, err := voidApprovals.Do(o, v.Client, v.ID, o.Now)
	return err
}

// doRefuse sends an invoice back for what only a person can see.
func doRefuse(o *op.Op, v *Invoice, in form.Values) error {
	f := Finding{Client: v.Client, Invoice: v.ID, Code: Code(in.Text("cause")), State: FindingOpen}
	all := []Finding{f}
	if err := AddFindings(o, all...); err != nil {
		return err
	}
	v.Findings = append(v.Findings, all...)
	if err := doReturn(o, v, in); err != nil {
		return err
	}
	v.Lacks = f.Code
	return nil
}

func doReturn(o *op.Op, v *Invoice, in form.Values) error {
	name, from, err := sender(o, v.Client)
	if err != nil {
		return err
	}
	if err := writeLetter(o, v, name, from, in.Text("more")); err != nil {
		return err
	}
	if err := answer(o, v, response.Rejected, Because(*v), in.Text("more")); err != nil {
		return err
	}
	if err := settle(o, v, []Remedy{Return, ByPhone, Decide}, FindingReturned, ""); err != nil {
		return err
	}
	return reverse(o, v, "fakturan skickades tillbaka")
}

func doPropose(o *op.Op, v *Invoice, _ form.Values) error {
	v.ProposedBy = o.Actor.ID
	return nil
}

func doRelease(o *op.Op, v *Invoice, in form.Values) error {
	if err := clearAttached(o, v); err != nil {
		return err
	}
	if err := settle(o, v, []Remedy{Return}, FindingAccepted, in.Text("reason")); err != nil {
		return err
	}
	p, err := PostingsOf(o, v.Client, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	voucher := LiabilityVoucher(v, p, period.DateOf(o.Now))
	if voucher == nil {
		return nil
	}
	if err := ledger.Post(o, voucher); err != nil {
		return err
	}
	v.Liability = int64(voucher.ID)
	return nil
}

func doVoid(o *op.Op, v *Invoice, in form.Values) error {
	if err := dropApprovals(o, v); err != nil {
		return err
	}
	return reverse(o, v, "fakturan makulerades: "+in.Text("reason"))
}

// reverse takes the liability back in the ledger.
func reverse(o *op.Op, v *Invoice, reason string) error {
	if v.Liability == 0 {
		return nil
	}
	_, err := ledger.Reverse(o, v.Client, ledger.ID(v.Liability), period.DateOf(o.Now), reason)
	return err
}

// LiabilityVoucher is the posting of registration: the debt to the supplier
// against what nobody has approved yet. It is nil for an invoice on nothing.
func LiabilityVoucher(v *Invoice, p Postings, on period.Date) *ledger.Voucher {
	if v.Payable == 0 {
		return nil
	}
	return &ledger.Voucher{Client: v.Client, Series: Series, Date: on, Text: "Leverantörsfaktura " + v.Number + ", " + v.SupplierName,
		Kind: Life.Name, Document: int64(v.ID), Key: "payables.liability:" + v.ID.String(), Module: Process,
		Lines: []ledger.Line{
			{Line: coding.Line{Account: p.Pending, Amount: v.Payable}},
			{Line: coding.Line{Account: p.Liability, Amount: -v.Payable}, Subledger: Subledger, Ref: int64(v.ID)},
		}}
}

// CostVoucher is the posting of final approval: the cost where the coding says,
// the VAT as stated, and nothing left pending. VAT by reverse charge is owed and
// deducted at once: both sides are posted, or the returns would not show it. It is nil when there is nothing
// to post.
func CostVoucher(v *Invoice, p Postings, on period.Date) (*ledger.Voucher, error) {
	voucher := &ledger.Voucher{Client: v.Client, Series: Series, Date: on, Text: "Attesterad leverantörsfaktura " + v.Number + ", " + v.SupplierName,
		Kind: Life.Name, Document: int64(v.ID), Key: "payables.cost:" + v.ID.String(), Module: Process}
	add := func(l coding.Line) {
		if l.Amount != 0 {
			voucher.Lines = append(voucher.Lines, ledger.Line{Line: l})
		}
	}
	for _, l := range v.Coding {
		add(l)
	}
	prepaid, err := money.Sum(v.Payable, -v.Net, -v.VAT, -v.Rounding)
	if err != nil {
		return nil, err
	}
	add(coding.Line{Account: p.VAT, Amount: v.VAT})
	add(coding.Line{Account: p.VAT, Amount: v.ReverseTax, Text: "Omvänd betalningsskyldighet"})
	add(coding.Line{Account: p.Reverse, Amount: -v.ReverseTax, Text: "Omvänd betalningsskyldighet"})
	add(coding.Line{Account: p.Rounding, Amount: v.Rounding})
	add(coding.Line{Account: p.Prepaid, Amount: prepaid, Text: "Tidigare betalt"})
	add(coding.Line{Account: p.Pending, Amount: -v.Payable})
	if len(voucher.Lines) == 0 {
		return nil, nil
	}
	return voucher, nil
}

var (
	errFixed = fault.New(fault.Conflict, "PAY-021", "Konteringen kan inte ändras längre: fakturan är %s.")
	errOld   = fault.New(fault.Conflict, "PAY-022", "Någon annan har ändrat fakturan under tiden. Läs in sidan igen.")
)

// SetCoding stores another coding. What was reviewed falls, and the invoice
// stands to be reviewed again. The version is the one the person saw; 0 takes
// whatever is there.
func SetCoding(o *op.Op, key ID, version int64, lines []coding.Line, how string) (Invoice, error) {
	v, err := Table.Get(o, key)
	if err != nil {
		return v, err
	}
	if err := o.NeedIn(MayCode, v.Client, v.Unit); err != nil {
		return v, err
	}
	if version != 0 && version != v.Version {
		return v, errOld.Because("invoice %s: version %d, now %d", key, version, v.Version)
	}
	switch v.State {
	case Registered, Waiting, Queried:
	case Coded, Reviewed:
		v.State = Coded
		if err := dropApprovals(o, &v); err != nil {
			return v, err
		}
	default:
		return v, errFixed.With(Life.Word(v.State)).Because("invoice %s is %s", key, v.State)
	}
	if err := mistaken(o, &v, lines); err != nil {
		return v, err
	}
	v.Coding, v.CodingNo, v.CodedBy, v.CodedHow = lines, v.CodingNo+1, o.Actor.ID, how
	v.Automated = v.Automated && o.Actor.Kind == op.Automation
	if err := loadRefused(o, &v); err != nil {
		return v, err
	}
	if v.State == Coded {
		if err := CheckCoding(v); err != nil {
			return v, err
		}
	}
	return v, Table.Save(o, &v, "coding", describe(lines))
}

// Take hands an invoice to somebody who handles it, 0 for nobody.
func Take(o *op.Op, key ID, version int64, handler op.PersonID) error {
	v, err := Table.Get(o, key)
	if err != nil {
		return err
	}
	if err := o.NeedIn(MayHandle, v.Client, v.Unit); err != nil {
		return err
	}
	if version != 0 && version != v.Version {
		return errOld.Because("invoice %s: version %d, now %d", key, version, v.Version)
	}
	v.Handler = handler
	return Table.Save(o, &v, "handler", "")
}

// noteOf writes one line of history for a record of the registers.
func noteOf(o *op.Op, client op.ClientID, kind string, record int64, step, note string) error {
	return audit.Note(o, audit.Change{Client: client, Kind: kind, Record: record, Step: step, Note: note})
}
