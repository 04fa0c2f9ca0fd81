package app

import (
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/role"
)

// The roles of the office, its clients and those who look at it.
//
// source: 001 s.7 (ekonomiadministratör, redovisningsekonom, systemförvaltare); 000 s.18 (roller)
const (
	Assistant           role.Name = "assistant"
	Accountant          role.Name = "accountant"
	SystemAdministrator role.Name = "sysadmin"
	UnitManager         role.Name = "unitmanager"
	HeadOfOperations    role.Name = "head"
	Approver            role.Name = "approver"
	ContactPerson       role.Name = "contact"
	Controller          role.Name = "controller"
	Auditor             role.Name = "auditor"
	DigitalCoworker     role.Name = "automation"
)

// known is what everybody with an account may see: who the clients are, what is
// promised to them, what it costs.
var known = []op.Permission{"client.read", "organisation.read", "catalogue.read", "agreement.read", "leadtime.read", "approval.read", mayCheck}

// figures is what opens a figure down to its rows.
var figures = []op.Permission{"work.read", "indicator.read", "report.read", "charging.read"}

// ledgers is reading what has been posted.
var ledgers = []op.Permission{"coding.read", "statute.read", "ledger.read", "generalledger.read"}

func may(groups ...[]op.Permission) []op.Permission {
	all := slices.Concat(groups...)
	slices.Sort(all)
	return slices.Compact(all)
}

// Roles says what each role may do. For which clients is said where the role is
// given to a person. No role of the office approves, and no role of a client
// releases what the office has stopped.
var Roles = role.Matrix{
	{Name: Assistant, Title: "Ekonomiadministratör", About: "Handlägger dagens kö: konterar, kompletterar, skickar tillbaka och svarar.",
		Permissions: may(known, figures, ledgers, []op.Permission{"generalledger.write", "reply.read", "reply.send", "payables.read", "payables.handle", "payables.code", "payables.return",
			"payables.import", "treasury.read", "complaint.read", "complaint.handle", "payout.read", "payout.write", "payout.check"})},
	{Name: Accountant, Title: "Redovisningsekonom", About: "Stämmer av, stänger perioder, vårdar register och makulerar.",
		Permissions: may(known, figures, ledgers, []op.Permission{"approval.write", "generalledger.write", "generalledger.reverse", "generalledger.load", "generalledger.publish", "reply.read", "reply.send", "payables.read", "payables.handle", "payables.code", "payables.return",
			"payables.import", "payables.release", "payables.void", "payables.register", "payables.pay", "treasury.read", "treasury.handle", "treasury.urgent", "statute.write", "coding.write", "ledger.lock", "ledger.reopen",
			"charging.close", "complaint.read", "complaint.handle", "payout.read", "payout.write", "payout.check", "payout.void", "payout.pay"})},
	{Name: SystemAdministrator, Title: "Systemförvaltare", About: "Sköter behörigheter, grunddata, inläsningar och jobb; ser inga kunders fakturor.",
		Permissions: may(known, []op.Permission{"role.read", "role.manage", "job.read", "job.again", "mail.read", "mail.again", "audit.read", "coding.read", "coding.write",
			"payables.import", "organisation.write", "client.write", "client.contacts", "agreement.duties"})},
	{Name: UnitManager, Title: "Enhetschef", About: "Leder dagens arbete, svarar för några kunder och tar emot klagomål.",
		Permissions: may(known, figures, ledgers, []op.Permission{"reply.read", "payables.read", "payables.release", "payables.pay", "treasury.read", "treasury.handle", "treasury.release", "complaint.read", "complaint.handle",
			"complaint.manage", "organisation.staff", "client.contacts", "agreement.write", "agreement.deviate", "role.read", "payout.read", "payout.check", "payout.pay"})},
	{Name: HeadOfOperations, Title: "Verksamhetschef", About: "Svarar för indikatorer, priser, avtal och tertialrapporten.",
		Permissions: may(known, figures, ledgers, []op.Permission{"approval.decide", "reply.read", "payables.read", "treasury.read", "treasury.handle", "treasury.release", "treasury.accounts", "complaint.read", "complaint.manage", "catalogue.write",
			"catalogue.decide", "agreement.write", "agreement.sign", "agreement.end", "agreement.deviate", "agreement.duties", "client.write",
			"organisation.write", "organisation.staff", "indicator.write", "report.freeze", "charging.close", "ledger.reopen", "role.read", "payout.read"})},
	{Name: Approver, Title: "Attestant", About: "Sakgranskar och attesterar kundens fakturor, inom sin attesträtt.",
		Permissions: may(known, []op.Permission{"approval.own", "approving.read", "generalledger.read", "generalledger.approve", "payables.read", "payables.review", "payables.approve", "coding.read", "payout.read", "payout.review", "payout.approve"})},
	{Name: ContactPerson, Title: "Kontaktperson", About: "Är kundens väg till oss: ser fakturor, avtal, löften och räkning för sin förvaltning.",
		Permissions: may(known, figures, []op.Permission{"generalledger.read", "reply.read", "payables.read", "payables.review", "coding.read", "agreement.interest", "complaint.read", "payout.read", "payout.review"})},
	{Name: Controller, Title: "Controller hos kund", About: "Följer kundens kostnader, räkning och löften ned till dokumenten.",
		Permissions: may(known, figures, ledgers, []op.Permission{"approval.decide", "generalledger.write", "reply.read", "payables.read", "treasury.read", "agreement.sign", "agreement.interest", "complaint.read", "payout.read"})},
	{Name: Auditor, Title: "Revisor eller nämnd", About: "Läser allt, ända ned till dokumentet, och ändrar ingenting.",
		Permissions: may(known, figures, ledgers, []op.Permission{"reply.read", "payables.read", "treasury.read", "complaint.read", "audit.read", "role.read", "payout.read"})},
	{Name: DigitalCoworker, Title: "Digital medarbetare", About: "Läser in, konterar efter regler och föreslår; granskar och attesterar aldrig.",
		Permissions: may(known, []op.Permission{"payables.read", "payables.import", "payables.code", "payables.handle", "payables.settle", "coding.read"})},
}
