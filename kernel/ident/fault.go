package ident

import "kontor/kernel/fault"

// What can be wrong with a number. The causes tell which control failed, and
// never the number.
var (
	ErrOrg = fault.New(fault.Invalid, "IDN-001",
		"Numret är inte ett giltigt organisationsnummer, personnummer eller samordningsnummer. Kontrollera siffrorna.")
	ErrVAT = fault.New(fault.Invalid, "IDN-002",
		"Momsregistreringsnumret ska vara SE, tio siffror och 01. Kontrollera numret.")
	ErrBankgiro = fault.New(fault.Invalid, "IDN-003",
		"Bankgironumret är inte giltigt. Kontrollera de sju eller åtta siffrorna.")
	ErrPlusgiro = fault.New(fault.Invalid, "IDN-004",
		"Plusgironumret är inte giltigt. Kontrollera siffrorna.")
	ErrOCR = fault.New(fault.Invalid, "IDN-005",
		"OCR-numret kan inte bildas så som det är avtalat för bankgirot. Kontrollera antalet siffror.")
	ErrGLN = fault.New(fault.Invalid, "IDN-006",
		"GLN-numret är inte giltigt. Kontrollera de tretton siffrorna.")
	ErrIBAN = fault.New(fault.Invalid, "IDN-007",
		"IBAN-numret är inte giltigt. Kontrollera numret.")
	ErrScheme = fault.New(fault.Invalid, "IDN-008",
		"Ange om numret är ett bankgiro eller ett plusgiro.")
)
