// Package browser looks at pages in a real browser: accessibility by axe, sideways scrolling, complaints in the
// console, pictures.
//
// # Words
//
// An order is a list of pages with the cookies that open them; axe.mjs and shoot.mjs take it on standard input.
//
// # What always holds
//
//   - Node and Chromium missing is said and skipped on a person's machine, and fails where CI is true.
//   - A page is seen as it is served: its content security policy stays on.
//
// # Not here
//
// Which pages there are: whoever serves them gives the order.
package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Page is a page to look at.
type Page struct {
	Name    string            `json:"name"`
	URL     string            `json:"url"` // under the base
	Cookies map[string]string `json:"cookies,omitempty"`
	Steps   []Step            `json:"steps,omitempty"` // before it is looked at
}

// Step is something done on the page before it is looked at.
type Step struct {
	Press string `json:"press,omitempty"`
	Click string `json:"click,omitempty"`
}

// Order is what the scripts are asked to do.
type Order struct {
	Base    string `json:"base"`
	Out     string `json:"out,omitempty"` // folder of the pictures
	Browser string `json:"browser,omitempty"`
	Pages   []Page `json:"pages"`
}

// Found is what axe.mjs found on one page in one scheme and width.
type Found struct {
	Name       string      `json:"name"`
	URL        string      `json:"url"`
	Scheme     string      `json:"scheme"`
	Width      int         `json:"width"`
	Violations []Violation `json:"violations"`
	Console    []string    `json:"console"`
	Overflow   []string    `json:"overflow"`
}

// Violation is one rule of axe that a page breaks.
type Violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		Target string `json:"target"`
		HTML   string `json:"html"`
		Why    string `json:"why"`
	} `json:"nodes"`
}

// Result is the whole answer of axe.mjs.
type Result struct {
	Checked int     `json:"checked"`
	Pages   int     `json:"pages"`
	Bad     []Found `json:"bad"`
}

// ErrMissing says that the machine has no Node, no Chromium or no packages for them.
var ErrMissing = errors.New("browser: node, chromium or the packages of browser/package-lock.json are missing")

// Chromium is the path of the browser: CHROMIUM, or where Debian puts it; "" when there is none.
func Chromium() string {
	for _, path := range []string{os.Getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"} {
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// Check runs axe over the pages and returns what is wrong.
func Check(ctx context.Context, o Order) (Result, error) {
	var r Result
	out, err := run(ctx, "axe.mjs", o)
	// Exit status 1 comes with an answer that says what was found.
	if jsonErr := json.Unmarshal(out, &r); jsonErr != nil {
		return r, errors.Join(err, fmt.Errorf("browser: axe.mjs: %w", jsonErr))
	}
	return r, nil
}

// Told is the answer of act.mjs: the stories that held and those that did not.
type Told struct {
	Done   []string `json:"done"`
	Failed []struct {
		Name string `json:"name"`
		Why  string `json:"why"`
	} `json:"failed"`
}

// Act uses the gallery at o.Base as a person would.
func Act(ctx context.Context, o Order) (Told, error) {
	var told Told
	out, err := run(ctx, "act.mjs", o)
	if jsonErr := json.Unmarshal(out, &told); jsonErr != nil {
		return told, errors.Join(err, fmt.Errorf("browser: act.mjs: %w", jsonErr))
	}
	return told, nil
}

// Shoot takes the pictures of the pages into o.Out.
func Shoot(ctx context.Context, o Order) error {
	_, err := run(ctx, "shoot.mjs", o)
	return err
}

func run(ctx context.Context, script string, o Order) ([]byte, error) {
	dir, err := ready(ctx)
	if err != nil {
		return nil, err
	}
	o.Browser = Chromium()
	in, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", script)
	cmd.Dir = dir
	cmd.Stdin = bytes.NewReader(in)
	cmd.Stderr = os.Stderr
	return cmd.Output()
}

// ready finds the folder of the scripts and installs their packages once.
func ready(ctx context.Context) (string, error) {
	_, file, _, _ := runtime.Caller(0)
	dir := filepath.Dir(file)
	if _, err := exec.LookPath("node"); err != nil || Chromium() == "" {
		return "", ErrMissing
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")); err == nil {
		return dir, nil
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: npm ci: %w: %s", ErrMissing, err, out)
	}
	return dir, nil
}
