package reply

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/format/en16931"
	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/golden"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/promise/client"
)

func TestLife(t *testing.T) { golden.Life(t, &Life) }

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func about(c op.ClientID) About {
	return About{Client: c, Invoice: 7, Supplier: "Östra Städ AB", Buyer: "Kulturförvaltningen", BuyerOrg: "162120009994", File: "a", Status: response.Rejected,
		Document: &en16931.Document{Number: "1001", TypeCode: "380", Seller: en16931.Party{Name: "Östra Städ AB", LegalID: en16931.Identifier{Scheme: "0007", ID: "559999-0016"}}},
		Why: []response.Clarification{{List: response.ListReason, Code: "REF", Text: "Referens saknas."}, {List: response.ListReason, Code: "LEG"},
			{List: response.ListReason, Code: "REF"}, {List: response.ListAction, Code: "NIN"}}}
}

func TestAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		p    en16931.Party
		org  string
		want response.Identifier
	}{
		"what the invoice says goes first":        {en16931.Party{Endpoint: en16931.Identifier{Scheme: "0088", ID: "7300010000001"}}, "162120009994", response.Identifier{Scheme: "0088", ID: "7300010000001"}},
		"then the number on the invoice":          {en16931.Party{LegalID: en16931.Identifier{Scheme: "0007", ID: "559999-0016"}}, "162120009994", response.Identifier{Scheme: "0007", ID: "5599990016"}},
		"then the register's":                     {en16931.Party{}, "162120009994", response.Identifier{Scheme: "0007", ID: "2120009994"}},
		"an address without a scheme is none":     {en16931.Party{Endpoint: en16931.Identifier{ID: "x"}}, "", response.Identifier{}},
		"a foreign supplier without one has none": {en16931.Party{LegalID: en16931.Identifier{ID: "12345678901"}}, "", response.Identifier{}},
	} {
		if got := address(c.p, c.org); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFromTheStepToTheFolder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		who := dbtest.Actor("Anna", MayRead, MaySend)
		var c op.ClientID
		dbtest.Do(t, door, who, func(o *op.Op) error {
			x := &client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: client.Administration, Org: "162120009994", Active: true}
			err := client.Add(o, x)
			c = x.ID
			return err
		})
		foreign := about(c)
		foreign.File = "b"
		foreign.Document = &en16931.Document{Number: "2", Seller: en16931.Party{Name: "Abroad"}}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			if err := Make(o, foreign); err != nil {
				return err
			}
			return Make(o, about(c))
		})
		folder := filepath.Join(t.TempDir(), "out")
		hand := func(want int) {
			t.Helper()
			dbtest.Do(t, door, who, func(o *op.Op) error {
				n, err := Hand(o, folder)
				if n != want {
					t.Errorf("%d were handed over, want %d", n, want)
				}
				return err
			})
		}
		var made Reply
		dbtest.Do(t, door, who, func(o *op.Op) error {
			all, err := nextWaiting.All(o, 10)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d wait, %v", len(all), err)
			}
			made, err = Table.Get(o, all[0].ID)
			return err
		})
		if made.Reasons != "REF LEG" || made.Receiver != "0007:5599990016" || made.State != Waiting || made.Number != "1001" {
			t.Errorf("%+v", made)
		}
		take := func(step string, raw map[string]string) {
			t.Helper()
			dbtest.Do(t, door, who, func(o *op.Op) error {
				_, err := Table.Take(o, made.ID, step, 0, raw)
				return err
			})
		}
		take("stop", map[string]string{"reason": "Leverantören har ringt."})
		hand(0)
		take("resume", nil)
		hand(1)
		hand(0)
		files, err := filepath.Glob(filepath.Join(folder, "*"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v %v", files, err)
		}
		first, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		said, err := response.Read(first)
		if err != nil || said.Status != response.Rejected || said.ID != made.ID.String() || !strings.Contains(files[0], said.ID) || len(said.Check()) > 0 {
			t.Errorf("%+v %v", said, err)
		}
		take("again", nil)
		hand(1)
		again, err := os.ReadFile(files[0])
		if err != nil || !bytes.Equal(first, again) {
			t.Error("the same reply is another file")
		}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			r, err := Table.Get(o, made.ID)
			if err != nil {
				return err
			}
			kept, err := blob.Get(o, r.File)
			if err != nil || !bytes.Equal(kept.Content, first) || r.Sent.IsZero() || r.State != Sent {
				t.Errorf("%+v %v", r.State, err)
			}
			shown, err := say(o, r)
			if err != nil || !strings.Contains(shown.Headline, "Avvisad") {
				t.Errorf("%q %v", shown.Headline, err)
			}
			return nil
		})
	})
}

func TestAFolderThatCannotBeMadeIsSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		who := dbtest.Actor("Anna", MayRead, MaySend)
		dbtest.Do(t, door, who, func(o *op.Op) error { return Make(o, about(1)) })
		blocked := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(blocked, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		err := door.Do(t.Context(), who, func(o *op.Op) error {
			_, err := Hand(o, filepath.Join(blocked, "out"))
			return err
		})
		if err == nil {
			t.Error("no error")
		}
	})
}

func TestAStoppedAnswerIsNotSentAfterALaterOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		who := dbtest.Actor("Anna", MayRead, MaySend)
		asked := about(1)
		asked.Status = response.UnderQuery
		dbtest.Do(t, door, who, func(o *op.Op) error { return Make(o, asked) })
		first := func() (key id.ID[Reply]) {
			dbtest.Do(t, door, who, func(o *op.Op) error {
				all, err := Of(o, 1, 7)
				key = all[0].ID
				return err
			})
			return key
		}()
		take := func(step string, raw map[string]string) error {
			return door.Do(t.Context(), who, func(o *op.Op) error {
				_, err := Table.Take(o, first, step, 0, raw)
				return err
			})
		}
		if err := take("stop", map[string]string{"reason": "Fel fråga."}); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			if err := Make(o, asked); err != nil { // what was stopped is not made again
				return err
			}
			return Make(o, about(1))
		})
		if err := take("resume", nil); !errors.Is(err, errLater) {
			t.Errorf("a question after the rejection: %v", err)
		}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			all, err := Of(o, 1, 7)
			if len(all) != 2 {
				t.Errorf("%d answers", len(all))
			}
			return err
		})
	})
}

func TestAnAddressThatIsKnownIsReplaced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		who := dbtest.Actor("Anna", MayRead, MaySend)
		post := func(raw map[string]string) error {
			return door.Do(t.Context(), who, func(o *op.Op) error {
				_, _, err := EditReceiver.Post(o, "", 0, raw)
				return err
			})
		}
		if err := post(map[string]string{"address": "5599990016", "takes": TakesNone, "note": "x"}); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("an address without its kind: %v", err)
		}
		for _, takes := range []string{TakesNone, TakesFinal} {
			if err := post(map[string]string{"address": "0007:5599990016", "takes": takes, "note": "Accesspunkten sade det."}); err != nil {
				t.Fatal(err)
			}
		}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			r, err := receiverOf.One(o, "0007:5599990016")
			if r.Takes != TakesFinal || r.Version != 2 || r.By != who.ID {
				t.Errorf("%+v", r)
			}
			return err
		})
	})
}
