package snapshot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// shape is a struct type of the model, as walking and checking need it. The
// published schema is derived from the same types; the tests prove that both
// accept the same documents.
type shape struct {
	account bool
	// key are the fields that tell an object from the others of its list; empty where only all of it does.
	key []string
	// whole is true for an object that is compared as one value.
	whole bool
	// nested is true when a field holds objects.
	nested bool
	fields []field
	byName map[string]*field
}

// field is a field of an object.
type field struct {
	name     string
	required bool
	list     bool
	// object is the shape of the value, or of the elements; nil for scalars.
	object *shape
	// kind is reflect.String, reflect.Bool or reflect.Int64 for scalars.
	kind reflect.Kind
	// enum are the words that a text may be; one for a constant.
	enum []string
	// yes is true when a boolean must be true.
	yes bool
	// date is true for RFC 3339 times.
	date bool
	// ordered is true for a list whose order counts, derived for a field that says again what others say.
	ordered, derived bool
}

var rootShape = sync.OnceValue(func() *shape {
	return shapeOf(reflect.TypeFor[Snapshot](), map[reflect.Type]*shape{})
})

func shapeOf(t reflect.Type, seen map[reflect.Type]*shape) *shape {
	if s, ok := seen[t]; ok {
		return s
	}
	s := &shape{byName: map[string]*field{}}
	seen[t] = s
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name == "_" {
			s.account = f.Tag.Get("schema") == "account"
			s.key = strings.Fields(f.Tag.Get("key"))
			s.whole = f.Tag.Get("diff") == "whole"
			continue
		}
		s.fields = append(s.fields, fieldOf(f, seen))
		s.nested = s.nested || s.fields[len(s.fields)-1].object != nil
	}
	for i := range s.fields {
		s.byName[s.fields[i].name] = &s.fields[i]
	}
	return s
}

func fieldOf(f reflect.StructField, seen map[reflect.Type]*shape) field {
	name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
	out := field{name: name, required: option != "omitempty"}
	out.ordered, out.derived = f.Tag.Get("diff") == "ordered", f.Tag.Get("diff") == "derived"
	t := f.Type
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		out.list = out.list || t.Kind() == reflect.Slice
		t = t.Elem()
	}
	switch out.kind = t.Kind(); out.kind {
	case reflect.Struct:
		out.object = shapeOf(t, seen)
	case reflect.Int:
		out.kind = reflect.Int64
	}
	switch key, value, _ := strings.Cut(f.Tag.Get("schema"), "="); key {
	case "enum":
		out.enum = strings.Split(value, "|")
	case "const":
		if out.yes = out.kind == reflect.Bool; !out.yes {
			out.enum = []string{value}
		}
	case "format":
		out.date = true
	}
	return out
}

// check holds an object against its shape; the error points to what is wrong.
func check(s *shape, object map[string]any, pointer string) *Error {
	known := 0
	for i := range s.fields {
		f := &s.fields[i]
		v, ok := object[f.name]
		if !ok {
			if f.required {
				return refuse(pointer, "%s is missing", f.name)
			}
			continue
		}
		known++
		if !f.list {
			if err := f.check(v, pointer, -1); err != nil {
				return err
			}
			continue
		}
		list, ok := v.([]any)
		if !ok {
			return refuse(pointer+"/"+f.name, "want a list, got %s", kindOf(v))
		}
		for i, item := range list {
			if err := f.check(item, pointer, i); err != nil {
				return err
			}
		}
	}
	if known == len(object) {
		return nil
	}
	var unknown []string
	for name := range object {
		if s.byName[name] == nil {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	return refuse(pointer, "unknown field %s", show(unknown[0]))
}

func refuse(pointer, format string, args ...any) *Error {
	if pointer == "" {
		pointer = "/"
	}
	return &Error{Pointer: printable(pointer), What: printable(fmt.Sprintf(format, args...))}
}

// check holds a value against the field; index is its place in a list, or -1.
// The pointer is put together only where it is needed.
func (f *field) check(v any, parent string, index int) *Error {
	at := func() string {
		if index < 0 {
			return parent + "/" + f.name
		}
		return parent + "/" + f.name + "/" + strconv.Itoa(index)
	}
	wrong := func(want string) *Error { return refuse(at(), "want %s, got %s", want, kindOf(v)) }
	switch {
	case f.object != nil:
		object, ok := v.(map[string]any)
		if !ok {
			return wrong("an object")
		}
		return check(f.object, object, at())
	case f.kind == reflect.Bool:
		b, ok := v.(bool)
		if !ok {
			return wrong("true or false")
		}
		if f.yes && !b {
			return refuse(at(), "want true")
		}
	case f.kind == reflect.Int64:
		n, ok := v.(json.Number)
		if !ok {
			return wrong("an integer")
		}
		if _, err := n.Int64(); err != nil {
			return refuse(at(), "want an integer of 64 bits, got %s", n)
		}
	default:
		s, ok := v.(string)
		if !ok {
			return wrong("a string")
		}
		if f.enum != nil && !slices.Contains(f.enum, s) {
			return refuse(at(), "want %s, got %s", strings.Join(f.enum, ", "), show(s))
		}
		if f.date {
			if _, err := time.Parse(time.RFC3339, s); err != nil {
				return refuse(at(), "want a time as in 2026-01-02T03:04:05Z, got %s", show(s))
			}
		}
	}
	return nil
}
