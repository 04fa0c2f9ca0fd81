package payables

import (
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

const supplierColumns = `id, version, org, name, sort_key, country, town, state, f_tax, f_tax_on, phone, mail, since, phone_on, phone_by`

const accountColumns = `id, version, supplier, scheme, number, state, source, asked, checked_by, approved_by, approved, way, called`

var (
	supplierByID  = db.Select[Supplier](`SELECT ` + supplierColumns + ` FROM payables_supplier WHERE id = $1`)
	supplierByOrg = db.Select[Supplier](`SELECT ` + supplierColumns + ` FROM payables_supplier WHERE org = $1`)
	addSuppliers  = db.Insert[Supplier]("payables_supplier", "")
	moveSupplier  = db.Change(`
		UPDATE payables_supplier
		SET    version = version + 1, state = $3, f_tax = $4, f_tax_on = $5, phone = $6, mail = $7, phone_on = $8, phone_by = $9, town = $10, country = $11
		WHERE  id = $1 AND version = $2`)
	locateSupplier = db.Change(`UPDATE payables_supplier SET version = version + 1, town = $2 WHERE id = $1 AND town = ''`)

	accountsOf  = db.Select[Account](`SELECT ` + accountColumns + ` FROM payables_account WHERE supplier = $1 ORDER BY id`)
	accountByID = db.Select[Account](`SELECT ` + accountColumns + ` FROM payables_account WHERE id = $1`)
	addAccounts = db.Insert[Account]("payables_account", "ON CONFLICT (supplier, scheme, number) DO NOTHING")
	moveAccount = db.Change(`
		UPDATE payables_account
		SET    version = version + 1, state = $3, checked_by = $4, approved_by = $5, approved = $6, called = $7
		WHERE  id = $1 AND version = $2`)
)

var (
	errNoSupplier  = fault.New(fault.NotFound, "PAY-040", "Leverantören finns inte. Sök upp den i leverantörslistan.")
	errOldSupplier = fault.New(fault.Conflict, "PAY-041", "Någon annan har ändrat leverantören under tiden. Läs in sidan igen.")
	errOwnCheck    = fault.New(fault.Forbidden, "PAY-042", "Du kontrollerade kontot själv. En annan person ska godkänna det.")
	errNotChecked  = fault.New(fault.Conflict, "PAY-043", "Ring först leverantören på ett känt nummer och kontrollera kontot.")
	errNoPhone2    = fault.New(fault.Conflict, "PAY-044", "Skriv vem du ringde och på vilket nummer.")
	errNoNumber    = fault.New(fault.Conflict, "PAY-046", "Det finns inget känt telefonnummer. Slå upp ett på annat sätt än i fakturan eller brevet och skriv det på leverantörens sida.")
	errOwnNumber   = fault.New(fault.Forbidden, "PAY-047", "Numret noterade du själv %s, efter att kontot begärdes. Låt en kollega ringa, eller ring ett nummer som fanns tidigare.")
	errAccountDone = fault.New(fault.Conflict, "PAY-045", "Kontot är redan avgjort. Läs in sidan igen.")
)

// GetSupplier returns a supplier by its identity.
func GetSupplier(o *op.Op, key id.ID[Supplier]) (Supplier, error) {
	s, ok, err := supplierByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoSupplier.Because("no supplier %s", key)
	}
	return s, err
}

// SupplierByOrg returns a supplier by its number, and whether there is one.
func SupplierByOrg(o *op.Op, org string) (Supplier, bool, error) { return supplierByOrg.Maybe(o, org) }

// AddSuppliers stores new suppliers.
func AddSuppliers(o *op.Op, all ...*Supplier) error {
	rows := make([]Supplier, len(all))
	changes := make([]audit.Change, len(all))
	for i, s := range all {
		if s.ID.IsZero() {
			s.ID = id.New[Supplier](o)
		}
		s.Version, s.SortKey, s.Since = 1, text.SortKey(s.Name), o.Now
		rows[i] = *s
		changes[i] = audit.Change{Kind: "payables.supplier", Record: int64(s.ID), Step: "add", Note: s.Name}
	}
	if _, err := addSuppliers.Add(o, rows...); err != nil || len(all) == 0 {
		return err
	}
	return audit.Note(o, changes...)
}

// AccountsOf lists the accounts of a supplier.
func AccountsOf(o *op.Op, supplier id.ID[Supplier]) ([]Account, error) {
	return accountsOf.All(o, supplier)
}

// Propose stores accounts as invoices propose them. Those already known, in
// whatever state, are left as they are: an invoice changes no register.
func Propose(o *op.Op, all ...Account) error {
	for i := range all {
		a := &all[i]
		a.ID, a.Version, a.Asked = id.New[Account](o), 1, o.Now
		if a.State == "" {
			a.State = AccountPending
		}
		if a.Way == "" {
			a.Way = ByInvoice
		}
	}
	_, err := addAccounts.Add(o, all...)
	return err
}

// CheckAccount notes that somebody has called the supplier on a number that we
// knew before, and that the account was confirmed.
func CheckAccount(o *op.Op, key id.ID[Account], version int64, called string) error {
	if called == "" {
		return errNoPhone2
	}
	return moveAccountTo(o, key, version, "check", called, func(a *Account) error {
		if a.State != AccountPending {
			return errAccountDone
		}
		s, err := GetSupplier(o, a.Supplier)
		if err != nil {
			return err
		}
		if err := mayCall(o.Who, s, *a); err != nil {
			return err
		}
		a.State, a.CheckedBy, a.Called = AccountChecked, o.Actor.ID, called
		return nil
	})
}

// mayCall wants a number to call that did not come with the request: one that
// was known before, or that another person has looked up.
func mayCall(w op.Who, s Supplier, a Account) error {
	switch {
	case s.Phone == "":
		return errNoNumber
	case s.PhoneBy == w.Actor.ID && s.PhoneOn >= period.DateOf(a.Asked):
		return errOwnNumber.With(s.PhoneOn)
	}
	return nil
}

// ApproveAccount lets invoices be paid to a checked account. It takes another
// person than the one who checked it.
func ApproveAccount(o *op.Op, key id.ID[Account], version int64) error {
	return moveAccountTo(o, key, version, "approve", "", func(a *Account) error {
		switch {
		case a.State == AccountPending:
			return errNotChecked
		case a.State != AccountChecked:
			return errAccountDone
		case a.CheckedBy == o.Actor.ID:
			return errOwnCheck
		}
		a.State, a.ApprovedBy, a.Approved = AccountApproved, o.Actor.ID, o.Now
		return nil
	})
}

// BlockAccount stops an account for good.
func BlockAccount(o *op.Op, key id.ID[Account], version int64, why string) error {
	return moveAccountTo(o, key, version, "block", why, func(a *Account) error {
		a.State = AccountBlocked
		return nil
	})
}

func moveAccountTo(o *op.Op, key id.ID[Account], version int64, step, note string, change func(*Account) error) error {
	if err := o.Need(MayRegister); err != nil {
		return err
	}
	a, ok, err := accountByID.Maybe(o, key)
	if err != nil {
		return err
	}
	if !ok {
		return errNoSupplier.Because("no account %s", key)
	}
	if version != 0 && version != a.Version {
		return errOldSupplier.Because("account %s: version %d, now %d", key, version, a.Version)
	}
	if err := change(&a); err != nil {
		return err
	}
	n, err := moveAccount.Do(o, a.ID, a.Version, a.State, a.CheckedBy, a.ApprovedBy, a.Approved, a.Called)
	if err != nil {
		return err
	}
	if n == 0 {
		return errOldSupplier.Because("account %s: version %d is old", key, a.Version)
	}
	return audit.Note(o, audit.Change{Kind: "payables.supplier", Record: int64(a.Supplier), Step: step,
		Note: a.Scheme + " " + a.Number + " · " + note})
}

// SaveSupplier stores what people know of a supplier; the number and the name
// come from the first invoice.
func SaveSupplier(o *op.Op, s Supplier) error {
	n, err := moveSupplier.Do(o, s.ID, s.Version, s.State, s.FTax, s.FTaxOn, s.Phone, s.Mail, s.PhoneOn, s.PhoneBy, s.Town, s.Country)
	if err != nil {
		return err
	}
	if n == 0 {
		return errOldSupplier.Because("supplier %s: version %d is old", s.ID, s.Version)
	}
	return audit.Note(o, audit.Change{Kind: "payables.supplier", Record: int64(s.ID), Step: "change", Note: s.State + " · F-skatt " + s.FTax})
}

// Locate fills in the towns of suppliers that have none, as an invoice tells them.
func Locate(o *op.Op, all ...Supplier) error {
	var changes []audit.Change
	for _, s := range all {
		n, err := locateSupplier.Do(o, s.ID, s.Town)
		if err != nil {
			return err
		}
		if n > 0 {
			changes = append(changes, audit.Change{Kind: "payables.supplier", Record: int64(s.ID), Step: "locate", Note: s.Town})
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return audit.Note(o, changes...)
}

func accountOf(o *op.Op, key id.ID[Account]) (Account, error) {
	a, ok, err := accountByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoSupplier.Because("no account %s", key)
	}
	return a, err
}

// orgText is a supplier's number as people read it; a person's is masked.
func orgText(org string) (string, error) {
	parsed, err := ident.OrgOf(org)
	if err != nil {
		return org, err
	}
	return parsed.Masked(), nil
}
