package db

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// plan says which field of a struct each column is read into and written from.
type plan struct {
	typ    reflect.Type
	scalar bool
	fields []field
}

type field struct {
	index []int
	kind  kind
	typ   reflect.Type
}

type kind uint8

const (
	plain  kind = iota // whatever database/sql can do by itself
	moment             // time.Time, where zero is NULL
	jsoned             // anything, as JSON text
)

var (
	timeType    = reflect.TypeFor[time.Time]()
	scannerType = reflect.TypeFor[sql.Scanner]()
)

// columnsOf lists the columns of T in the order of its fields.
func columnsOf[T any]() []string {
	var cols []string
	walk(reflect.TypeFor[T](), nil, func(name string, _ field) { cols = append(cols, name) })
	return cols
}

// walk visits the fields of a struct: the tag `db:"name"` or `db:"name,json"`
// names the column, else the field's own name in snake case; "-" leaves it out;
// embedded structs are walked into.
func walk(t reflect.Type, at []int, visit func(string, field)) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, at...), i)
		tag, opt, _ := strings.Cut(f.Tag.Get("db"), ",")
		if tag == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Type != timeType && tag == "" {
			walk(f.Type, index, visit)
			continue
		}
		if tag == "" {
			tag = snake(f.Name)
		}
		k := plain
		switch {
		case opt == "json":
			k = jsoned
		case f.Type == timeType:
			k = moment
		}
		visit(tag, field{index: index, kind: k, typ: f.Type})
	}
}

func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) {
			edge := i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
			if edge {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func planOf[T any](cols []string) (*plan, error) {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct || t == timeType || reflect.PointerTo(t).Implements(scannerType) {
		if len(cols) != 1 {
			return nil, fmt.Errorf("%d columns for one %s", len(cols), t)
		}
		k := plain
		if t == timeType {
			k = moment
		}
		return &plan{typ: t, scalar: true, fields: []field{{kind: k, typ: t}}}, nil
	}
	by := map[string]field{}
	walk(t, nil, func(name string, f field) { by[name] = f })
	p := &plan{typ: t}
	for _, c := range cols {
		f, ok := by[c]
		if !ok {
			return nil, fmt.Errorf("column %q has no field in %s", c, t)
		}
		p.fields = append(p.fields, f)
		delete(by, c)
	}
	for name := range by {
		return nil, fmt.Errorf("field for column %q of %s is not in the result", name, t)
	}
	return p, nil
}

// reader reads rows one after the other with the same scratch space.
type reader struct {
	p     *plan
	ptrs  []any
	times []sql.NullTime
	texts []sql.NullString
}

func (p *plan) reader() *reader {
	n := len(p.fields)
	return &reader{p: p, ptrs: make([]any, n), times: make([]sql.NullTime, n), texts: make([]sql.NullString, n)}
}

func (r *reader) scan(rows *sql.Rows, into any) error {
	v := reflect.ValueOf(into).Elem()
	for i, f := range r.p.fields {
		switch f.kind {
		case moment:
			r.ptrs[i] = &r.times[i]
		case jsoned:
			r.ptrs[i] = &r.texts[i]
		default:
			r.ptrs[i] = f.of(v).Addr().Interface()
		}
	}
	if err := rows.Scan(r.ptrs...); err != nil {
		return err
	}
	for i, f := range r.p.fields {
		switch f.kind {
		case moment:
			f.of(v).Set(reflect.ValueOf(r.times[i].Time.UTC()))
			if !r.times[i].Valid {
				f.of(v).SetZero()
			}
		case jsoned:
			if r.texts[i].Valid && r.texts[i].String != "" {
				if err := json.Unmarshal([]byte(r.texts[i].String), f.of(v).Addr().Interface()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (f field) of(v reflect.Value) reflect.Value {
	if f.index == nil {
		return v
	}
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

// values appends the columns of row, in the form that drivers take.
func (p *plan) values(args []any, row any) ([]any, error) {
	v := reflect.ValueOf(row).Elem()
	for _, f := range p.fields {
		fv := f.of(v)
		if f.kind == jsoned {
			b, err := json.Marshal(fv.Interface())
			if err != nil {
				return nil, err
			}
			args = append(args, string(b))
			continue
		}
		args = append(args, value(fv))
	}
	return args, nil
}

func forDriver(args []any) []any {
	for i, a := range args {
		switch a := a.(type) {
		case nil, string, int64, bool, []byte:
		case int:
			args[i] = int64(a)
		default:
			args[i] = value(reflect.ValueOf(a))
		}
	}
	return args
}

// value is what a driver takes for v: named integers and texts become plain
// ones, since PostgreSQL's driver would ask their String method.
func value(v reflect.Value) any {
	if v.Type() == timeType {
		t := v.Interface().(time.Time)
		if t.IsZero() {
			return nil
		}
		return t.UTC().Truncate(time.Microsecond)
	}
	if dv, ok := v.Interface().(driver.Valuer); ok {
		return dv
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint())
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	}
	return v.Interface()
}
