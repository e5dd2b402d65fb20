// Package policy compiles the rules, prepares one query for all of them, and
// evaluates it over snapshots. It is the only importer of OPA. It knows nothing
// of Proxmox: what a fact means is in rules/.
package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// Module is one file of rules.
type Module struct {
	// Path is how errors call the file.
	Path string
	// Text is its content.
	Text string
}

// Policy is a compiled set of rules; it may be used by several goroutines.
type Policy struct {
	rules  map[string]func() (Rule, error)
	shards []rego.PreparedEvalQuery
}

// Error is one or more errors in rule files, each with its position.
type Error struct {
	// List holds one line each: path:line:column: what.
	List []string
}

func (e *Error) Error() string { return strings.Join(e.List, "\n") }

// rulesRoot is the first part of the package path of every rule.
const rulesRoot = "rules"

// Options are what compilation may be told.
type Options struct {
	// Data is what rules see as data besides themselves: catalog, target, release.
	Data map[string]any
	// Schema, where given, is the JSON schema of the input; references to facts
	// that it does not have are errors.
	Schema []byte
	// Checked says that the modules were compiled without error before, as the
	// built-in ones are by their tests; the checks that change nothing are left out.
	Checked bool
}

// onlyChecks are the stages of OPA's compiler that find errors and produce
// nothing that evaluation needs.
var onlyChecks = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageSetGraph, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckSafetyRuleHeads,
	ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins,
	ast.StageBuildRequiredCapabilities,
}

// idle are stages that rewrite what the built-in rules do not use, or bring
// bodies into an order in which they are written already. Their tests prove that
// these stages change nothing. Indexes of comprehensions take longer to build
// than they save: 15,000 facts are evaluated in the same time without them.
var idle = []ast.StageID{
	ast.StageRewriteTemplateStrings, ast.StageRewritePrintCalls, ast.StageParseMetadataBlocks, ast.StageSetAnnotationSet,
	ast.StageBuildComprehensionIndices, ast.StageRewriteRegoMetadataCalls, ast.StageRewriteWithValues, ast.StageCheckSafetyRuleBodies, ast.StageRewriteTestRulesForTracing,
}

type parsedModule struct {
	module *ast.Module
	err    error
}

// parse parses modules, several at a time; tests are left out.
func parse(modules []Module) []parsedModule {
	out := make([]parsedModule, len(modules))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(modules); i = int(next.Add(1)) - 1 {
				if m := modules[i]; !strings.HasSuffix(m.Path, "_test.rego") {
					out[i].module, out[i].err = ast.ParseModuleWithOpts(m.Path, withoutHeader(m.Text), ast.ParserOptions{RegoVersion: ast.RegoV1})
				}
			}
		})
	}
	workers.Wait()
	return out
}

// withoutHeader blanks the comments above the package clause, half of the text
// of a rule, and keeps the lines: readRule reads them when they are asked for.
func withoutHeader(text string) string {
	lines := 0
	rest := text
	for strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "\n") {
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			return text
		}
		lines++
		rest = rest[end+1:]
	}
	return strings.Repeat("\n", lines) + rest
}

// Compile parses, checks and prepares rules. Modules whose path ends in
// _test.rego are left out. All errors are reported at once, as *Error.
func Compile(ctx context.Context, modules []Module, o Options) (*Policy, error) {
	var parsed []*ast.Module
	rules := map[string]func() (Rule, error){}
	path := map[string]string{}
	var list []string
	for i, p := range parse(modules) {
		m := modules[i]
		if p.err != nil {
			list = append(list, positions(p.err)...)
			continue
		}
		if p.module == nil {
			continue
		}
		parsed = append(parsed, p.module)
		if name, ok := ruleName(p.module.Package.Path); ok {
			if old, twice := path[name]; twice {
				list = append(list, fmt.Sprintf("%s:1:1: rule %s is in %s already", m.Path, name, old))
			}
			path[name] = m.Path
			rules[name] = sync.OnceValues(func() (Rule, error) { return readRule(name, m, p.module.Package.Location.Row) })
		}
	}
	p := &Policy{rules: rules}
	if !o.Checked {
		list = append(list, p.checkMetadata()...)
	}
	if len(list) > 0 {
		return nil, &Error{list}
	}
	data := o.Data
	if data == nil {
		data = map[string]any{}
	}
	store := inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	// Only rules that were checked as a whole may be taken apart: whoever looks
	// for errors wants to see them all, with every rule in view of every other.
	parts := [][]*ast.Module{parsed}
	if o.Checked {
		parts = shards(parsed, names(modules), shardCount)
	}
	p.shards = make([]rego.PreparedEvalQuery, len(parts))
	errs := make([]error, len(parts))
	var workers sync.WaitGroup
	for i, part := range parts {
		workers.Go(func() {
			compiler, err := compile(part, o)
			if err == nil {
				p.shards[i], err = rego.New(rego.Query("x := data.main"), rego.Compiler(compiler), rego.Store(store), rego.StrictBuiltinErrors(true)).PrepareForEval(ctx)
			}
			errs[i] = err
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, &Error{positions(err)}
		}
	}
	return p, nil
}

func compile(modules []*ast.Module, o Options) (*ast.Compiler, error) {
	compiler := ast.NewCompiler().WithStrict(!o.Checked)
	if !o.Checked {
		compiler = compiler.WithCapabilities(pure())
	} else {
		compiler = compiler.WithSkipStages(slices.Concat(onlyChecks, idle)...)
	}
	if o.Schema != nil {
		var schema any
		if err := json.Unmarshal(o.Schema, &schema); err != nil {
			return nil, fmt.Errorf("schema of facts: %w", err)
		}
		set := ast.NewSchemaSet()
		set.Put(ast.SchemaRootRef, schema)
		compiler = compiler.WithSchemas(set).WithUseTypeCheckAnnotations(true)
	}
	byPath := map[string]*ast.Module{}
	for _, m := range modules {
		byPath[m.Package.Location.File] = m
	}
	compiler.Compile(byPath)
	if compiler.Failed() {
		return nil, compiler.Errors
	}
	return compiler, nil
}

// pure are the capabilities of OPA without the functions whose result does not
// follow from their arguments: no network, no clock, no environment, no chance.
// A rule that calls one is refused.
func pure() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return b.IsNondeterministic() })
	return c
}

// ruleName is area/name of a package path rules.area.name.
func ruleName(ref ast.Ref) (string, bool) {
	// The path begins with data.
	if len(ref) != 4 || string(ref[1].Value.(ast.String)) != rulesRoot {
		return "", false
	}
	return string(ref[2].Value.(ast.String)) + "/" + string(ref[3].Value.(ast.String)), true
}

func positions(err error) []string {
	var out []string
	switch e := err.(type) {
	case ast.Errors:
		for _, one := range e {
			out = append(out, position(one))
		}
	case *ast.Error:
		out = append(out, position(e))
	case rego.Errors:
		for _, one := range e {
			out = append(out, positions(one)...)
		}
	default:
		out = append(out, err.Error())
	}
	return out
}

func position(e *ast.Error) string {
	message := strings.ReplaceAll(e.Message, "\n", " ")
	if e.Location == nil {
		return message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, message)
}

// Rules lists the rules by name.
func (p *Policy) Rules() ([]Rule, error) {
	out := make([]Rule, 0, len(p.rules))
	for name := range p.rules {
		r, err := p.rules[name]()
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

// Rule finds a rule by name, area/name. What its METADATA says is read when it is first asked for.
func (p *Policy) Rule(name string) (Rule, bool) {
	read, ok := p.rules[name]
	if !ok {
		return Rule{}, false
	}
	r, err := read()
	return r, err == nil
}

// Finding is an element of a set of findings.
type Finding struct {
	Rule string         `json:"rule"`
	At   []string       `json:"at"`
	Vars map[string]any `json:"vars"`
}

// Setting is an element of a set of settings: a NixOS option and its value.
type Setting struct {
	Rule   string   `json:"rule"`
	At     []string `json:"at"`
	Option []string `json:"option"`
	Value  any      `json:"value"`
}

// Carry is a file or state that is copied to the new root.
type Carry struct {
	Rule   string   `json:"rule"`
	At     []string `json:"at"`
	Path   string   `json:"path"`
	To     string   `json:"to"`
	Mode   string   `json:"mode"`
	Secret bool     `json:"secret"`
}

// Bridge keeps a feature that NixOS lacks.
type Bridge struct {
	Rule   string         `json:"rule"`
	At     []string       `json:"at"`
	Bridge string         `json:"bridge"`
	Params map[string]any `json:"params"`
}

// Check is an assertion about the converted host.
type Check struct {
	Rule     string         `json:"rule"`
	At       []string       `json:"at"`
	Check    string         `json:"check"`
	Params   map[string]any `json:"params"`
	Required bool           `json:"required"`
}

// Result is what all rules say of one snapshot, each set in a fixed order.
type Result struct {
	Findings []Finding `json:"findings"`
	Settings []Setting `json:"settings"`
	Carries  []Carry   `json:"carries"`
	Bridges  []Bridge  `json:"bridges"`
	Checks   []Check   `json:"checks"`
}

// Evaluate asks all rules about one tree of facts.
func (p *Policy) Evaluate(ctx context.Context, tree map[string]any) (*Result, error) {
	input, err := ast.InterfaceToValue(tree)
	if err != nil {
		return nil, fmt.Errorf("facts for rules: %w", err)
	}
	parts := make([]Result, len(p.shards))
	errs := make([]error, len(p.shards))
	var workers sync.WaitGroup
	for i, query := range p.shards {
		workers.Go(func() { errs[i] = ask(ctx, query, input, &parts[i]) })
	}
	workers.Wait()
	var all Result
	for i, part := range parts {
		if errs[i] != nil {
			return nil, errs[i]
		}
		all.Findings = append(all.Findings, part.Findings...)
		all.Settings = append(all.Settings, part.Settings...)
		all.Carries = append(all.Carries, part.Carries...)
		all.Bridges = append(all.Bridges, part.Bridges...)
		all.Checks = append(all.Checks, part.Checks...)
	}
	// Within a rule OPA's own order of terms stands, which is fixed.
	sort.SliceStable(all.Findings, func(i, j int) bool { return all.Findings[i].Rule < all.Findings[j].Rule })
	sort.SliceStable(all.Settings, func(i, j int) bool { return all.Settings[i].Rule < all.Settings[j].Rule })
	sort.SliceStable(all.Carries, func(i, j int) bool { return all.Carries[i].Rule < all.Carries[j].Rule })
	sort.SliceStable(all.Bridges, func(i, j int) bool { return all.Bridges[i].Rule < all.Bridges[j].Rule })
	sort.SliceStable(all.Checks, func(i, j int) bool { return all.Checks[i].Rule < all.Checks[j].Rule })
	return &all, nil
}

// ask evaluates one prepared query.
func ask(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value, r *Result) error {
	set, err := query.Eval(ctx, rego.EvalParsedInput(input))
	if ctx.Err() != nil {
		return fmt.Errorf("rules: %w", ctx.Err())
	}
	if err != nil {
		return &Error{positions(err)}
	}
	if len(set) != 1 {
		return fmt.Errorf("rules/main.rego: want one result, got %d", len(set))
	}
	encoded, err := json.Marshal(set[0].Bindings["x"])
	if err != nil {
		return fmt.Errorf("result of rules: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(encoded))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return &Error{[]string{"an element that a rule gave is not of the form that rules/main.rego collects: " + err.Error()}}
	}
	return nil
}
