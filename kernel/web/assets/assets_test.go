package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, url string, gzipped bool) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	if gzipped {
		r.Header.Set("Accept-Encoding", "br, gzip")
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFilesAreKeptForEverUnderTheirHash(t *testing.T) {
	for _, name := range []string{VendorCSS, CSS, HTMX, JS, "icon.svg", "source-sans-3-latin-400.woff2"} {
		t.Run(name, func(t *testing.T) {
			r := get(t, URL(name), false)
			if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%d %s", r.StatusCode, r.Header.Get("Cache-Control"))
			}
			if r.Header.Get("Content-Type") == "text/plain; charset=utf-8" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("content type %q", r.Header.Get("Content-Type"))
			}
			plain := body(t, r.Body)
			packed := get(t, URL(name), true)
			if packed.Header.Get("Content-Encoding") == "gzip" {
				z, err := gzip.NewReader(packed.Body)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(body(t, z), plain) {
					t.Error("the packed file is another file")
				}
			} else if !strings.HasSuffix(name, ".woff2") {
				t.Error("text is sent packed")
			}
		})
	}
}

func TestAnOlderAddressAnswersButIsNotKept(t *testing.T) {
	r := get(t, Prefix+"000000000000/kontor.css", false)
	if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %q", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	if r := get(t, Prefix+"x/assets.go", false); r.StatusCode != http.StatusNotFound {
		t.Errorf("a file that is not served: %d", r.StatusCode)
	}
	if r := get(t, Prefix+"x/../../assets.go", false); r.StatusCode != http.StatusNotFound {
		t.Errorf("a path out of the folder: %d", r.StatusCode)
	}
}

func TestStylesFetchNothingFromElsewhere(t *testing.T) {
	address := regexp.MustCompile(`url\(\s*["']?([^"')]+)`)
	for _, name := range []string{VendorCSS, CSS} {
		for _, m := range address.FindAllStringSubmatch(string(files()[name].plain), -1) {
			if strings.HasPrefix(m[1], "data:") {
				continue
			}
			if _, ok := files()[m[1]]; !ok {
				t.Errorf("%s fetches %s, which is not served", name, m[1])
			}
		}
	}
	if n := strings.Count(string(files()[VendorCSS].plain), "@font-face"); n != 6 {
		t.Errorf("%d faces of the font, want three weights of two alphabets", n)
	}
}

// A colour that is written twice drifts apart: outside the tokens only the paper of a document has colours of its own.
func TestColoursAreTokens(t *testing.T) {
	css := string(files()[CSS].plain)
	_, rest, ok := strings.Cut(css, "── 2 Base")
	if !ok {
		t.Fatal("the sections have other names")
	}
	hex := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`)
	for _, line := range strings.Split(rest, "\n") {
		if hex.MatchString(line) && !strings.Contains(line, ".sheet") && !strings.Contains(line, "background: #fff") {
			t.Errorf("a colour outside the tokens: %s", strings.TrimSpace(line))
		}
	}
	if strings.Count(css, "prefers-color-scheme") != 0 {
		t.Error("the scheme follows data-color-scheme through light-dark(), never a media query")
	}
}

// A script that cannot be read takes the keys of every page with it.
func TestTheScriptCanBeRead(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the script is read by the browser's tests only")
	}
	if said, err := exec.Command(node, "--check", "kontor.js").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
