package organisation

import (
	"fmt"
	"strconv"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
)

var (
	addUnit  = db.Insert[Unit]("unit", "")
	saveUnit = db.Change(`
		UPDATE unit SET version = version + 1, code = $3, name = $4, kind = $5, manager = $6, phone = $7, active = $8
		WHERE  id = $1 AND version = $2`)
	allUnits = db.Select[Unit](`SELECT id, version, code, name, kind, manager, phone, active FROM unit ORDER BY name, id`)
	unitByID = db.Select[Unit](`SELECT id, version, code, name, kind, manager, phone, active FROM unit WHERE id = $1`)
	homeUnit = db.Select[op.UnitID](`SELECT unit FROM client WHERE id = $1`)

	addTime = db.Insert[Time]("staff_time", "")
	endTime = db.Change(`UPDATE staff_time SET version = version + 1, valid_to = $3 WHERE id = $1 AND version = $2`)
	timeOf  = db.Select[Time](`
		SELECT id, version, person, unit, process, share, valid_from, valid_to FROM staff_time WHERE id = $1`)
	timesOfPerson = db.Select[Time](`
		SELECT id, version, person, unit, process, share, valid_from, valid_to FROM staff_time
		WHERE  person = $1 ORDER BY valid_from, id`)
	timesOfProcess = db.Select[Time](`
		SELECT id, version, person, unit, process, share, valid_from, valid_to FROM staff_time
		WHERE  process = $1 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $2) ORDER BY id`)
	timesOfAll = db.Select[Time](`
		SELECT id, version, person, unit, process, share, valid_from, valid_to FROM staff_time
		WHERE  valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $1) ORDER BY process, id`)

	addLeave = db.Insert[Leave]("staff_absence", "")
	endLeave = db.Change(`UPDATE staff_absence SET version = version + 1, valid_to = $3 WHERE id = $1 AND version = $2`)
	leaveOf  = db.Select[Leave](`SELECT id, version, person, share, valid_from, valid_to FROM staff_absence WHERE id = $1`)
	leavesIn = db.Select[Leave](`
		SELECT id, version, person, share, valid_from, valid_to FROM staff_absence
		WHERE  valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $1) ORDER BY id`)

	addRole = db.Insert[Role]("process_role", "")
	endRole = db.Change(`UPDATE process_role SET version = version + 1, valid_to = $3 WHERE id = $1 AND version = $2`)
	roleOf  = db.Select[Role](`SELECT id, version, process, role, person, valid_from, valid_to FROM process_role WHERE id = $1`)
	roleOn  = db.Select[op.PersonID](`
		SELECT person FROM process_role
		WHERE  process = $1 AND role = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
		ORDER  BY valid_from DESC, id DESC`)
)

var (
	errNoUnit  = fault.New(fault.NotFound, "ORG-001", "Enheten finns inte. Välj en enhet i listan.")
	errNoRow   = fault.New(fault.NotFound, "ORG-002", "Raden finns inte. Läs in listan igen.")
	errChanged = form.ErrConflict
)

// Units lists every unit by name, also those that are no longer active.
func Units(o *op.Op) ([]Unit, error) { return allUnits.All(o) }

// GetUnit returns a unit, or the fault ORG-001.
func GetUnit(o *op.Op, unit op.UnitID) (Unit, error) {
	u, ok, err := unitByID.Maybe(o, unit)
	if err == nil && !ok {
		err = errNoUnit.Because("no unit %s", unit)
	}
	return u, err
}

// Options are the active units as choices; the value is the identity.
func Options(o *op.Op) ([]form.Option, error) {
	units, err := allUnits.All(o)
	var all []form.Option
	for _, u := range units {
		if u.Active {
			all = append(all, form.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return all, err
}

// PersonOptions are the active people of the office as choices.
func PersonOptions(o *op.Op) ([]form.Option, error) {
	rows, err := role.All(o)
	var all []form.Option
	for _, p := range rows {
		if p.Active && p.Kind == op.Person {
			all = append(all, form.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return all, err
}

// UnitFor returns the home unit of a client, which handles its items; 0 when it
// has none.
func UnitFor(o *op.Op, client op.ClientID) (op.UnitID, error) {
	u, _, err := homeUnit.Maybe(o, client)
	return u, err
}

// Add stores units. Each is given an identity when it has none.
func Add(o *op.Op, units ...*Unit) error {
	rows, changes := make([]Unit, len(units)), make([]audit.Change, len(units))
	for i, u := range units {
		if u.ID.IsZero() {
			u.ID = id.New[op.Unit](o)
		}
		u.Version = max(u.Version, 1)
		rows[i] = *u
		changes[i] = audit.Change{Kind: "organisation.unit", Record: int64(u.ID), Step: "add", Note: u.Name}
	}
	if _, err := addUnit.Add(o, rows...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// Save stores a changed unit on the version that was read.
func Save(o *op.Op, u Unit) error {
	n, err := saveUnit.Do(o, u.ID, u.Version, u.Code, u.Name, u.Kind, u.Manager, u.Phone, u.Active)
	return changed(o, n, err, audit.Change{Kind: "organisation.unit", Record: int64(u.ID), Step: "change", Note: u.Name})
}

// AddTimes stores working time. The caller has held it against full time.
func AddTimes(o *op.Op, times ...Time) error {
	changes := make([]audit.Change, len(times))
	for i := range times {
		t := &times[i]
		t.ID, t.Version = id.New[Time](o), 1
		changes[i] = audit.Change{Kind: "organisation.time", Record: int64(t.ID), Step: "add",
			Note: ProcessName(t.Process) + " · " + strconv.FormatInt(t.Share, 10) + " %"}
	}
	if _, err := addTime.Add(o, times...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// AddLeaves stores spans in which people work less.
func AddLeaves(o *op.Op, leaves ...Leave) error {
	changes := make([]audit.Change, len(leaves))
	for i := range leaves {
		l := &leaves[i]
		l.ID, l.Version = id.New[Leave](o), 1
		changes[i] = audit.Change{Kind: "organisation.leave", Record: int64(l.ID), Step: "add"}
	}
	if _, err := addLeave.Add(o, leaves...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// AddRoles stores tasks in processes.
func AddRoles(o *op.Op, roles ...Role) error {
	changes := make([]audit.Change, len(roles))
	for i := range roles {
		r := &roles[i]
		r.ID, r.Version = id.New[Role](o), 1
		changes[i] = audit.Change{Kind: "organisation.role", Record: int64(r.ID), Step: "add",
			Note: form.Word(roleKinds, r.Role) + " · " + ProcessName(r.Process)}
	}
	if _, err := addRole.Add(o, roles...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// Lead returns who leads a process on a day, 0 for nobody. Of several the one
// appointed last.
func Lead(o *op.Op, process string, on period.Date) (op.PersonID, error) {
	p, _, err := roleOn.Maybe(o, process, "lead", on)
	return p, err
}

// FTE returns the full-time equivalent months of a process from first to last,
// in hundredths. "" is every process. See [Months] for what it means exactly.
//
// source: 000 s.11 (bemanning, antal årsarbetare per process, varje månad)
func FTE(o *op.Op, process string, first, last period.Date) (hundredths int64, err error) {
	months, err := Staffing(o, process, first, last)
	for _, m := range months {
		hundredths += m.Hundredths
	}
	return hundredths, err
}

// Staffing returns what stands behind [FTE], month by month and row by row.
func Staffing(o *op.Op, process string, first, last period.Date) ([]Month, error) {
	var rows []Time
	var err error
	if process == "" {
		rows, err = timesOfAll.All(o, first, last)
	} else {
		rows, err = timesOfProcess.All(o, process, first, last)
	}
	if err != nil {
		return nil, err
	}
	leaves, err := leavesIn.All(o, first, last)
	if err != nil {
		return nil, err
	}
	return Months(rows, leaves, first, last), nil
}

func changed(o *op.Op, n int64, err error, c audit.Change) error {
	if err != nil {
		return err
	}
	if n == 0 {
		return errChanged.Because("%s %d has another version", c.Kind, c.Record)
	}
	return audit.Note(o, c)
}

// fullTimeHeld proves that nobody has more than full time on any day.
func fullTimeHeld(o *op.Op) (map[string]int64, error) {
	rows, err := timesOfAll.All(o, period.NewDate(1900, 1, 1), endless)
	if err != nil {
		return nil, err
	}
	by := map[op.PersonID][]Time{}
	for _, r := range rows {
		by[r.Person] = append(by[r.Person], r)
	}
	for _, r := range rows {
		if day, sum := overFull(by[r.Person], r); sum > 0 {
			return nil, fmt.Errorf("organisation: person %s has %d %% of full time on %s", r.Person, sum, day)
		}
	}
	return map[string]int64{"staff_times": int64(len(rows))}, nil
}
