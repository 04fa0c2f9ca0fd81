package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/promise/client"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

var lo = dbtest.Actor("Lo", Read, Freeze, work.Read)

// city makes two clients whose invoices of 2025 and 2026 are known: in each
// month as many as its number for the first client, one manual for the second.
func city(t *testing.T, door *op.Door, clock *dbtest.Clock) (kult, milj op.ClientID) {
	document := int64(0)
	dbtest.Do(t, door, lo, func(o *op.Op) error {
		a, b := client.Client{Code: "KULT", Name: "Kulturförvaltningen", Active: true}, client.Client{Code: "MILJ", Name: "Miljöförvaltningen", Active: true}
		if err := client.Add(o, &a, &b); err != nil {
			return err
		}
		kult, milj = a.ID, b.ID
		return nil
	})
	for _, year := range []int{2025, 2026} {
		for _, m := range period.Year(year).Months()[:8] {
			clock.Set(m.Start().AddDate(0, 0, 9))
			dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error {
				var batch []work.Event
				for i := range int(m.Month) + 1 + year - 2025 {
					document++
					e := work.Event{Client: kult, Process: payables, Activity: invoice, Channel: work.Electronic, Quantity: 1,
						Arrived: o.Now, Promised: 5, Taken: 4, Kind: "payables.invoice", Document: document}
					if i == 0 {
						e.Client, e.Channel, e.Taken = milj, work.Scanned, 7
					}
					batch = append(batch, e)
				}
				document++
				batch = append(batch, work.Event{Client: milj, Process: payables, Activity: complaint, Channel: work.Manual, Quantity: 1, Arrived: o.Now, Kind: "complaint", Document: document})
				return work.Record(o, batch...)
			})
		}
	}
	return kult, milj
}

var space = strings.NewReplacer("\u00a0", " ")

// The report says what happened, and every number in it is the sum of the rows
// that it opens onto.
func TestTheReportIsItsRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		_, milj := city(t, door, clock)
		clock.Set(time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC))
		dbtest.Do(t, door, lo, func(o *op.Op) error {
			r, err := Tertial(o, 2026, 2)
			if err != nil {
				return err
			}
			want := "Under januari till augusti 2026 hanterade vi 52 leverantörsfakturor, 18,2 % fler än de 44 under samma tid i fjol. " +
				"Andelen inom utlovad tid var 84,6 %. Årsarbetare går inte att redovisa, eftersom ingen arbetstid är inlagd.\n" +
				"För det debiteras kunderna 0,00 kr. Klagomål och synpunkter: 8 om leverantörsreskontra."
			if got := space.Replace(r.Text()); !strings.HasPrefix(got, want) {
				t.Errorf("%s\nwant %s", got, want)
			}
			if space.Replace(r.All.Share) != "15,4 %" || space.Replace(r.Volumes[0].Change) != "+22,2 %" || r.Volumes[1].Total.Value != "8" {
				t.Errorf("%+v", r.Volumes)
			}
			opened := 0
			for _, f := range everyFigure(r) {
				if strings.HasPrefix(f.URL, "/l/work.events?") && f.Rows >= 0 {
					rowsAre(t, o, f)
					opened++
				}
			}
			if opened < 30 {
				t.Errorf("%d figures open onto events", opened)
			}
			if r.Figures[0].Key != "payables.count" || r.Figures[0].Value != "52" || r.Figures[0].Rows != 52 {
				t.Errorf("%+v", r.Figures[0])
			}
			_, err = prove(o)
			return err
		})
		dbtest.Do(t, door, dbtest.At(lo, milj), func(o *op.Op) error {
			r, err := Tertial(o, 2026, 2)
			if err != nil {
				return err
			}
			if r.All.Total.Value != "8" || len(r.Volumes) != 1 || r.Indicators[0].Value.State != report.NotReportable {
				t.Errorf("a client's controller sees %+v and %+v", r.All, r.Indicators[0])
			}
			return nil
		})
	})
}

func everyFigure(r *Report) []Figure {
	all := append([]Figure{}, r.Figures...)
	for _, v := range append(r.Volumes, r.All) {
		all = append(all, v.Electronic, v.Manual, v.Total, v.Before)
	}
	for _, m := range r.Months {
		all = append(all, m.Electronic, m.Manual)
	}
	for _, c := range r.Complaints {
		all = append(all, c.Count)
	}
	return all
}

func rowsAre(t *testing.T, o *op.Op, f Figure) {
	u, err := url.Parse(f.URL)
	if err != nil {
		t.Fatal(err)
	}
	n, sum := int64(0), int64(0)
	err = work.Events(nil, nil).Each(o, list.Query{Filters: u.Query()}, func(r list.Row) error {
		n++
		sum += r.Values[4].(int64)
		return nil
	})
	if err != nil || n != f.Rows || fmt.Sprint(sum) != f.Value {
		t.Errorf("%s says %s and %d rows; it opens onto %d that sum to %d, %v", f.Key, f.Value, f.Rows, n, sum, err)
	}
}

func TestARunningPeriodSaysSo(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	city(t, door, clock)
	clock.Set(time.Date(2026, 7, 20, 8, 0, 0, 0, time.UTC))
	dbtest.Do(t, door, lo, func(o *op.Op) error {
		r, err := Tertial(o, 2026, 2)
		if err != nil {
			return err
		}
		// 2025 until 20 July: 2+3+…+8 invoices. 2026 has its July already.
		if !r.Running || r.All.Before.Value != "35" || len(r.Months) != 7 || !strings.Contains(r.Text(), "Från nyår till och med måndag 20 juli 2026 hanterade vi") {
			t.Errorf("%+v\n%s", r.All, r.Text())
		}
		if _, err := Tertial(o, 2026, 4); !errors.Is(err, errTertial) {
			t.Errorf("a fourth tertial: %v", err)
		}
		future, err := Tertial(o, 2027, 1)
		if err == nil && (future.All.Total.Value != "0" || future.Running || len(future.Months) != 0) {
			t.Errorf("%+v", future.All)
		}
		return err
	})
}

func TestFrozenReportShowsWhatHasChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		kult, _ := city(t, door, clock)
		clock.Set(time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC))
		post := func(f *form.Spec, raw map[string]string) error {
			return door.Do(t.Context(), lo, func(o *op.Op) error { _, _, err := f.Post(o, "2026-T2", 1, raw); return err })
		}
		get := func() (r *Report) {
			dbtest.Do(t, door, lo, func(o *op.Op) (err error) { r, err = Tertial(o, 2026, 2); return err })
			return r
		}
		if err := post(freezeForm, map[string]string{"sure": "on"}); err != nil {
			t.Fatal(err)
		}
		if r := get(); r.Frozen == "" || len(r.Drifts) != 0 {
			t.Errorf("frozen %q, changed %+v", r.Frozen, r.Drifts)
		}
		dbtest.Do(t, door, lo, func(o *op.Op) error {
			return work.Record(o, work.Event{Client: kult, Process: payables, Activity: invoice, Channel: work.Electronic, Quantity: 1,
				Arrived: o.Now, Done: time.Date(2026, 8, 20, 8, 0, 0, 0, time.UTC), Document: 9999})
		})
		// The count, and every figure that has it as numerator or denominator.
		want := []string{"payables.per-fte", "payables.electronic-share", "payables.automated-share", "payables.count", "payables.misplaced"}
		var drifted []string
		for _, x := range get().Drifts {
			drifted = append(drifted, x.Now.Key)
		}
		if !slices.Equal(drifted, want) {
			t.Errorf("changed %v, want %v", drifted, want)
		}
		if err := post(restateForm, map[string]string{"why": "En faktura registrerades sent."}); err != nil {
			t.Fatal(err)
		}
		if r := get(); len(r.Drifts) != 0 {
			t.Errorf("after the restatement %+v", r.Drifts)
		}
	})
}

// The file needs nothing but itself: every tag is closed, and no style, script
// or picture is fetched.
func TestTheFileStandsAlone(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	city(t, door, clock)
	clock.Set(time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC))
	dbtest.Do(t, door, lo, func(o *op.Op) error {
		o.Context = text.With(o.Context, text.Swedish)
		r, err := Tertial(o, 2026, 2)
		if err != nil {
			return err
		}
		html, err := r.HTML(o)
		if err != nil {
			return err
		}
		body := string(html)
		if strings.Contains(body, "<link") || strings.Contains(body, "<script") || !strings.Contains(body, "<style>") {
			t.Error("the file fetches something")
		}
		if m := regexp.MustCompile(`url\(["']?[^d#"')][^)]*`).FindString(body); m != "" {
			t.Errorf("the style fetches %s", m)
		}
		dec := xml.NewDecoder(strings.NewReader(body[strings.Index(body, "<main"):strings.Index(body, "</body>")]))
		dec.Strict, dec.Entity = false, xml.HTMLEntity
		dec.AutoClose = xml.HTMLAutoClose
		for {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		j, err := r.JSON()
		var back map[string]any
		if err2 := json.Unmarshal(j, &back); err2 != nil || back["period"] != "januari–augusti 2026" {
			t.Error(err2, string(j[:200]))
		}
		return err
	})
}
