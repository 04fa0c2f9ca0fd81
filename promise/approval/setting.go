package approval

import (
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Setting is how a client wants its approvers reminded.
type Setting struct {
	Client    op.ClientID
	Version   int64
	Mail      bool  // a mail a day with all that waits; the page is there always
	Remind    int64 // working days that something waits before the first reminder
	Escalate  int64 // working days before substitutes and superiors are asked as well
	EnteredBy op.PersonID
	Entered   time.Time
}

// usual holds where nobody has set anything else: a reminder after a working
// day, those above after four.
var usual = Setting{Mail: true, Remind: 1, Escalate: 4}

var (
	settingOf  = db.Select[Setting](`SELECT client, version, mail, remind, escalate, entered_by, entered FROM approval_setting WHERE client = $1`)
	addSetting = db.Insert[Setting]("approval_setting", "ON CONFLICT DO NOTHING")
	setSetting = db.Change(`
		UPDATE approval_setting SET version = version + 1, mail = $3, remind = $4, escalate = $5, entered_by = $6, entered = $7
		WHERE  client = $1 AND version = $2`)
)

// SettingOf returns how a client wants its approvers reminded.
func SettingOf(o *op.Op, client op.ClientID) (Setting, error) {
	s, ok, err := settingOf.Maybe(o, client)
	if !ok {
		s = usual
		s.Client = client
	}
	return s, err
}

// SettingForm sets when approvers are reminded.
var SettingForm = &form.Spec{
	Name: "approval.setting", Title: "Påminnelser till attestanter", Submit: "Spara", Need: MayWrite,
	Intro: "Var och en får högst ett brev om dagen, med allt som väntar. Brevet går bara på arbetsdagar.",
	Fields: []form.Field{
		{Key: "mail", Label: "Skicka e-post", Kind: form.Check, Help: "Utan e-post finns påminnelsen på startsidan."},
		{Key: "remind", Label: "Påminn efter arbetsdagar", Kind: form.Whole, Required: true},
		{Key: "escalate", Label: "Fråga ersättare och överordnade efter arbetsdagar", Kind: form.Whole, Required: true},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		var wrong []fault.Field
		if n := v.Int("remind"); n < 0 || n > 30 {
			wrong = append(wrong, fault.Field{Name: "remind", Text: "Skriv ett antal från 0 till 30."})
		}
		if n := v.Int("escalate"); n < v.Int("remind") || n > 60 {
			wrong = append(wrong, fault.Field{Name: "escalate", Text: "Skriv ett antal som är minst lika stort som för påminnelsen, och högst 60."})
		}
		return wrong
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		c, err := settingClient(o, key)
		if err != nil {
			return form.Loaded{}, err
		}
		s, err := SettingOf(o, c)
		v := form.Values{"remind": itoa(s.Remind), "escalate": itoa(s.Escalate)}
		if s.Mail {
			v["mail"] = "on"
		}
		return form.Loaded{Version: s.Version, Values: v}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		c, err := settingClient(o, key)
		if err != nil {
			return "", err
		}
		s := Setting{Client: c, Version: version, Mail: v.Bool("mail"), Remind: v.Int("remind"), Escalate: v.Int("escalate")}
		return registerURL + "/" + key, s.save(o)
	},
}

func (s Setting) save(o *op.Op) error {
	var n int64
	var err error
	if s.Version == 0 {
		s.Version, s.EnteredBy, s.Entered = 1, o.Actor.ID, o.Now
		n, err = addSetting.Add(o, s)
	} else {
		n, err = setSetting.Do(o, s.Client, s.Version, s.Mail, s.Remind, s.Escalate, o.Actor.ID, o.Now)
	}
	if err == nil && n == 0 {
		err = form.ErrConflict.Because("setting of client %s: version %d", s.Client, s.Version)
	}
	if err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Client: s.Client, Kind: "approval.setting", Record: int64(s.Client), Step: "set",
		Note: "påminn efter " + itoa(s.Remind) + ", fråga vidare efter " + itoa(s.Escalate)})
}

func settingClient(o *op.Op, key string) (op.ClientID, error) {
	c, err := id.Parse[op.Client](key)
	if err != nil {
		return 0, errNoRow.Because("%w", err)
	}
	return c, o.NeedFor(MayWrite, c)
}
