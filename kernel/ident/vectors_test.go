package ident_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/kernel/ident"
)

// vectors opens a file of the public test vectors that may lie beside the
// repository.
func vectors(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/data", name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPersonnummerVectors(t *testing.T) {
	n := 0
	for _, name := range []string{"personnummer-list.json", "personnummer-interim.json"} {
		var list []struct {
			Long    string `json:"long_format"`
			Short   string `json:"separated_format"`
			LongSep string `json:"separated_long"`
			Plain   string `json:"short_format"`
			Valid   bool
			Type    string
		}
		if err := json.Unmarshal(vectors(t, "identifiers/"+name), &list); err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			want := v.Long
			if strings.Contains(want, " ") {
				// The vectors refuse a space as separator. Here spaces mean nothing.
				continue
			}
			for _, s := range []string{v.Long, v.Short, v.LongSep} {
				got, err := ident.ParseOrg(s, today)
				if (err == nil) != v.Valid || v.Valid && got.Digits != want {
					t.Errorf("%s: %q, %v; the vector says %v", s, got.Digits, err, v.Valid)
				}
				if v.Valid && (got.Kind == ident.Coordination) != (v.Type == "con") {
					t.Errorf("%s is a %v; the vector says %s", s, got.Kind, v.Type)
				}
				n++
			}
			// Ten digits alone do not tell a centenarian from a child.
			if _, err := ident.ParseOrg(v.Plain, today); (err == nil) != v.Valid {
				t.Errorf("%s: %v; the vector says %v", v.Plain, err, v.Valid)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d vectors were read", n)
	}
}

func TestCoordinationVectors(t *testing.T) {
	var list []string
	if err := json.Unmarshal(vectors(t, "identifiers/personnummer-allCoords.json"), &list); err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if got, err := ident.ParseOrg(s, today); err != nil || got.Digits != s || got.Kind != ident.Coordination {
			t.Errorf("%s is %v %v, %v", s, got, got.Kind, err)
		}
	}
	if len(list) < 1000 {
		t.Errorf("only %d vectors were read", len(list))
	}
}

func TestOrganisationVectors(t *testing.T) {
	var list []struct {
		Input string
		Short string `json:"short_format"`
		Valid bool
		Type  string
		VAT   ident.VATNumber `json:"vat_number"`
	}
	if err := json.Unmarshal(vectors(t, "identifiers/organisationsnummer-list.json"), &list); err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		got, err := ident.ParseOrg(v.Input, today)
		if (err == nil) != v.Valid {
			t.Errorf("%s: %v; the vector says %v", v.Input, err, v.Valid)
		}
		if !v.Valid {
			continue
		}
		if got.VAT() != v.VAT || got.Ten() != v.Short || got.IsPerson() != (v.Type == "Enskild firma") {
			t.Errorf("%s is %v with %s, want %s, %s", v.Input, got.Kind, got.VAT(), v.VAT, v.Type)
		}
	}
}

func TestNumbersOfMunicipalities(t *testing.T) {
	r := csv.NewReader(strings.NewReader(string(vectors(t, "se-reference/geo/kommuner-orgnr.csv"))))
	r.Comma = ';'
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[string]bool{"2220000449": true, "2120001050": true} // typing errors of the source
	seen := 0
	for _, row := range rows[1:] {
		got, err := ident.ParseOrg(row[2], today)
		if (err != nil) != wrong[row[2]] || err == nil && (got.Ten() != row[2] || got.Kind != ident.Organisation) {
			t.Errorf("%s is %v, %v", row[2], got, err)
		}
		seen++
	}
	if seen < 200 {
		t.Errorf("only %d numbers were read", seen)
	}
}
