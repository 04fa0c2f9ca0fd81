package payout

import (
	"fmt"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// Subledger is the name under which the books keep what each request owes, and
// the module that posts it.
const Subledger = "payout"

func doSend(o *op.Op, v *Request, _ form.Values) error {
	v.Sender, v.Unconfirmed, v.Reason = o.Actor.ID, !v.hasConfirmed(), ""
	v.touch(o.Actor.ID)
	return nil
}

func doConfirm(o *op.Op, v *Request, in form.Values) error {
	v.ConfirmedBy, v.Confirmed, v.ConfirmedHow, v.Unconfirmed = o.Actor.ID, o.Now, in.Text("how"), false
	return nil
}

func doDecide(o *op.Op, v *Request, in form.Values) error {
	v.DecidedBy, v.Decided = o.Actor.ID, in.Text("reason")
	return nil
}

func doReview(o *op.Op, v *Request, _ form.Values) error {
	v.State = Sent // as it was judged
	right, err := reviewRight(o.Who, *v)
	if err != nil {
		return err
	}
	v.State = Reviewed
	return keep(o, v, "review", right)
}

// doApprove stores the authority that the approval rested on, with the version of
// its register, and posts the debt.
func doApprove(o *op.Op, v *Request, _ form.Values) error {
	right, err := approveRight(o.Who, *v)
	if err != nil {
		return err
	}
	if err := keep(o, v, "approve", right); err != nil {
		return err
	}
	v.Approvals++
	account, err := liabilityOf(o, v.Client, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	voucher := debt(v, account, period.DateOf(o.Now))
	if err := ledger.Post(o, voucher); err != nil {
		return err
	}
	v.Liability = int64(voucher.ID)
	return nil
}

func keep(o *op.Op, v *Request, step string, right approval.Authority) error {
	_, err := addApproval.Add(o, Approval{Client: v.Client, ID: id.New[Approval](o), Request: v.ID, Step: step, Person: right.Person, Name: right.Name,
		Holder: right.For, HolderName: right.ForName, Amount: v.Amount, Authority: right.Row, Register: right.Register, PayeeOrg: v.PayeeOrg,
		Day: period.DateOf(o.Now), At: o.Now})
	return err
}

// debt is the posting of an approved request: the cost where the coding says
// against what is owed. It tells no private person's name, nor what was written
// on the lines of one: the books are read by many and given out as files.
func debt(v *Request, liability string, on period.Date) *ledger.Voucher {
	x := &ledger.Voucher{Client: v.Client, Series: series, Date: on, Text: "Utbetalning " + v.Number + ", " + v.outwardly(), Kind: Life.Name, Document: int64(v.ID),
		Key: fmt.Sprintf("payout.debt:%s:%d", v.ID, v.Approvals), Module: Subledger}
	for _, l := range v.Lines {
		if v.secrecy() > op.Open {
			l.Text = ""
		}
		x.Lines = append(x.Lines, ledger.Line{Line: l})
	}
	x.Lines = append(x.Lines, ledger.Line{Line: coding.Line{Account: liability, Amount: -v.Amount}, Subledger: Subledger, Ref: int64(v.ID)})
	return x
}

func doReturn(o *op.Op, v *Request, in form.Values) error {
	v.Reason = in.Text("reason")
	return takeBack(o, v, "underlaget skickades tillbaka")
}

func doChange(o *op.Op, v *Request, _ form.Values) error {
	return takeBack(o, v, "underlaget ändras")
}

func doVoid(o *op.Op, v *Request, in form.Values) error {
	v.Reason = in.Text("reason")
	return takeBack(o, v, "underlaget makulerades")
}

// takeBack lets fall what was confirmed, decided and approved, and takes the debt
// back in the books.
func takeBack(o *op.Op, v *Request, why string) error {
	forget(v)
	v.Held, v.Stop = nil, ""
	if _, err := voidApprovals.Do(o, v.Client, v.ID, o.Now); err != nil {
		return err
	}
	if v.Liability == 0 {
		return nil
	}
	_, err := ledger.Reverse(o, v.Client, ledger.ID(v.Liability), period.DateOf(o.Now), why)
	v.Liability = 0
	return err
}

func doStop(_ *op.Op, v *Request, in form.Values) error {
	v.Stop = in.Text("reason")
	return nil
}

func doGo(_ *op.Op, v *Request, _ form.Values) error {
	v.Stop = ""
	return nil
}
