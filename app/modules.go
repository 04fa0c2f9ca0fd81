package app

import (
	"slices"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/improve/complaint"
	"kontor/kernel/module"
	"kontor/process/approving"
	"kontor/process/generalledger"
	"kontor/process/payables"
	"kontor/process/payables/claim"
	"kontor/process/payables/intake"
	"kontor/process/payables/onboarding"
	"kontor/process/payables/reply"
	"kontor/process/payout"
	"kontor/promise/agreement"
	"kontor/promise/approval"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
	"kontor/prove/charging"
	"kontor/prove/indicator"
	tertial "kontor/prove/report"
)

// approvers is the queue of everything that clients approve on its own page.
func approvers() *approving.Desk { return approving.New(payables.Approvals(), payout.Approvals()) }

// Modules is the whole program. What is shown is put in order by the modules'
// own words.
func Modules() []module.Module {
	all := []module.Module{
		organisation.Module(), client.Module(claim.About(), payables.AboutMisplaced()), catalogue.Module(), leadtime.Module(), agreement.Module(), approval.Module(),
		coding.Module(), statute.Module(), ledger.Module(), generalledger.Module(),
		payables.Module(), intake.Module(), reply.Module(), claim.Module(), onboarding.Module(), payout.Module(), payments().Module(), approvers().Module(),
		charging.Module(), indicator.Module(), tertial.Module(),
		complaint.Module(),
	}
	return slices.Insert(all, 0, kernelModule(all))
}
