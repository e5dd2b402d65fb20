package policy

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Cost is what one package of rules or of the library cost while all rules were asked.
type Cost struct {
	// Package is area/name of a rule, lib/name of a library.
	Package string
	// Time was spent in its own expressions; what these asked of others is theirs.
	Time time.Duration
	// Evaluations is how many expressions were evaluated.
	Evaluations int
}

// Profile is the cost of all packages, the dearest first. The library answers a
// question once, whoever asks it first. Watching takes time too, so that times
// are longer than without it; evaluations are exact.
type Profile []Cost

// Profile evaluates like Evaluate, one rule after the other, and tells the cost.
func (p *Policy) Profile(ctx context.Context, tree map[string]any) (*Result, Profile, error) {
	w := &watch{costs: map[string]*Cost{}, names: map[string]string{}}
	for path, m := range p.compiler.Modules {
		w.names[path] = packageName(m.Package.Path)
	}
	result, err := p.evaluate(ctx, tree, 1, w)
	profile := make(Profile, 0, len(w.costs))
	for _, c := range w.costs {
		profile = append(profile, *c)
	}
	sort.Slice(profile, func(i, j int) bool {
		if profile[i].Time != profile[j].Time {
			return profile[i].Time > profile[j].Time
		}
		return profile[i].Package < profile[j].Package
	})
	return result, profile, err
}

// packageName is area/name of data.rules.area.name, and all parts of any other package.
func packageName(path ast.Ref) string {
	if name, ok := ruleName(path); ok {
		return name
	}
	parts := make([]string, 0, len(path))
	for _, t := range path[1:] {
		s, _ := t.Value.(ast.String)
		parts = append(parts, string(s))
	}
	return strings.Join(parts, "/")
}

// watch sees each step of an evaluation. The time between two of them belongs to the first.
type watch struct {
	costs map[string]*Cost
	names map[string]string // by file
	at    *Cost
	since time.Time
}

func (w *watch) Enabled() bool { return true }

func (w *watch) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

func (w *watch) TraceEvent(e topdown.Event) {
	if e.Location == nil || w.names[e.Location.File] == "" {
		return // the question itself
	}
	w.to(w.names[e.Location.File])
	if e.Op == topdown.EvalOp {
		w.at.Evaluations++
	}
}

// to closes the account of the package that was at work and opens that of another.
func (w *watch) to(name string) {
	now := time.Now()
	if w.at != nil {
		w.at.Time += now.Sub(w.since)
	}
	if w.at == nil || w.at.Package != name {
		if w.costs[name] == nil {
			w.costs[name] = &Cost{Package: name}
		}
		w.at = w.costs[name]
	}
	w.since = now
}

// end closes the account that is open.
func (w *watch) end() {
	if w.at != nil {
		w.to(w.at.Package)
		w.at = nil
	}
}

// profileShown is how many packages a table of costs names.
const profileShown = 20

// Print writes the dearest packages as a table, and the total of all.
func (p Profile) Print(w io.Writer) error {
	var total Cost
	for _, c := range p {
		total.Time += c.Time
		total.Evaluations += c.Evaluations
	}
	total.Package = fmt.Sprintf("all %d packages", len(p))
	var b strings.Builder
	fmt.Fprintf(&b, "%10s  %6s  %11s  %s\n", "time", "share", "evaluations", "package")
	for _, c := range append(append(Profile{}, p[:min(len(p), profileShown)]...), total) {
		share := 0.0
		if total.Time > 0 {
			share = 100 * float64(c.Time) / float64(total.Time)
		}
		fmt.Fprintf(&b, "%7.2f ms  %4.1f %%  %11d  %s\n", float64(c.Time.Microseconds())/1000, share, c.Evaluations, c.Package)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
