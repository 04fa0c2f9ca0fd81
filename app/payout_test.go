package app

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/kernel/fault"
)

// Every shape of the same list is the same orders; what is wrong is told with its
// place.
func TestOrdersAreRead(t *testing.T) {
	dir := t.TempDir()
	const flat = "client;reference;org;amount;file;line.account;line.unit;line.sum\r\n"
	for _, x := range []struct{ name, text, want, wrong string }{
		{"json", `[{"client":"KULT","reference":"A-1","amount":12000.50,"protected":true,"lines":[{"account":4120,"sum":"5"},{"account":"4130"}]}]`,
			`KULT A-1 {"amount":"12000.50","protected":"true"} [{"account":"4120","sum":"5"},{"account":"4130"}] post 1`, ""},
		{"an object by itself", `{"client":"KULT","reference":"A-1"}`, `KULT A-1 {} null post 1`, ""},
		{"csv with semicolons and a line more", flat + "KULT;A-1;802400-1234;12,5;b.pdf;4120;21100;10\r\n;A-1;;;;4130;;2,5\r\nKULT;A-2;;7;;4120;;\r\n",
			`KULT A-1 {"amount":"12,5","org":"802400-1234"} [{"account":"4120","sum":"10","unit":"21100"},{"account":"4130","sum":"2,5"}] rad 2|KULT A-2 {"amount":"7"} [{"account":"4120"}] rad 4`, ""},
		{"csv with commas and a mark of its coding", "\ufeffclient,reference,name\nKULT,A-1,Åsa\n", `KULT A-1 {"name":"Åsa"} null rad 2`, ""},
		{"csv in the coding of old programs", "client;reference;name\nKULT;A-1;\xc5sa\n", `KULT A-1 {"name":"Åsa"} null rad 2`, ""},
		{"a row that is too short", flat + "KULT;A-1\n", "", "rad 2 har 2 fält och rubrikerna är 8"},
		{"no headings", "KULT;A-1;12\n", "", "första raden"},
		{"json that ends in the middle", `[{"client":"KULT"`, "", "JSON"},
		{"a field with many values", `[{"reference":["A"]}]`, "", "flera värden"},
		{"nothing", " \n", "", "tom"},
	} {
		t.Run(x.name, func(t *testing.T) {
			path := filepath.Join(dir, "orders")
			if err := os.WriteFile(path, []byte(x.text), 0o600); err != nil {
				t.Fatal(err)
			}
			all, err := readOrders(path)
			if x.wrong != "" {
				if err == nil || !strings.Contains(fault.Of(err).Say(), x.wrong) {
					t.Errorf("%v does not tell %q", err, x.wrong)
				}
				return
			}
			var got []string
			for _, o := range all {
				fields, _ := json.Marshal(o.Fields)
				lines, _ := json.Marshal(o.Lines)
				got = append(got, strings.Join([]string{o.Client, o.Reference, string(fields), string(lines), o.place}, " "))
			}
			if err != nil || strings.Join(got, "|") != x.want {
				t.Errorf("read %q (%v)\nwant %q", got, err, x.want)
			}
		})
	}
}

// A list comes from another system: it names documents in its own folder alone.
func TestADocumentIsReadFromTheFolderOfItsList(t *testing.T) {
	dir := t.TempDir()
	for path, text := range map[string]string{"lists/beslut.pdf": "%PDF-1.4", "secret.pdf": "%PDF-1.4 secret"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, reads := range map[string]bool{"beslut.pdf": true, "../secret.pdf": false, filepath.Join(dir, "secret.pdf"): false, "none.pdf": false} {
		x := placed{file: filepath.Join(dir, "lists", "orders.csv")}
		x.FileName = name
		if err := x.attach(); (err == nil) != reads || reads != (len(x.File) > 0) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A person at a prompt: a file is read twice, one of its rows is wrong, and what came
// of it is listed.
func TestPayoutOnTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	run := func(want int, args ...string) (map[string]any, string) {
		t.Helper()
		var out, errs bytes.Buffer
		if got := Run(append(args, "--dir", dir), IO{In: strings.NewReader(""), Out: &out, Err: &errs}); got != want {
			t.Fatalf("%v: status %d, want %d\n%s%s", args, got, want, out.String(), errs.String())
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		answer := map[string]any{}
		_ = json.Unmarshal([]byte(lines[len(lines)-1]), &answer)
		return answer, errs.String()
	}
	run(0, "migrate")
	list := filepath.Join(dir, "bidrag.json")
	if err := os.WriteFile(list, []byte(`[{"client":"NONE","reference":"A-1","org":"559999-1006"},{"client":"NONE","reference":""}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	answer, errs := run(2, "payout", "add", "--json", list)
	if answer["failed"] != 2.0 || answer["made"] != 0.0 || !strings.Contains(errs, "post 1, A-1: ") || !strings.Contains(errs, "(PUT-050)") {
		t.Errorf("%v\n%s", answer, errs)
	}
	if answer, _ := run(0, "payout", "list", "--json"); len(answer["requests"].([]any)) != 0 {
		t.Errorf("listed %v", answer)
	}
}
