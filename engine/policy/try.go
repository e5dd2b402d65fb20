package policy

import (
	"context"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/cache"
)

// testTime is how long one test may take, as with opa test.
const testTime = 5 * time.Second

// outcome is what a test gave; wrong is empty where it holds.
type outcome struct {
	at          *ast.Location
	name, wrong string
}

// test is a test that is one answer, yes or no.
type test struct {
	compiler *ast.Compiler
	rule     *ast.Rule
}

// compileTests compiles a group, strictly, with its tests. OPA's own runner does it: it sees to it that tests of one name
// are all run. It also runs those with cases, which only it tells apart; all others are left to runTests, which is lighter.
func compileTests(ctx context.Context, g group, schema any, coverage *cover.Cover) (*ast.Compiler, []test, []outcome, error) {
	compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(pure()).WithEnablePrintStatements(false)
	if schema != nil {
		set := ast.NewSchemaSet()
		set.Put(ast.SchemaRootRef, schema)
		compiler = compiler.WithSchemas(set)
	}
	cases := withCases(g)
	none := "^$"
	filter := none
	if len(cases) > 0 {
		filter = `^(` + strings.Join(cases, "|") + `)[.\[]`
	}
	runner := tester.NewRunner().SetCompiler(compiler).SetCoverageQueryTracer(struct{ *cover.Cover }{coverage}).SetModules(g.modules).Filter(filter)
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	var outcomes []outcome
	for r := range results {
		one := outcome{at: r.Location, name: r.Name}
		switch {
		case r.Error != nil:
			one.wrong = oneLine(r.Error.Error())
		case !r.Pass():
			one.wrong = notHolding
		}
		outcomes = append(outcomes, one)
	}
	leftOut := regexp.MustCompile(filter)
	var tests []test
	for path, m := range compiler.Modules {
		if !g.home[path] || filter != none && leftOut.MatchString(m.Package.Path.String()+".") {
			continue
		}
		for _, r := range m.Rules {
			if isTest(r) {
				tests = append(tests, test{compiler, r})
			}
		}
	}
	return compiler, tests, outcomes, nil
}

const notHolding = "does not hold"

func isTest(r *ast.Rule) bool {
	name := r.Head.Ref()[0].String()
	return strings.HasPrefix(name, tester.TestPrefix) || strings.HasPrefix(name, tester.SkipTestPrefix)
}

// withCases are patterns of the packages in which a test is more than one answer.
func withCases(g group) []string {
	var packages []string
	for path, home := range g.home {
		m := g.modules[path]
		for _, r := range m.Rules {
			if home && isTest(r) && (len(r.Head.Ref()) > 1 || r.Head.DocKind() != ast.CompleteDoc || len(r.Head.Args) > 0) {
				packages = append(packages, regexp.QuoteMeta(m.Package.Path.String()))
				break
			}
		}
	}
	return packages
}

// runTests runs tests on all processors.
func runTests(ctx context.Context, tests []test, coverage *cover.Cover) ([]outcome, error) {
	outcomes := make([]outcome, len(tests))
	store := inmem.NewWithOpts(inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	patterns := cache.NewInterQueryValueCache(ctx, nil)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			tracer := &firstRuns{coverage, map[*ast.Location]bool{}}
			for i := int(next.Add(1)) - 1; i < len(tests) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				t := tests[i]
				outcomes[i] = outcome{at: t.rule.Loc(), name: t.rule.Head.Ref().String()}
				if strings.HasPrefix(outcomes[i].name, tester.SkipTestPrefix) {
					outcomes[i].wrong = notHolding
					continue
				}
				outcomes[i].wrong = t.run(ctx, store, txn, patterns, tracer)
			}
		})
	}
	workers.Wait()
	return outcomes, ctx.Err()
}

// run runs a test; what it returns is empty where the test holds.
func (t test) run(ctx context.Context, store storage.Store, txn storage.Transaction, patterns cache.InterQueryValueCache, tracer topdown.QueryTracer) string {
	ctx, release := context.WithTimeout(ctx, testTime)
	defer release()
	stop := topdown.NewCancel()
	defer context.AfterFunc(ctx, stop.Cancel)()
	name := string(t.rule.Head.Ref()[0].Value.(ast.Var))
	var value *ast.Term
	err := topdown.NewQuery(bodyOf(t.rule.Module.Package.Path.Append(ast.StringTerm(name)))).
		WithCompiler(t.compiler).WithStore(store).WithTransaction(txn).WithCancel(stop).
		WithInterQueryBuiltinValueCache(patterns).WithQueryTracer(tracer).
		Iter(ctx, func(r topdown.QueryResult) error { value = r[answer]; return nil })
	switch {
	case err != nil:
		return oneLine(err.Error())
	case value == nil || !ast.Boolean(true).Equal(value.Value):
		return notHolding
	}
	return ""
}

// firstRuns tells a cover of the first time only that something is run: most is run by many tests. It is for one goroutine.
// What a cover notes is the place; OPA copies expressions at every turn, and their places it does not.
type firstRuns struct {
	*cover.Cover
	told map[*ast.Location]bool
}

// TraceEvent implements topdown.QueryTracer.
func (f *firstRuns) TraceEvent(event topdown.Event) {
	var at *ast.Location
	switch node := event.Node.(type) {
	case *ast.Expr:
		if event.Op == topdown.EvalOp {
			at = node.Location
		}
	case *ast.Rule:
		if event.Op == topdown.ExitOp {
			at = node.Head.Location
		}
	}
	if at != nil && !f.told[at] {
		f.told[at] = true
		f.Cover.TraceEvent(event)
	}
}
