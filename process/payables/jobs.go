package payables

import (
	"encoding/json"
	"time"

	"kontor/kernel/job"
	"kontor/kernel/op"
	"kontor/promise/client"
)

// automationEvery is how often the digital co-worker looks for work.
const automationEvery = time.Minute

func jobs() []job.Kind {
	return []job.Kind{
		{Name: "payables.automate", Label: "Den digitala medarbetaren konterar", Every: automationEvery,
			Run: func(o *op.Op, _ json.RawMessage) error {
				_, err := AutomateAll(o)
				return err
			}},
		{Name: "payables.learn", Label: "Den digitala medarbetaren lär av det som har attesterats", Every: automationEvery, Run: runLessons},
		{Name: tellJob, Label: "Tala om för leverantörer att fakturor är betalda", Run: tellPaid},
	}
}

// Coworker is the digital co-worker as an actor: the first automation among the
// persons. It may see and code, and nothing else; ok is false where there is
// none.
func Coworker(o *op.Op) (a op.Actor, ok bool, err error) {
	p, ok, err := automation.Maybe(o)
	if err != nil || !ok {
		return a, false, err
	}
	all := op.Scope{All: true}
	return op.Actor{ID: p.ID, Name: p.Name, Kind: op.Automation, Language: "sv", Clearance: op.Sensitive,
		Grants: map[op.Permission]op.Scope{MayRead: all, MayCode: all, MaySettle: all}}, true, nil
}

// AutomateAll lets the digital co-worker code some invoices of each client, and
// returns how many.
func AutomateAll(o *op.Op) (coded int, err error) {
	who, ok, err := Coworker(o)
	if err != nil || !ok {
		return 0, err
	}
	all, err := client.All(o)
	if err != nil {
		return 0, err
	}
	for _, c := range all {
		n, _, err := Automate(o.As(who), c.ID, 0)
		if err != nil {
			return coded, err
		}
		coded += n
	}
	return coded, nil
}
