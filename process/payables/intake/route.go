package intake

import (
	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/process/payables"
)

// Route says which client an invoice belongs to.
type Route = route

var errRoute = fault.New(fault.Conflict, "PAY-F20", "Koden %s leder redan till en kund från den dagen. Avsluta den styrningen först.")

// AddRoute adds a route. A code leads to one client at a time.
func AddRoute(o *op.Op, r Route) error {
	r.ID, r.Version, r.Code = id.New[Route](o), 1, payables.NormalCode(r.Code)
	if r.ValidTo.IsZero() {
		r.ValidTo = flow.NoPromise
	}
	n, err := addRoutes.Add(o, r)
	if err != nil {
		return err
	}
	if n == 0 {
		return errRoute.With(r.Code).Because("route %s %s from %s", r.Kind, r.Code, r.ValidFrom)
	}
	return audit.Note(o, audit.Change{Client: r.Client, Kind: "payables.route", Record: int64(r.ID), Step: "add", Note: r.Kind + " " + r.Code})
}
