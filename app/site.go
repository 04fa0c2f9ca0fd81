package app

import (
	"encoding/json"
	"slices"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/job"
	"kontor/kernel/list"
	"kontor/kernel/login"
	"kontor/kernel/mail"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// mayReadLog is to see who has done what, over all records.
const mayReadLog op.Permission = "audit.read"

// kernelModule is what the kernel's mechanisms show of themselves: persons and
// roles, jobs, the log of work events.
func kernelModule(rest []module.Module) module.Module {
	admin := role.Admin{Matrix: Roles, Clients: client.Options, Units: organisation.Options}
	m := module.Module{
		Name: "system", Title: "System",
		Menu: []module.Item{
			{Label: "Behörigheter", URL: "/l/role.persons", Need: role.Read, Order: 800},
			{Label: "Jobb", URL: "/l/job.all", Need: job.Read, Order: 810},
			{Label: "Utgående e-post", URL: "/l/mail.all", Need: mail.Read, Order: 820},
			{Label: "Pröva en fil", URL: checkURL, Need: mayCheck, Order: 820},
		},
		Permissions: []module.Permission{
			{Name: work.Read, Label: "Se arbetshändelserna bakom siffrorna"},
			{Name: job.Read, Label: "Se jobb"},
			{Name: job.Again, Label: "Köra om jobb"},
			{Name: mail.Read, Label: "Se utgående e-post"},
			{Name: mail.Again, Label: "Skicka e-post igen"},
			{Name: mayReadLog, Label: "Se vem som har gjort vad"},
			{Name: mayCheck, Label: "Pröva filer utan att läsa in dem"},
		},
		Lists: append(admin.Lists(), work.Events(organisation.Processes, activities(rest))),
		Forms: admin.Forms(),
		Pages: checkPages(),
		Jobs:  append(append(login.Jobs(), kernelJobs...), heldSteps(rest)),
	}
	for _, l := range role.Labels() {
		m.Permissions = append(m.Permissions, module.Permission{Name: l.Name, Label: l.Text})
	}
	jobs := slices.Clone(m.Jobs)
	for _, r := range rest {
		jobs = append(jobs, r.Jobs...)
	}
	m.Lists = append(m.Lists, job.All(jobs), mail.All)
	m.Forms = append(m.Forms, job.AgainForm(jobs), mail.AgainForm)
	return m
}

// kernelJobs keep what is maintained up to date.
var kernelJobs = []job.Kind{
	{Name: "work.fold", Label: "Summera arbetshändelser", Every: 5 * time.Second, Run: func(o *op.Op, _ json.RawMessage) error {
		_, err := work.Fold(o)
		return err
	}},
	{Name: "audit.seal", Label: "Försegla loggen", Every: 5 * time.Second, Run: func(o *op.Op, _ json.RawMessage) error {
		_, err := audit.Seal(o)
		return err
	}},
	{Name: "job.prune", Label: "Gallra jobb som är klara sedan länge", Every: time.Hour, Run: func(o *op.Op, _ json.RawMessage) error {
		_, err := job.Prune(o)
		return err
	}},
	{Name: "blob.discard", Label: "Gallra dokument vars tid har gått", Every: 24 * time.Hour, Run: func(o *op.Op, _ json.RawMessage) error {
		_, err := blob.Discard(o, period.DateOf(o.Now))
		return err
	}},
}

// heldSteps takes the steps that were not called off in time, as the persons who
// asked for them.
func heldSteps(rest []module.Module) job.Kind {
	return flow.HeldJob(func(kind string) (flow.Records, bool) {
		for _, m := range rest {
			for _, r := range m.Records {
				if r.Table.Life().Describe().Name == kind {
					return r.Table, true
				}
			}
		}
		return nil, false
	}, func(o *op.Op, who op.PersonID) (op.Actor, error) {
		p, err := role.Get(o, who)
		if err != nil {
			return op.Actor{}, err
		}
		return role.Actor(o, Roles, p)
	})
}

// activities is what all modules' steps count, in words.
func activities(all []module.Module) []form.Option {
	var words []form.Option
	for _, m := range all {
		words = append(words, m.Activities...)
	}
	return words
}

// events is the list that figures open onto.
func events() *list.Spec {
	for _, l := range site(nil).Lists {
		if l.Name == work.EventsList {
			return l
		}
	}
	return nil
}

// labels says what every permission is, by module.
func labels() []role.Label {
	var all []role.Label
	for _, m := range Modules() {
		for _, p := range m.Permissions {
			all = append(all, role.Label{Area: m.Title, Name: p.Name, Text: p.Label})
		}
	}
	return all
}

// site is everything that is shown, gathered from the modules.
func site(accounts []ui.Account) web.Site {
	s := web.Site{Matrix: Roles, Labels: labels(), Calendar: leadtime.Calendar, Places: places, Accounts: accounts}
	for _, m := range Modules() {
		s.Menu = append(s.Menu, inMenu(m.Menu)...)
		s.Records = append(s.Records, m.Records...)
		s.Lists = append(s.Lists, m.Lists...)
		s.Forms = append(s.Forms, m.Forms...)
		s.Routes = append(s.Routes, m.Pages...)
		s.Cards = append(s.Cards, m.Cards...)
	}
	return s
}

// jobs is every kind of job.
func jobs() []job.Kind {
	var all []job.Kind
	for _, m := range Modules() {
		all = append(all, m.Jobs...)
	}
	return all
}

// places are the start pages; somebody with several roles starts at the first.
var places = []web.Place{
	{Name: module.Assistant, Title: "Min dag", Roles: []role.Name{Assistant, Accountant}},
	{Name: module.Unit, Title: "Tavlan", Roles: []role.Name{UnitManager, SystemAdministrator}},
	{Name: module.Head, Title: "Verksamheten", Roles: []role.Name{HeadOfOperations, Auditor}},
	{Name: module.Approver, Title: "Att attestera", Roles: []role.Name{Approver}},
	{Name: module.Contact, Title: "Kundwebben", Roles: []role.Name{ContactPerson, Controller}},
}
