// Package assets serves the style sheets, fonts and scripts of the pages from inside the program.
//
// # Words
//
// dist holds the works of others, made by build.sh from package-lock.json; kontor.css and kontor.js are our own.
//
// # What always holds
//
//   - The address of a file holds the hash of its group's content, so that a browser may keep it for ever and never
//     shows a page with yesterday's style.
//   - Nothing is fetched from another host: the content security policy allows only 'self'.
//
// # Not here
//
// The markup that uses them (kernel/ui), the headers of pages (kernel/web).
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is where Handler is mounted.
const Prefix = "/assets/"

// The files that a page links to.
const (
	VendorCSS = "vendor.css"
	CSS       = "kontor.css"
	HTMX      = "htmx.js"
	JS        = "kontor.js"
)

// Others and ours have a hash each: a change of our style sheet leaves the fonts in the browser's cache.
//
//go:embed dist
var others embed.FS

//go:embed kontor.css kontor.js icon.svg
var ours embed.FS

type file struct {
	url    string
	mime   string
	plain  []byte
	packed []byte // gzip; nil when packing does not help
}

var files = sync.OnceValue(func() map[string]file {
	all := map[string]file{}
	for _, group := range []struct {
		from embed.FS
		root string
	}{{others, "dist"}, {ours, "."}} {
		contents := map[string][]byte{}
		sum := sha256.New()
		// WalkDir goes in the order of names, so the hash is the same at every start.
		err := fs.WalkDir(group.from, group.root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := group.from.ReadFile(p)
			contents[path.Base(p)] = b
			sum.Write([]byte(p))
			sum.Write(b)
			return err
		})
		if err != nil {
			panic("kernel/web/assets: " + err.Error()) // what is embedded can always be read
		}
		hash := hex.EncodeToString(sum.Sum(nil)[:6])
		for name, b := range contents {
			all[name] = file{url: Prefix + hash + "/" + name, mime: mimeOf(name), plain: b, packed: pack(name, b)}
		}
	}
	return all
})

// URL is the address of a file, with the hash of its content. A name that does not exist is a programming fault.
func URL(name string) string {
	f, ok := files()[name]
	if !ok {
		panic("kernel/web/assets: no file " + name)
	}
	return f.url
}

// Handler serves the files under Prefix. An address with an older hash is answered with the file as it is now, and
// may not be kept: it comes from a page that was open when the program was replaced.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := files()[path.Base(r.URL.Path)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", f.mime)
		h.Set("X-Content-Type-Options", "nosniff")
		if r.URL.Path == f.url {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		body := f.plain
		if f.packed != nil {
			h.Set("Vary", "Accept-Encoding")
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				h.Set("Content-Encoding", "gzip")
				body = f.packed
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodHead {
			return
		}
		w.Write(body)
	})
}

// mimeOf knows the kinds that there are: the tables of the operating system differ between machines.
func mimeOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return "text/plain; charset=utf-8"
}

func pack(name string, b []byte) []byte {
	if path.Ext(name) == ".woff2" {
		return nil
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// Text is the content of a style sheet, for a document that is to be read without the program.
func Text(name string) string {
	f, ok := files()[name]
	if !ok {
		panic("kernel/web/assets: no file " + name)
	}
	return string(f.plain)
}
