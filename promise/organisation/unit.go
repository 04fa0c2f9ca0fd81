package organisation

import (
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Unit is a part of the office.
type Unit struct {
	ID      op.UnitID
	Version int64
	Code    string
	Name    string
	Kind    string // operations, administration, management
	Manager op.PersonID
	Phone   string
	Active  bool
}

// Kinds of unit.
var unitKinds = []form.Option{
	{Value: "operations", Label: "Operativ enhet"},
	{Value: "administration", Label: "Systemförvaltning"},
	{Value: "management", Label: "Ledning"},
}

// Time is how much of full time a person works with a process, from a day until
// further notice or to a last day.
type Time struct {
	ID        id.ID[Time]
	Version   int64
	Person    op.PersonID
	Unit      op.UnitID
	Process   string
	Share     int64 // hundredths of full time
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

// Leave is a span in which a person works less. It never says why.
type Leave struct {
	ID        id.ID[Leave]
	Version   int64
	Person    op.PersonID
	Share     int64 // hundredths of the person's own working time; 100 is all of it
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

// Role is a task that a person has in a process.
//
// source: 000 s.17 (the roles of the lean organisation)
type Role struct {
	ID        id.ID[Role]
	Version   int64
	Process   string
	Role      string // lead, specialist, board
	Person    op.PersonID
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

var roleKinds = []form.Option{
	{Value: "lead", Label: "Processansvarig"},
	{Value: "specialist", Label: "Processpecialist"},
	{Value: "board", Label: "Tavelledare"},
}

// Processes are the processes that the office runs, by the name that work
// events have.
//
// source: 002 s.17 (seven process groups); mission M12–M29 for the later ones
var Processes = []form.Option{
	{Value: "payables", Label: "Leverantörsreskontra"},
	{Value: "payout", Label: "Utbetalningsunderlag"},
	{Value: "receivables", Label: "Kundreskontra"},
	{Value: "collection", Label: "Påminnelser och krav"},
	{Value: "treasury", Label: "Kassa och bank"},
	{Value: "generalledger", Label: "Redovisning till rapportering"},
	{Value: "leasing", Label: "Hyresadministration"},
	{Value: "fixedassets", Label: "Anläggning"},
	{Value: "timesheet", Label: "Tid och projekt"},
	{Value: "systems", Label: "Systemförvaltning"},
	{Value: "payroll", Label: "Lön"},
	{Value: "pension", Label: "Pension"},
	{Value: "complaint", Label: "Klagomål och synpunkter"},
	{Value: "casework", Label: "Ärenden och frågor"},
}

// ProcessName is the Swedish name of a process.
func ProcessName(process string) string { return form.Word(Processes, process) }
