package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// setKinds are what a rule may say, and how each element is read.
var setKinds = []struct {
	name string
	add  func(into *Result, rule string, element ast.Value) error
}{
	{"findings", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		f := Finding{Rule: rule, At: e.texts("at"), Vars: e.scalars("vars")}
		r.Findings = append(r.Findings, f)
		return e.end()
	}},
	{"settings", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		s := Setting{Rule: rule, At: e.texts("at"), Option: e.texts("option"), Value: e.any("value"), Document: e.optionalTexts("document")}
		r.Settings = append(r.Settings, s)
		return e.end()
	}},
	{"carries", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		c := Carry{Rule: rule, At: e.texts("at"), Path: e.text("path"), To: e.text("to"), Mode: e.text("mode"), Secret: e.truth("secret")}
		r.Carries = append(r.Carries, c)
		return e.end()
	}},
	{"bridges", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		b := Bridge{Rule: rule, At: e.texts("at"), Bridge: e.text("bridge"), Params: e.object("params")}
		r.Bridges = append(r.Bridges, b)
		return e.end()
	}},
	{"checks", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		c := Check{Rule: rule, At: e.texts("at"), Check: e.text("check"), Params: e.object("params"), Required: e.truth("required")}
		r.Checks = append(r.Checks, c)
		return e.end()
	}},
	{"parts", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		p := Part{Rule: rule, At: e.texts("at"), Document: e.texts("document"), Path: e.texts("path"), Value: e.any("value")}
		r.Parts = append(r.Parts, p)
		return e.end()
	}},
	{"plans", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		p := Plan{Rule: rule, At: e.texts("at"), Path: e.texts("path"), Value: e.any("value")}
		r.Plans = append(r.Plans, p)
		return e.end()
	}},
	{"inhibits", func(r *Result, rule string, v ast.Value) error {
		e := element{of: v}
		i := Inhibitor{Rule: rule, At: e.texts("at"), Vars: e.scalars("vars")}
		r.Inhibits = append(r.Inhibits, i)
		return e.end()
	}},
}

// elements visits what a set holds; it may be given as a list, too.
func elements(v ast.Value, visit func(ast.Value) error) error {
	switch v := v.(type) {
	case ast.Set:
		return v.Iter(func(t *ast.Term) error { return visit(t.Value) })
	case *ast.Array:
		return v.Iter(func(t *ast.Term) error { return visit(t.Value) })
	}
	return fmt.Errorf("is %s, want a set", kind(v))
}

// element reads the fields of what a rule gave; the first that is not as it must be is the error.
type element struct {
	of   ast.Value
	read []string
	err  error
}

// elementShown is how much of a wrong element is shown.
const elementShown = 120

func (e *element) String() string { return short(e.of.String(), elementShown) }

func (e *element) field(name string) ast.Value {
	e.read = append(e.read, name)
	if e.err != nil {
		return nil
	}
	o, ok := e.of.(ast.Object)
	if !ok {
		e.err = fmt.Errorf("an element is %s, want an object", kind(e.of))
		return nil
	}
	t := o.Get(ast.InternedTerm(name))
	if t == nil {
		e.err = fmt.Errorf("an element has no %q: %s", name, e)
		return nil
	}
	return t.Value
}

func (e *element) wrong(name string, v ast.Value, want string) {
	if e.err == nil {
		e.err = fmt.Errorf("%q is %s, want %s: %s", name, kind(v), want, e)
	}
}

func (e *element) text(name string) string {
	v := e.field(name)
	s, ok := v.(ast.String)
	if !ok {
		e.wrong(name, v, "a string")
	}
	return string(s)
}

func (e *element) truth(name string) bool {
	v := e.field(name)
	b, ok := v.(ast.Boolean)
	if !ok {
		e.wrong(name, v, "a boolean")
	}
	return bool(b)
}

func (e *element) texts(name string) []string {
	v := e.field(name)
	list, ok := v.(*ast.Array)
	if !ok {
		e.wrong(name, v, "an array of strings")
		return nil
	}
	out := make([]string, 0, list.Len())
	list.Foreach(func(t *ast.Term) {
		s, ok := t.Value.(ast.String)
		if !ok {
			e.wrong(name, t.Value, "an array of strings")
		}
		out = append(out, string(s))
	})
	return out
}

// optionalTexts are nil where there is no such field.
func (e *element) optionalTexts(name string) []string {
	if o, ok := e.of.(ast.Object); !ok || o.Get(ast.InternedTerm(name)) == nil {
		return nil
	}
	return e.texts(name)
}

func (e *element) any(name string) any {
	v := e.field(name)
	if v == nil {
		return nil
	}
	out, err := ast.JSON(v)
	if err != nil && e.err == nil {
		e.err = fmt.Errorf("%q: %w: %s", name, err, e)
	}
	return out
}

func (e *element) object(name string) map[string]any {
	v := e.any(name)
	o, ok := v.(map[string]any)
	if !ok && e.err == nil {
		e.err = fmt.Errorf("%q is no object: %s", name, e)
	}
	return o
}

func (e *element) scalars(name string) map[string]any {
	o := e.object(name)
	for _, v := range o {
		switch v.(type) {
		case map[string]any, []any:
			if e.err == nil {
				e.err = fmt.Errorf("%q holds more than scalars: %s", name, e)
			}
		}
	}
	return o
}

// end is the error of an element; a field that nobody has read is one.
func (e *element) end() error {
	o, ok := e.of.(ast.Object)
	if e.err != nil || !ok || o.Len() == len(e.read) {
		return e.err
	}
	return o.Iter(func(key, _ *ast.Term) error {
		if s, ok := key.Value.(ast.String); !ok || !slices.Contains(e.read, string(s)) {
			return fmt.Errorf("an element has %s, want %s: %s", key, strings.Join(e.read, ", "), e)
		}
		return nil
	})
}

func kind(v ast.Value) string {
	if v == nil {
		return "nothing"
	}
	name := ast.ValueName(v)
	if strings.Contains("aeiou", name[:1]) {
		return "an " + name
	}
	return "a " + name
}

// short is a text, cut where it is longer than most bytes.
func short(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
