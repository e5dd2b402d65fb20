package policy

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
)

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

// compileText makes a policy of the text of rules.
func compileText(modules []Module, o Options) (*Policy, error) {
	var parsed []*ast.Module
	p := &Policy{rules: map[string]func() (Rule, error){}, digest: digest(modules)}
	path := map[string]string{}
	var list []string
	for i, one := range parse(modules) {
		m := modules[i]
		if one.err != nil {
			list = append(list, positions(one.err)...)
			continue
		}
		parsed = append(parsed, one.module)
		if name, ok := ruleName(one.module.Package.Path); ok {
			if old, twice := path[name]; twice {
				list = append(list, fmt.Sprintf("%s:1:1: rule %s is in %s already", m.Path, name, old))
			}
			path[name] = m.Path
			p.rules[name] = sync.OnceValues(func() (Rule, error) { return readRule(name, m, one.module.Package.Location.Row) })
		}
	}
	list = append(list, p.checkMetadata()...)
	if len(list) > 0 {
		return nil, &Error{list}
	}
	p.targets = map[string][]string{}
	for name, read := range p.rules {
		if r, err := read(); err == nil && len(r.Targets) > 0 {
			p.targets[name] = r.Targets
		}
	}
	var err error
	if p.compiler, err = compile(parsed, o); err != nil {
		return nil, &Error{positions(err)}
	}
	return p, nil
}

func compile(modules []*ast.Module, o Options) (*ast.Compiler, error) {
	compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(pure())
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
	default:
		out = append(out, err.Error())
	}
	return out
}

func position(e *ast.Error) string {
	message := oneLine(e.Message)
	if e.Location == nil {
		return message
	}
	return place(e.Location) + ": " + message
}

func place(l *ast.Location) string { return fmt.Sprintf("%s:%d:%d", l.File, l.Row, l.Col) }

func oneLine(message string) string { return strings.ReplaceAll(message, "\n", " ") }
