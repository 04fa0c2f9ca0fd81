package payables

import (
	"kontor/kernel/op"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// calendar is the one that the promise is counted in.
var calendar = leadtime.Calendar

// sender is who a letter about an invoice to a client comes from: the person who
// sends it and the group number of the client's home unit. It returns the
// client's name as well.
func sender(o *op.Op, c op.ClientID) (name string, from Sender, err error) {
	buyer, err := client.Get(o, c)
	if err != nil {
		return "", from, err
	}
	from = Sender{Name: o.Actor.Name, Phone: buyer.Phone, Mail: buyer.Mailbox}
	if buyer.Unit == 0 {
		return buyer.Name, from, nil
	}
	unit, err := organisation.GetUnit(o, buyer.Unit)
	if err != nil {
		return buyer.Name, from, err
	}
	from.Office = unit.Name
	if from.Phone == "" {
		from.Phone = unit.Phone
	}
	return buyer.Name, from, nil
}
