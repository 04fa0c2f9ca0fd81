package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// problem is a fault for a script. source: RFC 9457
type problem struct {
	Type    string       `json:"type"`
	Title   string       `json:"title"`
	Status  int          `json:"status"`
	Detail  string       `json:"detail"`
	Code    string       `json:"code"`
	Request string       `json:"request"`
	Fields  []fieldFault `json:"fields,omitempty"`
}

type fieldFault struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (v *visit) problem(code int, f *fault.Fault) {
	p := problem{Type: "about:blank", Title: http.StatusText(code), Status: code, Detail: v.say(f), Code: f.Code, Request: requestID(v.ctx())}
	for _, x := range f.Fields {
		p.Fields = append(p.Fields, fieldFault{x.Name, v.sayField(x)})
	}
	v.w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	_ = v.json(code, p) // a struct of texts is always written
}

const apiRoot = "/api/v1"

func (s *Server) apiRoutes() {
	s.page("GET /api/openapi.json", apiDocument)
	s.page("GET "+apiRoot+"/me", apiMe)
	s.page("GET "+apiRoot+"/lists/{list}", apiList)
	s.page("GET "+apiRoot+"/records/{flow}/{key}", apiRecord)
	s.page("POST "+apiRoot+"/records/{flow}/{key}/steps/{step}", apiStep)
	s.page("GET "+apiRoot+"/forms/{form}", apiForm)
	s.page("GET "+apiRoot+"/forms/{form}/{key}", apiForm)
	s.page("POST "+apiRoot+"/forms/{form}", apiPost)
	s.page("POST "+apiRoot+"/forms/{form}/{key}", apiPost)
}

func apiDocument(v *visit) error {
	b, err := v.s.api()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = v.w.Write(b)
	return nil
}

func apiMe(v *visit) error {
	may := []string{}
	for _, l := range v.s.site.Labels {
		if _, ok := v.who.actor.Grants[l.Name]; ok {
			may = append(may, string(l.Name))
		}
	}
	return v.json(http.StatusOK, map[string]any{"id": v.who.actor.ID.String(), "name": v.who.actor.Name, "language": v.who.actor.Language, "permissions": may})
}

// apiList is one page of a list; next is the cursor of the page after.
func apiList(v *visit) error {
	s := v.s.site.list(v.r.PathValue("list"))
	if s == nil {
		return errNoPage.Because("no list %q", v.r.PathValue("list"))
	}
	a := ask(s, v.r.URL.Query())
	a.NoCount = v.r.URL.Query().Get("count") == "false"
	if a.View == "" {
		a.View = "-" // a script says what it wants; the first tab is for people
	}
	if a.Limit == 0 {
		a.Limit = pageRows
	}
	var p list.Page
	err := v.view(func(o *op.Op) (err error) { p, err = s.Run(o, a.Query); return err })
	if err != nil {
		return err
	}
	rows := make([]map[string]any, len(p.Rows))
	for i, r := range p.Rows {
		rows[i] = rowFields(s, r)
	}
	out := map[string]any{"rows": rows}
	if p.Next != "" {
		out["next"] = p.Next
	}
	if p.Count >= 0 {
		out["count"], out["more"] = p.Count, p.More
	}
	return v.json(http.StatusOK, out)
}

func apiRecord(v *visit) error {
	r, ok := v.s.site.record(v.r.PathValue("flow"))
	if !ok {
		return errNoPage.Because("no record kind %q", v.r.PathValue("flow"))
	}
	var x any
	err := v.view(func(o *op.Op) (err error) { x, err = r.Table.Fields(o, v.r.PathValue("key")); return err })
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, x)
}

// sent reads the values of a step or a form: an object whose values are texts,
// numbers, truths or null.
func (v *visit) sent() (values map[string]string, version int64, err error) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, bodyMax)
	var body struct {
		Version int64          `json:"version"`
		Values  map[string]any `json:"values"`
	}
	d := json.NewDecoder(v.r.Body)
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(&body); err != nil {
		return nil, 0, bodyFault(err)
	}
	if d.More() {
		return nil, 0, errBody.Because("more than one value")
	}
	values = map[string]string{}
	for k, x := range body.Values {
		switch x := x.(type) {
		case nil:
		case string:
			values[k] = x
		case json.Number:
			values[k] = x.String()
		case bool:
			values[k] = strconv.FormatBool(x)
		default:
			return nil, 0, errBody.Because("%s is neither text, number nor truth", k)
		}
	}
	return values, body.Version, nil
}

// unknown refuses values that no field takes: a script that misspells one must
// not believe that it was saved.
func unknown(fields []form.Field, values map[string]string) error {
	var wrong []fault.Field
	for k := range values {
		known := false
		for _, f := range fields {
			known = known || f.Key == k
		}
		if !known {
			wrong = append(wrong, fault.Field{Name: k, Text: "Fältet finns inte."})
		}
	}
	if wrong != nil {
		return form.ErrInvalid.At(wrong...)
	}
	return nil
}

func apiStep(v *visit) error {
	r, s, err := v.step()
	if err != nil {
		return err
	}
	values, version, err := v.sent()
	if err != nil {
		return err
	}
	if err := unknown(s.Input, values); err != nil {
		return err
	}
	out := map[string]any{}
	err = v.change(func(o *op.Op) error {
		state, now, err := r.Table.TakeText(o, v.r.PathValue("key"), s.Name, version, values)
		out["state"], out["version"] = state, now
		return err
	})
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, out)
}

func apiForm(v *visit) error {
	f, key, err := v.spec()
	if err != nil {
		return err
	}
	var l form.Loaded
	err = v.view(func(o *op.Op) (err error) { l, err = f.Show(o, key); return err })
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, x := range f.Fields {
		if x.Kind != form.Password {
			values[x.Key] = l.Values[x.Key]
		}
	}
	return v.json(http.StatusOK, map[string]any{"version": l.Version, "values": values})
}

func apiPost(v *visit) error {
	f, key, err := v.spec()
	if err != nil {
		return err
	}
	values, version, err := v.sent()
	if err != nil {
		return err
	}
	if err := unknown(f.Fields, values); err != nil {
		return err
	}
	next := ""
	err = v.change(func(o *op.Op) (err error) { next, _, err = f.Post(o, key, version, values); return err })
	if err != nil {
		return err
	}
	v.s.forget()
	return v.json(http.StatusOK, map[string]any{"next": local(next)})
}
