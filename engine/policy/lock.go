package policy

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"sort"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A lock is compiled rules in a compact form, so that a program that carries both
// the rules and their lock compiles nothing. It is
//
//	lockMagic, the digest of the modules, the checksum of all that follows
//	how many terms, operands, expressions, rules and positions there are
//	strings   length and bytes each
//	terms     kind and operands each; operands are terms before it
//	modules   path, package, METADATA of the rule, its targets, rules
//
// Numbers are of variable length. A term that occurs often is written once, and
// shared by all that refer to it: nothing writes to compiled rules. Local
// variables, which the compiler numbers through all rules, are numbered within
// each rule, so that more is the same.
const lockMagic = "pve2nix rules 3\n"

// Kinds of terms.
const (
	kindNull = iota
	kindFalse
	kindTrue
	kindNumber
	kindString
	kindVar
	kindRef
	kindCall
	kindArray
	kindSet
	kindObject
	kindArrayComprehension
	kindSetComprehension
	kindObjectComprehension
	// kindPlaced is another term with a position: that of a key that may
	// conflict, or of what every is asked about.
	kindPlaced
)

// Kinds of expressions.
const (
	exprTerm = iota
	exprCall
	exprEvery
)

// Flags of expressions and rules.
const (
	flagNegated = 1 << iota
	flagGenerated
	flagDefault
	flagElse
	flagAssign
	flagKey
	flagValue
)

// Lock compiles modules and writes down the result.
func Lock(modules []Module, schema []byte) ([]byte, error) {
	modules = withoutTests(modules)
	p, err := compileText(modules, Options{Schema: schema})
	if err != nil {
		return nil, err
	}
	w := &lockWriter{strings: map[string]uint64{}, terms: map[string]uint64{}}
	var body []byte
	paths := make([]string, 0, len(p.compiler.Modules))
	for path := range p.compiler.Modules {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	body = binary.AppendUvarint(body, uint64(len(paths)))
	for _, path := range paths {
		if body, err = w.module(body, p, p.compiler.Modules[path]); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var rest []byte
	for _, n := range []int{w.operands, w.exprs, w.rules, w.places} {
		rest = binary.AppendUvarint(rest, uint64(n))
	}
	rest = binary.AppendUvarint(rest, uint64(len(w.texts)))
	for _, s := range w.texts {
		rest = append(binary.AppendUvarint(rest, uint64(len(s))), s...)
	}
	rest = binary.AppendUvarint(rest, uint64(len(w.terms)))
	rest = append(append(rest, w.table...), body...)
	out := append([]byte(lockMagic), p.digest...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(rest))
	return append(out, rest...), nil
}

func withoutTests(modules []Module) []Module {
	out := make([]Module, 0, len(modules))
	for _, m := range modules {
		if !strings.HasSuffix(m.Path, "_test.rego") {
			out = append(out, m)
		}
	}
	return out
}

type lockWriter struct {
	strings map[string]uint64
	texts   []string
	// terms are the numbers of terms by how they are written, table is all of these in order.
	terms map[string]uint64
	table []byte
	// vars are the new names of the variables of a rule.
	vars map[ast.Var]ast.Var
	// What the reader makes room for.
	operands, exprs, rules, places int
}

func (w *lockWriter) string(s string) uint64 {
	n, ok := w.strings[s]
	if !ok {
		n = uint64(len(w.texts))
		w.strings[s] = n
		w.texts = append(w.texts, s)
	}
	return n
}

// variable gives a variable that the compiler has named a number of its own within the rule.
func (w *lockWriter) variable(v ast.Var) ast.Var {
	prefix := "__local"
	if strings.HasPrefix(string(v), ast.WildcardPrefix) {
		prefix = ast.WildcardPrefix
	} else if !strings.HasPrefix(string(v), prefix) {
		return v
	}
	if w.vars[v] == "" {
		w.vars[v] = ast.Var(fmt.Sprintf("%s%d", prefix, len(w.vars)))
	}
	return w.vars[v]
}

// intern gives the number of a term that is written so.
func (w *lockWriter) intern(encoded []byte, operands int) uint64 {
	n, ok := w.terms[string(encoded)]
	if !ok {
		n = uint64(len(w.terms))
		w.terms[string(encoded)] = n
		w.table = append(w.table, encoded...)
		w.operands += operands
	}
	return n
}

func (w *lockWriter) list(kind byte, terms []*ast.Term) (uint64, error) {
	out := binary.AppendUvarint([]byte{kind}, uint64(len(terms)))
	for _, t := range terms {
		n, err := w.term(t)
		if err != nil {
			return 0, err
		}
		out = binary.AppendUvarint(out, n)
	}
	return w.intern(out, len(terms)), nil
}

func (w *lockWriter) term(t *ast.Term) (uint64, error) {
	text := func(kind byte, s string) (uint64, error) {
		return w.intern(binary.AppendUvarint([]byte{kind}, w.string(s)), 0), nil
	}
	switch v := t.Value.(type) {
	case ast.Null:
		return w.intern([]byte{kindNull}, 0), nil
	case ast.Boolean:
		if v {
			return w.intern([]byte{kindTrue}, 0), nil
		}
		return w.intern([]byte{kindFalse}, 0), nil
	case ast.Number:
		return text(kindNumber, string(v))
	case ast.String:
		return text(kindString, string(v))
	case ast.Var:
		return text(kindVar, string(w.variable(v)))
	case ast.Ref:
		return w.list(kindRef, v)
	case ast.Call:
		return w.list(kindCall, v)
	case *ast.Array:
		var terms []*ast.Term
		v.Foreach(func(t *ast.Term) { terms = append(terms, t) })
		return w.list(kindArray, terms)
	case ast.Set:
		return w.list(kindSet, v.Slice())
	case ast.Object:
		var terms []*ast.Term
		v.Foreach(func(key, value *ast.Term) { terms = append(terms, key, value) })
		return w.list(kindObject, terms)
	case *ast.ArrayComprehension:
		return w.comprehension(kindArrayComprehension, v.Body, v.Term)
	case *ast.SetComprehension:
		return w.comprehension(kindSetComprehension, v.Body, v.Term)
	case *ast.ObjectComprehension:
		key, err := w.placed(v.Key)
		if err != nil {
			return 0, err
		}
		return w.comprehensionOf(kindObjectComprehension, v.Body, key, v.Value)
	}
	return 0, fmt.Errorf("a lock holds no %s", ast.ValueName(t.Value))
}

// placed is a term with its position.
func (w *lockWriter) placed(t *ast.Term) (uint64, error) {
	n, err := w.term(t)
	if err != nil || t.Location == nil {
		return n, err
	}
	return w.intern(w.place(binary.AppendUvarint([]byte{kindPlaced}, n), t.Location), 0), nil
}

func (w *lockWriter) comprehension(kind byte, body ast.Body, t *ast.Term) (uint64, error) {
	n, err := w.term(t)
	if err != nil {
		return 0, err
	}
	return w.comprehensionOf(kind, body, n)
}

func (w *lockWriter) comprehensionOf(kind byte, body ast.Body, first uint64, more ...*ast.Term) (uint64, error) {
	out := binary.AppendUvarint([]byte{kind}, first)
	for _, t := range more {
		n, err := w.term(t)
		if err != nil {
			return 0, err
		}
		out = binary.AppendUvarint(out, n)
	}
	out, err := w.body(out, body)
	return w.intern(out, 0), err
}

// place writes a position; its file is that of the module. Each is read as one of its own.
func (w *lockWriter) place(out []byte, l *ast.Location) []byte {
	w.places++
	out = binary.AppendUvarint(out, w.string(l.File))
	out = binary.AppendUvarint(out, uint64(l.Row))
	return binary.AppendUvarint(out, uint64(l.Col))
}

func (w *lockWriter) body(out []byte, body ast.Body) ([]byte, error) {
	out = binary.AppendUvarint(out, uint64(len(body)))
	var err error
	for _, e := range body {
		if out, err = w.expr(out, e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (w *lockWriter) expr(out []byte, e *ast.Expr) ([]byte, error) {
	if len(e.With) > 0 {
		return nil, fmt.Errorf("%s: a lock holds no with", place(e.Location))
	}
	w.exprs++
	var flags byte
	if e.Negated {
		flags |= flagNegated
	}
	if e.Generated {
		flags |= flagGenerated
	}
	out = w.place(append(out, flags), e.Location)
	terms := func(kind byte, list ...*ast.Term) error {
		out = append(out, kind)
		if kind == exprCall {
			w.operands += len(list)
			out = binary.AppendUvarint(out, uint64(len(list)))
		}
		for _, t := range list {
			n, err := w.term(t)
			if err != nil {
				return err
			}
			out = binary.AppendUvarint(out, n)
		}
		return nil
	}
	switch t := e.Terms.(type) {
	case *ast.Term:
		return out, terms(exprTerm, t)
	case []*ast.Term:
		return out, terms(exprCall, t...)
	case *ast.Every:
		domain, err := w.placed(t.Domain)
		if err != nil {
			return nil, err
		}
		key := t.Key
		if key == nil {
			key = ast.NullTerm()
		}
		if err := terms(exprEvery, key, t.Value); err != nil {
			return nil, err
		}
		return w.body(binary.AppendUvarint(out, domain), t.Body)
	}
	return nil, fmt.Errorf("%s: a lock holds no %T", place(e.Location), e.Terms)
}

func (w *lockWriter) module(out []byte, p *Policy, m *ast.Module) ([]byte, error) {
	w.vars = map[ast.Var]ast.Var{}
	path, err := w.term(ast.NewTerm(m.Package.Path))
	if err != nil {
		return nil, err
	}
	out = w.place(binary.AppendUvarint(out, path), m.Package.Location)
	metadata, targets := "", []string(nil)
	if name, ok := ruleName(m.Package.Path); ok {
		r, err := p.rules[name]()
		if err != nil {
			return nil, err
		}
		r.Metadata = nil
		encoded, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		metadata, targets = string(encoded), r.Targets
	}
	out = binary.AppendUvarint(out, uint64(len(metadata)))
	out = append(out, metadata...)
	out = binary.AppendUvarint(out, uint64(len(targets)))
	for _, t := range targets {
		out = binary.AppendUvarint(out, w.string(t))
	}
	out = binary.AppendUvarint(out, uint64(len(m.Rules)))
	for _, r := range m.Rules {
		w.vars = map[ast.Var]ast.Var{}
		if out, err = w.rule(out, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (w *lockWriter) rule(out []byte, r *ast.Rule) ([]byte, error) {
	w.rules++
	var flags byte
	for flag, set := range map[byte]bool{
		flagDefault: r.Default, flagElse: r.Else != nil, flagAssign: r.Head.Assign, flagKey: r.Head.Key != nil, flagValue: r.Head.Value != nil,
	} {
		if set {
			flags |= flag
		}
	}
	out = w.place(w.place(append(out, flags), r.Location), r.Head.Location)
	out = binary.AppendUvarint(out, w.string(string(r.Head.Name)))
	list := func(kind byte, terms []*ast.Term) error {
		n, err := w.list(kind, terms)
		out = binary.AppendUvarint(out, n)
		return err
	}
	if err := list(kindRef, r.Head.Reference); err != nil {
		return nil, err
	}
	// Arguments are written like an array; a rule without any is none.
	if err := list(kindCall, r.Head.Args); err != nil {
		return nil, err
	}
	for _, t := range []*ast.Term{r.Head.Key, r.Head.Value} {
		if t == nil {
			continue
		}
		n, err := w.term(t)
		if err != nil {
			return nil, err
		}
		out = binary.AppendUvarint(out, n)
	}
	out, err := w.body(out, r.Body)
	if err != nil || r.Else == nil {
		return out, err
	}
	return w.rule(out, r.Else)
}
