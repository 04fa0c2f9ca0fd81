package demo

import (
	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/improve/complaint"
	"kontor/kernel/job"
	"kontor/kernel/module"
	"kontor/process/generalledger"
	"kontor/process/payables"
	"kontor/process/payables/claim"
	"kontor/process/payout"
	"kontor/process/treasury"
	"kontor/promise/agreement"
	"kontor/promise/approval"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
	"kontor/prove/charging"
)

// modules are those that the city is built of.
func modules() []module.Module {
	return []module.Module{
		organisation.Module(), client.Module(), approval.Module(), catalogue.Module(), agreement.Module(), leadtime.Module(), coding.Module(),
		ledger.Module(), generalledger.Module(), statute.Module(), payables.Module(), payout.Module(), treasury.New(payables.PaymentSource(), payout.PaymentSource()).Module(), approvers().Module(), claim.Module(), charging.Module(), complaint.Module(),
	}
}

func jobs() (all []job.Kind) {
	for _, m := range modules() {
		all = append(all, m.Jobs...)
	}
	return all
}
