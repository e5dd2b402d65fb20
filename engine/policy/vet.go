package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/pve2nix/pve2nix/engine/surface"
)

// LoadWithTests reads all .rego files below a folder; label is what errors put before their paths.
func LoadWithTests(fsys fs.FS, label string) ([]Module, error) {
	return load(fsys, label, func(string) bool { return true })
}

// Vetting is what a strict look at rules and their tests gave.
type Vetting struct {
	// Problems are what is wrong, one line each: path:line:column: what. Sorted.
	Problems []string
	// Rules by name.
	Rules []Rule
	// Tests is how many tests ran; Lines are those of the rules and their library that can be run, Covered those that a test ran.
	Tests, Lines, Covered int
	// Reads are the facts that each rule reads, by its name.
	Reads map[string][]string
	// ByRelease are the rules that may say something else for another release.
	ByRelease map[string]bool
	// Says are the rules with a body for what they say of hosts; for a rule without one the engine speaks.
	Says map[string]bool
	// Options and Packages are what the rules name literally of NixOS.
	Options, Packages []Use
}

// Use is a place where a rule names something of NixOS.
type Use struct {
	// At is path:line:column.
	At string
	// Path is the option or attribute; a part that only a host decides is "*".
	Path []string
	// Value is what an option is set to; what only a host decides is surface.Unknown.
	Value any
}

// Vet compiles modules as strictly as can be, checks their form and their METADATA, and runs their tests. Modules that
// do not compile are not looked at further.
func Vet(ctx context.Context, modules []Module, o Options) (*Vetting, error) {
	v := &Vetting{Says: map[string]bool{}}
	parsed := map[string]*ast.Module{}
	for i, p := range parseAll(modules) {
		if p.err != nil {
			v.Problems = append(v.Problems, positions(p.err)...)
			continue
		}
		parsed[modules[i].Path] = p.module
	}
	if len(v.Problems) == 0 {
		for _, m := range modules {
			if !strings.HasSuffix(m.Path, "_test.rego") {
				v.names(parsed[m.Path])
			}
		}
		var unformatted []string
		var beside sync.WaitGroup
		copies := make([]*ast.Module, len(modules)) // formatting changes them
		inParallel(len(modules), func(i int) { copies[i] = parsed[modules[i].Path].Copy() })
		groups := divide(modules, parsed)
		beside.Go(func() { unformatted = formatted(modules, copies) })
		v.readRules(modules, parsed)
		err := v.runTests(ctx, groups, parsed, o)
		beside.Wait()
		if err != nil {
			return nil, err
		}
		v.Problems = append(v.Problems, unformatted...)
	}
	sort.Strings(v.Problems)
	v.Problems = slices.Compact(v.Problems)
	return v, nil
}

func (v *Vetting) problem(at *ast.Location, format string, args ...any) {
	v.Problems = append(v.Problems, fmt.Sprintf("%s:%d:%d: %s", at.File, at.Row, at.Col, fmt.Sprintf(format, args...)))
}

// parseAll parses modules with their comments, tests too.
func parseAll(modules []Module) []parsedModule {
	out := make([]parsedModule, len(modules))
	inParallel(len(modules), func(i int) {
		out[i].module, out[i].err = ast.ParseModuleWithOpts(modules[i].Path, modules[i].Text, ast.ParserOptions{RegoVersion: ast.RegoV1})
	})
	return out
}

// readRules reads the METADATA of all rules.
func (v *Vetting) readRules(modules []Module, parsed map[string]*ast.Module) {
	p := &Policy{rules: map[string]func() (Rule, error){}}
	path := map[string]string{}
	for _, m := range modules {
		name, ok := ruleName(parsed[m.Path].Package.Path)
		if !ok || strings.HasSuffix(m.Path, "_test.rego") {
			continue
		}
		if old, twice := path[name]; twice {
			v.Problems = append(v.Problems, fmt.Sprintf("%s:1:1: rule %s is in %s already", m.Path, name, old))
		}
		path[name] = m.Path
		row := parsed[m.Path].Package.Location.Row
		p.rules[name] = sync.OnceValues(func() (Rule, error) { return readRule(name, m, row) })
	}
	read := slices.Collect(maps.Values(p.rules))
	inParallel(len(read), func(i int) { read[i]() }) //nolint:errcheck // kept, and told below
	v.Problems = append(v.Problems, p.checkMetadata()...)
	for name := range p.rules {
		if r, err := p.rules[name](); err == nil {
			v.Rules = append(v.Rules, r)
		}
	}
	sort.Slice(v.Rules, func(i, j int) bool { return v.Rules[i].Name < v.Rules[j].Name })
}

// formatted checks that modules are written as opa fmt would. It changes what they were parsed to.
func formatted(modules []Module, parsed []*ast.Module) (problems []string) {
	found := make([]string, len(modules))
	opts := format.Opts{RegoVersion: ast.RegoV1, Capabilities: ast.CapabilitiesForThisVersion(), SkipDefensiveCopying: true}
	inParallel(len(modules), func(i int) {
		m := modules[i]
		want, err := format.AstWithOpts(parsed[i], opts)
		if err != nil {
			found[i] = fmt.Sprintf("%s:1:1: %v", m.Path, err)
		} else if !bytes.Equal(want, []byte(m.Text)) {
			found[i] = fmt.Sprintf("%s:%d:1: not formatted as opa fmt would", m.Path, firstDifference(string(want), m.Text))
		}
	})
	for _, what := range found {
		if what != "" {
			problems = append(problems, what)
		}
	}
	return problems
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(a, b string) int {
	first, second := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(first), len(second)) {
		if first[i] != second[i] {
			return i + 1
		}
	}
	return min(len(first), len(second))
}

// runTests runs the tests, and says of each rule what no test makes it say.
func (v *Vetting) runTests(ctx context.Context, groups []group, parsed map[string]*ast.Module, o Options) error {
	var schema any
	if o.Schema != nil {
		if err := json.Unmarshal(o.Schema, &schema); err != nil {
			return fmt.Errorf("schema of facts: %w", err)
		}
	}
	coverage := cover.New()
	var (
		compilers = make([]*ast.Compiler, len(groups))
		tests     = make([][]test, len(groups))
		outcomes  = make([][]outcome, len(groups))
		errs      = make([]error, len(groups))
	)
	inParallel(len(groups), func(i int) {
		compilers[i], tests[i], outcomes[i], errs[i] = compileTests(ctx, groups[i], schema, coverage)
	})
	wrong := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	for _, err := range wrong {
		v.Problems = append(v.Problems, positions(err)...)
	}
	if len(wrong) > 0 {
		return nil
	}
	compiled := map[string]*ast.Module{}
	for _, c := range compilers {
		maps.Copy(compiled, c.Modules)
	}
	var beside sync.WaitGroup
	beside.Go(func() { v.Reads, v.ByRelease = reads(compiled) })
	plain, err := runTests(ctx, slices.Concat(tests...), coverage)
	beside.Wait()
	if err != nil {
		return err
	}
	for _, r := range slices.Concat(append(outcomes, plain)...) {
		v.Tests++
		if r.wrong != "" {
			v.problem(r.at, "test %s: %s", r.name, r.wrong)
		}
	}
	report := coverage.Report(parsed)
	tested := map[string]bool{}
	for path, m := range parsed {
		if name, ok := strings.CutSuffix(path, "_test.rego"); ok {
			tested[name+".rego"] = len(m.Rules) > 0
		}
	}
	for path, m := range parsed {
		name, isRule := ruleName(m.Package.Path)
		if strings.HasSuffix(path, "_test.rego") {
			continue
		}
		file := report.Files[path]
		covered, missed := count(file)
		v.Lines += covered + missed
		v.Covered += covered
		if !isRule {
			continue
		}
		if !tested[path] {
			v.problem(m.Package.Location, "rule %s has no test beside it", name)
		}
		for _, r := range m.Rules {
			set := r.Head.Ref()[0].String()
			if !slices.Contains(sets, set) || r.Head.Key == nil {
				continue
			}
			v.Says[name] = true
			if tested[path] && !runs(file, r.Head.Location.Row) {
				v.problem(r.Head.Location, "no test shows a host on which this says something")
			}
		}
	}
	return nil
}

// sets are what a rule package may hold.
var sets = []string{"findings", "settings", "carries", "bridges", "checks", "parts", "plans", "inhibits"}

func count(file *cover.FileReport) (covered, missed int) {
	if file == nil {
		return 0, 0
	}
	for _, r := range file.Covered {
		covered += r.End.Row - r.Start.Row + 1
	}
	for _, r := range file.NotCovered {
		missed += r.End.Row - r.Start.Row + 1
	}
	return covered, missed
}

func runs(file *cover.FileReport, row int) bool {
	return file != nil && slices.ContainsFunc(file.Covered, func(r cover.Range) bool { return r.Start.Row <= row && row <= r.End.Row })
}

// names collects the options and packages that a module names literally: arrays below the key "option", and below "_ref".
func (v *Vetting) names(m *ast.Module) {
	ast.WalkTerms(m, func(t *ast.Term) bool {
		object, ok := t.Value.(ast.Object)
		if !ok {
			return false
		}
		object.Foreach(func(key, value *ast.Term) {
			name, ok := key.Value.(ast.String)
			if !ok {
				return
			}
			path, ok := literal(value)
			if !ok {
				return
			}
			at := fmt.Sprintf("%s:%d:%d", value.Location.File, value.Location.Row, value.Location.Col)
			switch {
			case name == "option":
				v.Options = append(v.Options, Use{at, path, written(object.Get(ast.InternedTerm("value")))})
			case name == "_ref" && len(path) > 1 && path[0] == "pkgs":
				v.Packages = append(v.Packages, Use{At: at, Path: path[1:]})
			}
		})
		return false
	})
}

// literal is the parts of an array of names; what is not written out is "*".
func literal(t *ast.Term) ([]string, bool) {
	array, ok := t.Value.(*ast.Array)
	if !ok || array.Len() == 0 {
		return nil, false
	}
	var parts []string
	array.Foreach(func(t *ast.Term) {
		if s, ok := t.Value.(ast.String); ok {
			parts = append(parts, string(s))
		} else {
			parts = append(parts, "*")
		}
	})
	return parts, true
}

// written is a value as far as it is written out; what only a host decides is surface.Unknown.
func written(t *ast.Term) any {
	if t == nil {
		return surface.Unknown
	}
	switch v := t.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		if scalar, err := ast.JSON(v); err == nil {
			return scalar
		}
	case *ast.Array:
		list := make([]any, 0, v.Len())
		v.Foreach(func(item *ast.Term) { list = append(list, written(item)) })
		return list
	case ast.Object:
		set := map[string]any{}
		known := true
		v.Foreach(func(key, value *ast.Term) {
			name, ok := key.Value.(ast.String)
			known = known && ok
			set[string(name)] = written(value)
		})
		if known {
			return set
		}
	}
	return surface.Unknown
}

// inParallel calls do for 0 to n-1 on all processors.
func inParallel(n int, do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}

// Speakers are the names of the rules that said something, sorted.
func (r *Result) Speakers() []string {
	var names []string
	for _, f := range r.Findings {
		names = append(names, f.Rule)
	}
	for _, s := range r.Settings {
		names = append(names, s.Rule)
	}
	for _, c := range r.Carries {
		names = append(names, c.Rule)
	}
	for _, b := range r.Bridges {
		names = append(names, b.Rule)
	}
	for _, c := range r.Checks {
		names = append(names, c.Rule)
	}
	for _, p := range r.Parts {
		names = append(names, p.Rule)
	}
	for _, p := range r.Plans {
		names = append(names, p.Rule)
	}
	for _, i := range r.Inhibits {
		names = append(names, i.Rule)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
