package policy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/cache"
)

// question asks a rule for one of its sets.
type question struct {
	rule string
	set  int // index of setKinds
	body ast.Body
	// at is where the rule begins to define the set.
	at *ast.Location
}

// answer is the only variable of a question.
const answer = ast.Var("answer")

// questions finds all rules, sorted by name, and what each may say: whatever lies at
// data.rules.<area>.<rule> is a rule, nothing is registered.
func questions(tree *ast.TreeNode) []question {
	var out []question
	root := tree.Find(ast.Ref{ast.DefaultRootDocument, ast.StringTerm(rulesRoot)})
	if root == nil {
		return nil
	}
	for _, area := range root.Sorted {
		for _, rule := range root.Children[area].Sorted {
			for i, set := range setKinds {
				node := root.Children[area].Children[rule].Child(ast.String(set.name))
				if node == nil || len(node.Values) == 0 {
					continue
				}
				ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm(rulesRoot), ast.NewTerm(area), ast.NewTerm(rule), ast.StringTerm(set.name)}
				out = append(out, question{
					rule: string(area.(ast.String)) + "/" + string(rule.(ast.String)), set: i, at: node.Values[0].Location,
					body: bodyOf(ref),
				})
			}
		}
	}
	return out
}

func bodyOf(ref ast.Ref) ast.Body {
	return ast.NewBody(ast.Equality.Expr(ast.NewTerm(ref), ast.NewTerm(answer)))
}

// askers is how many goroutines ask the rules. Each keeps what the library
// answered for itself, so that more of them ask the library more often.
const askers = 2

// Evaluate asks all rules about one tree of facts. A rule that fails is listed
// in the errors of the result, and nothing else that it says is in there.
func (p *Policy) Evaluate(ctx context.Context, tree map[string]any) (*Result, error) {
	return p.evaluate(ctx, tree, askers, nil)
}

// evaluate asks with up to askers goroutines; where somebody watches, with one.
func (p *Policy) evaluate(ctx context.Context, tree map[string]any, n int, w *watch) (*Result, error) {
	input, err := ast.InterfaceToValue(tree)
	if err != nil {
		return nil, fmt.Errorf("facts for rules: %w", err)
	}
	stop := topdown.NewCancel()
	defer context.AfterFunc(ctx, stop.Cancel)()
	// One begins at the first question, one at the last, until they meet: areas
	// share a part of the library, so each asks for little that the other has asked for.
	answers := make([]said, len(p.questions))
	var (
		mu       sync.Mutex
		from, to = 0, len(p.questions)
		workers  sync.WaitGroup
		errs     [askers]error
	)
	next := func(worker int) int {
		mu.Lock()
		defer mu.Unlock()
		if from == to || ctx.Err() != nil {
			return -1
		}
		if worker == 0 {
			from++
			return from - 1
		}
		to--
		return to
	}
	patterns := cache.NewInterQueryValueCache(ctx, nil)
	for worker := range n {
		workers.Go(func() {
			a := asker{policy: p, input: ast.NewTerm(input), stop: stop, patterns: patterns, watch: w}
			if a.txn, errs[worker] = p.store.NewTransaction(ctx); errs[worker] != nil {
				return
			}
			defer p.store.Abort(ctx, a.txn)
			for i := next(worker); i >= 0; i = next(worker) {
				answers[i] = a.ask(ctx, p.questions[i])
			}
		})
	}
	workers.Wait()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("rules: %w", ctx.Err())
	}
	for _, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("data of rules: %w", err)
		}
	}
	return p.collect(answers), nil
}

// said is what a rule says to one question.
type said struct {
	Result
	err *RuleError
}

// asker asks one question after another, and keeps what the library answered.
type asker struct {
	policy   *Policy
	input    *ast.Term
	stop     topdown.Cancel
	txn      storage.Transaction
	patterns cache.InterQueryValueCache
	known    *memory
	watch    *watch
}

func (a *asker) ask(ctx context.Context, q question) (s said) {
	if a.known == nil {
		a.known = newMemory(a.policy.partials, func(ref ast.Ref) (*ast.Term, error) { return a.value(ctx, bodyOf(ref)) })
	}
	if a.watch != nil {
		a.watch.to(q.rule)
		defer a.watch.end()
	}
	value, err := a.value(ctx, q.body)
	if err != nil {
		// What failed is not in the cache as failed, and the next rule that comes upon it has to fail too.
		a.known = nil
		return q.failed(err)
	}
	if value == nil {
		return s // undefined: a set that is given as a complete rule, under a condition
	}
	if err := elements(value.Value, func(v ast.Value) error { return setKinds[q.set].add(&s.Result, q.rule, v) }); err != nil {
		return q.failed(fmt.Errorf("%s: %w", setKinds[q.set].name, err))
	}
	if len(s.Findings)+len(s.Inhibits) > 0 {
		switch r, ok := a.policy.Rule(q.rule); {
		case !ok || r.ID == "":
			return q.failed(errNameless)
		case len(s.Inhibits) > 0 && r.Inhibits == "":
			return q.failed(errLevelless)
		}
	}
	return s
}

// value is what OPA answers to a question; nil where it is undefined.
func (a *asker) value(ctx context.Context, body ast.Body) (value *ast.Term, err error) {
	query := topdown.NewQuery(body).WithCompiler(a.policy.compiler).WithStore(a.policy.store).WithTransaction(a.txn).WithInput(a.input).
		WithCancel(a.stop).WithStrictBuiltinErrors(true).WithVirtualCache(a.known).WithInterQueryBuiltinValueCache(a.patterns)
	if a.watch != nil {
		query = query.WithQueryTracer(a.watch)
	}
	err = query.Iter(ctx, func(r topdown.QueryResult) error { value = r[answer]; return nil })
	return value, err
}

var (
	errNameless  = errors.New("a finding, but no id in its METADATA")
	errLevelless = errors.New("an inhibitor, but its METADATA does not say what it inhibits")
)

// mostSaid is how much of an error is shown; it may quote facts.
const mostSaid = 400

// failed is what remains of a question that failed: where, or else where the rule begins, and what happened.
func (q question) failed(err error) said {
	e := &RuleError{Rule: q.rule, At: place(q.at), What: err.Error()}
	if failure, ok := err.(*topdown.Error); ok {
		e.What = failure.Message
		if failure.Location != nil && failure.Location.File != "" {
			e.At = place(failure.Location)
		}
	}
	e.What = short(strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, strings.Join(strings.Fields(e.What), " ")), mostSaid)
	return said{err: e}
}

// Failure is the error of a rule of whose set something cannot be taken.
func (p *Policy) Failure(rule, set string, err error) RuleError {
	q := question{rule: rule}
	for _, one := range p.questions {
		if one.rule == rule && (q.at == nil || setKinds[one.set].name == set) {
			q = one
		}
	}
	return *q.failed(err).err
}

// Without takes from a result all that some rules said, and lists these as rules
// that failed: wrong says what is wrong with the settings of each.
func (p *Policy) Without(r *Result, wrong map[string]error) *Result {
	if len(wrong) == 0 {
		return r
	}
	out := &Result{Errors: slices.Clone(r.Errors)}
	for _, q := range p.questions {
		if err := wrong[q.rule]; err != nil && setKinds[q.set].name == "settings" {
			out.Errors = append(out.Errors, *q.failed(err).err)
		}
	}
	out.Findings = without(r.Findings, wrong, func(f Finding) string { return f.Rule })
	out.Settings = without(r.Settings, wrong, func(s Setting) string { return s.Rule })
	out.Carries = without(r.Carries, wrong, func(c Carry) string { return c.Rule })
	out.Bridges = without(r.Bridges, wrong, func(b Bridge) string { return b.Rule })
	out.Checks = without(r.Checks, wrong, func(c Check) string { return c.Rule })
	out.Parts = without(r.Parts, wrong, func(p Part) string { return p.Rule })
	out.Plans = without(r.Plans, wrong, func(p Plan) string { return p.Rule })
	out.Inhibits = without(r.Inhibits, wrong, func(i Inhibitor) string { return i.Rule })
	return out
}

func without[T any](list []T, wrong map[string]error, ruleOf func(T) string) []T {
	var out []T
	for _, one := range list {
		if wrong[ruleOf(one)] == nil {
			out = append(out, one)
		}
	}
	return out
}

// collect joins what rules said; of a rule that failed only that.
func (p *Policy) collect(answers []said) *Result {
	all := &Result{}
	failed := map[string]bool{}
	for _, a := range answers {
		if a.err != nil && !failed[a.err.Rule] {
			failed[a.err.Rule] = true
			all.Errors = append(all.Errors, *a.err)
		}
	}
	for i, a := range answers {
		if failed[p.questions[i].rule] {
			continue
		}
		all.Findings = append(all.Findings, a.Findings...)
		all.Settings = append(all.Settings, a.Settings...)
		all.Carries = append(all.Carries, a.Carries...)
		all.Bridges = append(all.Bridges, a.Bridges...)
		all.Checks = append(all.Checks, a.Checks...)
		all.Parts = append(all.Parts, a.Parts...)
		all.Plans = append(all.Plans, a.Plans...)
		all.Inhibits = append(all.Inhibits, a.Inhibits...)
	}
	return all
}
