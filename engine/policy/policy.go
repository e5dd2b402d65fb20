// Package policy compiles the rules, prepares one query for all of them, and
// evaluates it over snapshots. It is the only importer of OPA. It knows nothing
// of Proxmox: what a fact means is in rules/.
package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
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
	rules    map[string]Rule
	prepared rego.PreparedEvalQuery
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

// onlyChecks are the stages of OPA's compiler that find errors and produce nothing.
var onlyChecks = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
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
					out[i].module, out[i].err = ast.ParseModuleWithOpts(m.Path, m.Text, ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
				}
			}
		})
	}
	workers.Wait()
	return out
}

// Compile parses, checks and prepares rules. Modules whose path ends in
// _test.rego are left out. All errors are reported at once, as *Error.
func Compile(ctx context.Context, modules []Module, o Options) (*Policy, error) {
	parsed := map[string]*ast.Module{}
	rules := map[string]Rule{}
	var list []string
	for i, p := range parse(modules) {
		m, mod := modules[i], p.module
		if p.err != nil {
			list = append(list, positions(p.err)...)
			continue
		}
		if mod == nil {
			continue
		}
		parsed[m.Path] = mod
		if name, ok := ruleName(mod.Package.Path); ok {
			rule, err := ruleOf(name, m.Path, mod)
			if err != nil {
				list = append(list, err.Error())
			} else if old, twice := rules[name]; twice {
				list = append(list, fmt.Sprintf("%s:1:1: rule %s is in %s already", m.Path, name, old.Path))
			}
			rules[name] = rule
		}
	}
	if len(list) > 0 {
		return nil, &Error{list}
	}
	compiler := ast.NewCompiler().WithStrict(!o.Checked)
	if o.Checked {
		compiler = compiler.WithSkipStages(onlyChecks...)
	}
	if o.Schema != nil {
		var schema any
		if err := json.Unmarshal(o.Schema, &schema); err != nil {
			return nil, fmt.Errorf("schema of facts: %w", err)
		}
		set := ast.NewSchemaSet()
		set.Put(ast.SchemaRootRef, schema)
		set.Put(ast.MustParseRef("schema.input"), schema)
		compiler = compiler.WithSchemas(set).WithUseTypeCheckAnnotations(true)
	}
	compiler.Compile(parsed)
	if compiler.Failed() {
		return nil, &Error{positions(compiler.Errors)}
	}
	if err := idsAreUnique(rules); err != nil {
		return nil, err
	}
	data := o.Data
	if data == nil {
		data = map[string]any{}
	}
	prepared, err := rego.New(
		rego.Query("x := data.main"),
		rego.Compiler(compiler),
		rego.Store(inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))),
		rego.StrictBuiltinErrors(true),
	).PrepareForEval(ctx)
	if err != nil {
		return nil, &Error{positions(err)}
	}
	return &Policy{rules: rules, prepared: prepared}, nil
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
func (p *Policy) Rules() []Rule {
	out := make([]Rule, 0, len(p.rules))
	for _, r := range p.rules {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Rule finds a rule by name, area/name.
func (p *Policy) Rule(name string) (Rule, bool) {
	r, ok := p.rules[name]
	return r, ok
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
	set, err := p.prepared.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return nil, &Error{positions(err)}
	}
	if len(set) != 1 {
		return nil, fmt.Errorf("rules/main.rego: want one result, got %d", len(set))
	}
	// OPA's sets arrive sorted by OPA's own order of terms, which is fixed.
	encoded, err := json.Marshal(set[0].Bindings["x"])
	if err != nil {
		return nil, fmt.Errorf("result of rules: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(encoded)))
	d.UseNumber()
	d.DisallowUnknownFields()
	var r Result
	if err := d.Decode(&r); err != nil {
		return nil, fmt.Errorf("result of rules: %w", err)
	}
	return &r, nil
}
