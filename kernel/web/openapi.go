package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/list"
)

// OpenAPI is the description of the API, the same for everybody.
func (s *Server) OpenAPI() ([]byte, error) { return s.api() }

// describe writes the OpenAPI document: one operation for each list, kind of
// record, step and form, with the schema of what goes in and out.
func (s *Server) describe() ([]byte, error) {
	paths := map[string]any{
		apiRoot + "/me": map[string]any{"get": operation("me", "Vem nyckeln hör till", "Konto", nil, nil, object(map[string]any{
			"id": str(), "name": str(), "language": str(), "permissions": array(str()),
		}))},
	}
	for _, l := range s.site.Lists {
		paths[apiRoot+"/lists/"+l.Name] = map[string]any{"get": listOperation(l)}
	}
	for _, r := range s.site.Records {
		recordPaths(paths, r)
	}
	for _, f := range s.site.Forms {
		formPaths(paths, f)
	}
	doc := map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{"title": "Kontor", "version": "1", "description": "Allt i Kontor som den inloggade får se och göra. " +
			"Belopp är text med decimalpunkt, identiteter är text, tider är UTC. Fel följer RFC 9457."},
		"servers":  []any{map[string]any{"url": "/"}},
		"security": []any{map[string]any{"bearer": []any{}}, map[string]any{"cookie": []any{}}},
		"paths":    paths,
		"components": map[string]any{
			"securitySchemes": map[string]any{
				"bearer": map[string]any{"type": "http", "scheme": "bearer"},
				"cookie": map[string]any{"type": "apiKey", "in": "cookie", "name": s.cookie()},
			},
			"schemas": map[string]any{"Problem": object(map[string]any{
				"type": str(), "title": str(), "status": whole(), "detail": str(), "code": str(), "request": str(),
				"fields": array(object(map[string]any{"name": str(), "text": str()})),
			})},
			"responses": map[string]any{"Problem": map[string]any{"description": "Varför det inte gick",
				"content": map[string]any{"application/problem+json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/Problem"}}}}},
		},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(doc)
	return b.Bytes(), err
}

func str() map[string]any   { return map[string]any{"type": "string"} }
func whole() map[string]any { return map[string]any{"type": "integer", "format": "int64"} }
func array(of map[string]any) map[string]any {
	return map[string]any{"type": "array", "items": of}
}

func object(fields map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": fields}
}

func operation(name, summary, tag string, params []any, in, out map[string]any) map[string]any {
	m := map[string]any{
		"operationId": name, "summary": summary, "tags": []any{tag},
		"responses": map[string]any{
			"200": map[string]any{"description": "Det gick bra", "content": map[string]any{"application/json": map[string]any{"schema": out}}},
			"4XX": map[string]any{"$ref": "#/components/responses/Problem"}, "5XX": map[string]any{"$ref": "#/components/responses/Problem"},
		},
	}
	if params != nil {
		m["parameters"] = params
	}
	if in != nil {
		m["requestBody"] = map[string]any{"required": true, "content": map[string]any{"application/json": map[string]any{"schema": in}}}
	}
	return m
}

func param(in, name, about string, schema map[string]any) map[string]any {
	return map[string]any{"in": in, "name": name, "required": in == "path", "description": about, "schema": schema}
}

func listOperation(l *list.Spec) map[string]any {
	row := map[string]any{"id": str()}
	if !l.Global {
		row["client"] = str()
	}
	if l.Version != "" {
		row["version"] = whole()
	}
	var sorts []any
	for _, c := range l.Columns {
		row[column(c.Key)] = columnSchema(l, c)
		if c.Sort {
			sorts = append(sorts, c.Key, "-"+c.Key)
		}
	}
	sort := str()
	if sorts != nil {
		sort["enum"] = sorts
	}
	params := []any{
		param("query", "sort", "Ordning; minus ger fallande", sort),
		param("query", "after", "Fortsätt efter den här markören", str()),
		param("query", "limit", "Rader på en sida, högst 500", map[string]any{"type": "integer", "minimum": 1, "maximum": list.LimitMax}),
		param("query", "count", "false räknar inte raderna", map[string]any{"type": "boolean"}),
	}
	if len(l.Search) > 0 {
		params = append(params, param("query", "q", "Sök från ordens början", str()))
	}
	if len(l.Views) > 0 {
		var views []any
		for _, w := range l.Views {
			views = append(views, w.Key)
		}
		params = append(params, param("query", "view", "Vy", map[string]any{"type": "string", "enum": views}))
	}
	for _, f := range l.Filters {
		params = append(params, param("query", f.Key, cmp.Or(f.Label, f.Key), array(str())))
	}
	out := object(map[string]any{"rows": array(object(row)), "next": str(), "count": whole(), "more": map[string]any{"type": "boolean"}})
	return operation("list."+l.Name, l.Title, "Listor", params, nil, out)
}

func columnSchema(l *list.Spec, c list.Column) map[string]any {
	m := map[string]any{"type": []any{"string", "null"}}
	if c.Label != "" {
		m["description"] = c.Label
	}
	switch c.Kind {
	case list.Whole:
		m["type"], m["format"] = []any{"integer", "null"}, "int64"
	case list.Yes:
		m["type"] = []any{"boolean", "null"}
	case list.Money:
		m["pattern"] = `^-?[0-9]+\.[0-9]{2}$`
	case list.Date, list.Promise:
		m["format"] = "date"
	case list.Time:
		m["format"] = "date-time"
	case list.Status:
		var states []any
		for _, s := range l.States {
			states = append(states, s.Value)
		}
		if states != nil {
			m["enum"] = append(states, nil)
		}
	case list.Word:
		delete(m, "type") // a code or a number, as it is stored
	}
	return m
}

func recordPaths(paths map[string]any, r Record) {
	d := r.Table.Life().Describe()
	at := apiRoot + "/records/" + d.Name + "/{key}"
	key := []any{param("path", "key", "Postens identitet", str())}
	paths[at] = map[string]any{"get": operation("record."+d.Name, r.Title, r.Title, key, nil, map[string]any{"type": "object"})}
	for _, s := range d.Steps {
		if s.Machine {
			continue
		}
		in := valuesSchema(s.Input)
		out := object(map[string]any{"state": str(), "version": whole()})
		paths[at+"/steps/"+s.Name] = map[string]any{"post": operation("step."+d.Name+"."+s.Name, s.Label, r.Title, key, in, out)}
	}
}

func formPaths(paths map[string]any, f *form.Spec) {
	at := apiRoot + "/forms/" + f.Name
	loaded := object(map[string]any{"version": whole(), "values": object(fieldSchemas(f.Fields))})
	next := object(map[string]any{"next": str()})
	key := []any{param("path", "key", "Postens identitet", str())}
	paths[at] = map[string]any{
		"get":  operation("form."+f.Name, f.Title, "Formulär", nil, nil, loaded),
		"post": operation("post."+f.Name, f.Title, "Formulär", nil, valuesSchema(f.Fields), next),
	}
	paths[at+"/{key}"] = map[string]any{
		"get":  operation("form."+f.Name+".key", f.Title, "Formulär", key, nil, loaded),
		"post": operation("post."+f.Name+".key", f.Title, "Formulär", key, valuesSchema(f.Fields), next),
	}
}

func valuesSchema(fields []form.Field) map[string]any {
	values := object(fieldSchemas(fields))
	values["additionalProperties"] = false
	var required []any
	for _, f := range fields {
		if f.Required {
			required = append(required, f.Key)
		}
	}
	if required != nil {
		values["required"] = required
	}
	return object(map[string]any{"version": map[string]any{"type": "integer", "format": "int64", "description": "Den version som ändras; 0 för något nytt"}, "values": values})
}

func fieldSchemas(fields []form.Field) map[string]any {
	m := map[string]any{}
	for _, f := range fields {
		s := str()
		switch f.Kind {
		case form.Date:
			s["format"] = "date"
		case form.Whole:
			s = map[string]any{"type": []any{"integer", "string"}}
		case form.Check:
			s = map[string]any{"type": []any{"boolean", "string"}}
		case form.Choice, form.Radio:
			var values []any
			for _, o := range f.Options {
				values = append(values, o.Value)
			}
			if values != nil && f.Required {
				s["enum"] = values
			}
		}
		if f.Max > 0 && f.Kind != form.Check && f.Kind != form.Whole {
			s["maxLength"] = f.Max
		}
		if about := strings.TrimSpace(f.Label + ". " + f.Help); f.Label != "" {
			s["description"] = about
		}
		m[f.Key] = s
	}
	return m
}

// Describe is the OpenAPI document, for programs that are not running a server.
func (s *Server) Describe() ([]byte, error) { return s.describe() }
