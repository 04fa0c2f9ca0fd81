package payables

import (
	"slices"
	"strings"

	"kontor/format/response"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// The settings of the controls.
const (
	CoolingDays = "cooling-days" // from the approval of an account until it is paid to
	TaxDays     = "tax-days"     // that a look-up of F-tax is good for
	ScoreLeast  = "score"        // points of signs that a person has to look at
	SampleEvery = "sample"       // one of so many approved without a person is looked at
	LimitNear   = "limit"        // öre; amounts strax under it are a sign. There may be several
	AnswerOf    = "answer-"      // and a status: 1 when suppliers are told it, 0 when they are not
)

// Settings are the numbers that the controls go by, for one client on one day.
type Settings struct {
	CoolingDays, TaxDays, Score, Sample int64
	Limits                              []money.Amount // ascending
	silent                              []response.Status
}

// Tells reports whether suppliers are told a status.
func (s *Settings) Tells(x response.Status) bool { return !slices.Contains(s.silent, x) }

type settingRow struct {
	Client    op.ClientID
	ID        id.ID[settingRow]
	Key       string
	ValidFrom period.Date
	Value     int64
	Decision  string
}

var (
	settingsOn = db.Select[settingRow](`
		SELECT client, id, key, valid_from, value, decision FROM payables_setting WHERE valid_from <= $1 ORDER BY client, valid_from, value`)
	addSettings = db.Insert[settingRow]("payables_setting", "ON CONFLICT (client, key, valid_from, value) DO NOTHING")
)

// Decided is every setting in force on a day.
type Decided struct{ rows []settingRow }

// LoadSettings reads the settings of all clients once for a batch.
func LoadSettings(o *op.Op, on period.Date) (*Decided, error) {
	rows, err := settingsOn.All(o, on)
	return &Decided{rows}, err
}

// Of are the settings of a client. A client's own goes before the common one;
// of limits those count that were decided last.
func (d *Decided) Of(c op.ClientID) Settings {
	// The access point has acknowledged the message already; AB would say it twice.
	s := Settings{TaxDays: 365, Score: 50, Sample: 20, silent: []response.Status{response.Acknowledged}}
	var from settingRow
	for _, r := range d.rows {
		if r.Client != 0 && r.Client != c {
			continue
		}
		switch r.Key {
		case CoolingDays:
			s.CoolingDays = r.Value
		case TaxDays:
			s.TaxDays = r.Value
		case ScoreLeast:
			s.Score = r.Value
		case SampleEvery:
			s.Sample = r.Value
		case LimitNear:
			if r.Client != from.Client || r.ValidFrom != from.ValidFrom {
				s.Limits, from = nil, r
			}
			s.Limits = append(s.Limits, money.Amount(r.Value))
		}
		if status, ok := strings.CutPrefix(r.Key, AnswerOf); ok {
			s.silent = slices.DeleteFunc(s.silent, func(x response.Status) bool { return string(x) == status })
			if r.Value == 0 {
				s.silent = append(s.silent, response.Status(status))
			}
		}
	}
	slices.Sort(s.Limits)
	return s
}

// SettingsOf are the settings of one client on a day.
func SettingsOf(o *op.Op, c op.ClientID, on period.Date) (Settings, error) {
	d, err := LoadSettings(o, on)
	if err != nil {
		return Settings{}, err
	}
	return d.Of(c), nil
}

// PutSetting decides a setting from a day on, for a client or, with 0, for all.
func PutSetting(o *op.Op, c op.ClientID, key string, value int64, from period.Date, decision string) error {
	if _, err := addSettings.Add(o, settingRow{c, id.New[settingRow](o), key, from, value, decision}); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Client: c, Kind: "payables.setting", Step: key, Note: decision})
}

// installSettings are the office's own until somebody decides otherwise.
func installSettings(o *op.Op) error {
	from := period.NewDate(2000, 1, 1)
	var rows []settingRow
	for _, x := range []struct {
		key   string
		value int64
	}{{CoolingDays, 3}, {TaxDays, 365}, {ScoreLeast, 50}, {SampleEvery, 20},
		{LimitNear, int64(money.Kronor(50_000))}, {LimitNear, int64(money.Kronor(100_000))}, {LimitNear, int64(money.Kronor(500_000))}} {
		rows = append(rows, settingRow{0, id.New[settingRow](o), x.key, from, x.value, "Förvalt"})
	}
	_, err := addSettings.Add(o, rows...)
	return err
}
