package policy

import (
	"encoding/json"
	"errors"
	"hash/crc32"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

var (
	errStale   = errors.New("the lock was made of other rules")
	errDamaged = errors.New("the lock is damaged")
)

// unlock reads the policy that Lock wrote of these modules.
func unlock(lock string, modules []Module) (*Policy, error) {
	sum := digest(modules)
	rest, ok := strings.CutPrefix(lock, lockMagic+sum)
	if !ok {
		return nil, errStale
	}
	if len(rest) < crc32.Size {
		return nil, errDamaged
	}
	check := crc32.NewIEEE()
	feed(check, rest[crc32.Size:], make([]byte, pieceSize))
	if string(check.Sum(nil)) != rest[:crc32.Size] {
		return nil, errDamaged
	}
	p, err := readLock(rest[crc32.Size:])
	if err != nil {
		return nil, err
	}
	p.digest = sum
	return p, nil
}

// readLock reads what follows the checksum. It refuses what Lock could not have written.
func readLock(rest string) (p *Policy, err error) {
	r := &lockReader{rest: rest}
	defer func() {
		if e := recover(); e != nil {
			if e != any(errDamaged) {
				panic(e)
			}
			p, err = nil, errDamaged
		}
	}()
	r.makeRoom()
	r.readTerms()
	p = &Policy{rules: map[string]func() (Rule, error){}, targets: map[string][]string{}}
	modules := map[string]*ast.Module{}
	for range r.count() {
		m, metadata, targets := r.module()
		modules[m.Package.Location.File] = m
		if name, ok := ruleName(m.Package.Path); ok {
			p.rules[name] = sync.OnceValues(func() (rule Rule, err error) {
				err = json.Unmarshal([]byte(metadata), &rule)
				return rule, err
			})
			if targets != nil {
				p.targets[name] = targets
			}
		}
	}
	if r.rest != "" {
		return nil, errDamaged
	}
	p.compiler = withTrees(modules)
	if p.compiler.Failed() {
		return nil, p.compiler.Errors
	}
	return p, nil
}

// withTrees is a compiler that finds rules of compiled modules.
func withTrees(modules map[string]*ast.Module) *ast.Compiler {
	wanted := map[ast.StageID]bool{ast.StageInitLocalVarGen: true, ast.StageSetModuleTree: true, ast.StageSetRuleTree: true, ast.StageBuildRuleIndices: true}
	var skip []ast.StageID
	for _, id := range ast.AllStages() {
		if !wanted[id] {
			skip = append(skip, id)
		}
	}
	c := ast.NewCompiler().WithSkipStages(skip...).WithCapabilities(&ast.Capabilities{})
	// Compile copies what it is given; these modules are nobody else's.
	c.WithStageAfterID(ast.StageInitLocalVarGen, ast.CompilerStageDefinition{Name: "ModulesOfLock", MetricName: "modules_of_lock", Stage: func(c *ast.Compiler) *ast.Error {
		c.Modules = modules
		return nil
	}})
	c.Compile(nil)
	return c
}

// lockReader reads a lock. Its methods panic with errDamaged.
type lockReader struct {
	rest  string
	texts []string
	terms []ast.Term
	// Room, taken from the front.
	operands []*ast.Term
	exprs    []ast.Expr
	pointers []*ast.Expr
	rules    []ast.Rule
	heads    []ast.Head
	places   []ast.Location
	depth    int
}

func (r *lockReader) must(ok bool) {
	if !ok {
		panic(errDamaged)
	}
}

func (r *lockReader) byte() byte {
	r.must(r.rest != "")
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *lockReader) number() uint64 {
	var n uint64
	for shift := 0; ; shift += 7 {
		b := r.byte()
		r.must(shift < 28)
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

// count is how many follow; each takes at least a byte.
func (r *lockReader) count() int {
	n := r.number()
	r.must(n <= uint64(len(r.rest)))
	return int(n)
}

func (r *lockReader) bytes() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *lockReader) text() string {
	n := r.number()
	r.must(n < uint64(len(r.texts)))
	return r.texts[n]
}

// take takes n of what there is room for.
func take[T any](r *lockReader, room *[]T, n int) []T {
	r.must(n <= len(*room))
	out := (*room)[:n:n]
	*room = (*room)[n:]
	return out
}

func (r *lockReader) makeRoom() {
	r.operands = make([]*ast.Term, r.count())
	n := r.count()
	r.exprs, r.pointers = make([]ast.Expr, n), make([]*ast.Expr, n)
	n = r.count()
	r.rules, r.heads = make([]ast.Rule, n), make([]ast.Head, n)
	r.places = make([]ast.Location, r.count())
	r.texts = make([]string, r.count())
	for i := range r.texts {
		r.texts[i] = r.bytes()
	}
}

func (r *lockReader) readTerms() {
	all := make([]ast.Term, r.count())
	for i := range all {
		r.readTerm(&all[i])
		r.terms = all[:i+1] // a term refers to those before it
	}
}

// term is a term that was read before.
func (r *lockReader) term() *ast.Term {
	n := r.number()
	r.must(n < uint64(len(r.terms)))
	return &r.terms[n]
}

func (r *lockReader) list() []*ast.Term {
	out := take(r, &r.operands, r.count())
	for i := range out {
		out[i] = r.term()
	}
	return out
}

func (r *lockReader) readTerm(t *ast.Term) {
	switch r.byte() {
	case kindNull:
		t.Value = ast.NullValue
	case kindFalse:
		t.Value = ast.InternedTerm(false).Value
	case kindTrue:
		t.Value = ast.InternedTerm(true).Value
	case kindNumber:
		n, err := ast.NumberChecked(r.text())
		r.must(err == nil)
		t.Value = n
	case kindString:
		t.Value = ast.String(r.text())
	case kindVar:
		t.Value = ast.Var(r.text())
	case kindRef:
		t.Value = ast.Ref(r.list())
	case kindCall:
		t.Value = ast.Call(r.list())
	case kindArray:
		t.Value = ast.NewArray(r.list()...)
	case kindSet:
		t.Value = ast.NewSet(r.list()...)
	case kindObject:
		list := r.list()
		r.must(len(list)%2 == 0)
		pairs := make([][2]*ast.Term, 0, len(list)/2)
		for i := 0; i < len(list); i += 2 {
			pairs = append(pairs, [2]*ast.Term{list[i], list[i+1]})
		}
		t.Value = ast.NewObject(pairs...)
	case kindArrayComprehension:
		t.Value = &ast.ArrayComprehension{Term: r.term(), Body: r.body()}
	case kindSetComprehension:
		t.Value = &ast.SetComprehension{Term: r.term(), Body: r.body()}
	case kindObjectComprehension:
		t.Value = &ast.ObjectComprehension{Key: r.term(), Value: r.term(), Body: r.body()}
	case kindPlaced:
		*t = *r.term()
		t.Location = r.place()
	default:
		panic(errDamaged)
	}
}

func (r *lockReader) place() *ast.Location {
	l := &take(r, &r.places, 1)[0]
	l.File = r.text()
	l.Row = int(r.number())
	l.Col = int(r.number())
	return l
}

func (r *lockReader) body() ast.Body {
	n := r.count()
	out := take(r, &r.pointers, n)
	exprs := take(r, &r.exprs, n)
	for i := range exprs {
		out[i] = &exprs[i]
		r.expr(out[i])
		out[i].Index = i
	}
	return out
}

func (r *lockReader) expr(e *ast.Expr) {
	flags := r.byte()
	e.Negated = flags&flagNegated != 0
	e.Generated = flags&flagGenerated != 0
	e.Location = r.place()
	switch r.byte() {
	case exprTerm:
		e.Terms = r.term()
	case exprCall:
		terms := r.list()
		r.must(len(terms) > 0)
		_, ok := terms[0].Value.(ast.Ref)
		r.must(ok)
		e.Terms = terms
	case exprEvery:
		every := &ast.Every{Key: r.term(), Value: r.term(), Domain: r.term(), Location: e.Location}
		if every.Key.Value == ast.NullValue {
			every.Key = nil
		}
		r.depth++
		r.must(r.depth < 100)
		every.Body = r.body()
		r.depth--
		e.Terms = every
	default:
		panic(errDamaged)
	}
}

func (r *lockReader) ref() ast.Ref {
	ref, ok := r.term().Value.(ast.Ref)
	r.must(ok && len(ref) > 0)
	return ref
}

func (r *lockReader) module() (*ast.Module, string, []string) {
	m := &ast.Module{}
	path := r.ref()
	r.must(len(path) > 1 && path[0].Value == ast.DefaultRootDocument.Value)
	for _, t := range path[1:] {
		_, ok := t.Value.(ast.String)
		r.must(ok)
	}
	m.Package = &ast.Package{Path: path, Location: r.place()}
	metadata := r.bytes()
	var targets []string
	for range r.count() {
		targets = append(targets, r.text())
	}
	m.Rules = make([]*ast.Rule, r.count())
	for i := range m.Rules {
		m.Rules[i] = r.rule(m)
	}
	m.SetRegoVersionSpan(ast.RegoVersionSpanOf(ast.RegoV1))
	return m, metadata, targets
}

func (r *lockReader) rule(m *ast.Module) *ast.Rule {
	rule := &take(r, &r.rules, 1)[0]
	head := &take(r, &r.heads, 1)[0]
	flags := r.byte()
	rule.Module, rule.Head = m, head
	rule.Default = flags&flagDefault != 0
	head.Assign = flags&flagAssign != 0
	rule.Location = r.place()
	head.Location = r.place()
	head.Name = ast.Var(r.text())
	head.Reference = r.ref()
	args, ok := r.term().Value.(ast.Call)
	r.must(ok)
	if len(args) > 0 {
		head.Args = ast.Args(args)
	}
	if flags&flagKey != 0 {
		head.Key = r.term()
	}
	if flags&flagValue != 0 {
		head.Value = r.term()
	}
	rule.Body = r.body()
	if flags&flagElse != 0 {
		r.depth++
		r.must(r.depth < 100)
		rule.Else = r.rule(m)
		r.depth--
	}
	return rule
}
