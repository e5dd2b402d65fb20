package evaluate

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Inhibitor is something that stands in the way of a conversion. Its text has the values of the host in it already.
type Inhibitor struct {
	ID   string `json:"id"`
	Rule string `json:"rule"`
	// Level is refuse or warn.
	Level string `json:"level"`
	Title string `json:"title"`
	Text  string `json:"text"`
	// Remedy is what takes it out of the way.
	Remedy string     `json:"remedy"`
	At     []Evidence `json:"at"`
	// Accepted is set where the owner's answers accept it: it warns then, and does not refuse.
	Accepted *answers.Acceptance `json:"accepted,omitempty"`
}

// Pointers are the facts that it is about.
func (i Inhibitor) Pointers() []string {
	out := make([]string, len(i.At))
	for n, e := range i.At {
		out[n] = e.Pointer
	}
	return out
}

// What holds the prose of inhibitors that follow from the evaluation itself.
const (
	criticalRule = "conversion/critical_findings"
	failedRule   = "conversion/rules_failed"
)

// namesShown is how many names a text about several lists.
const namesShown = 8

// convert gives a host what its plan is made of, and what stands in its way.
func (e *Engine) convert(h *Host, tree map[string]any, said *policy.Result) error {
	pieces := make([]Setting, len(said.Plans))
	for i, p := range said.Plans {
		pieces[i] = Setting{Option: p.Path, Value: inFull(p.Value), By: p.Rule, At: p.At}
	}
	merged, err := Merge(pieces)
	if err != nil {
		// Half of what the rules know makes no plan: it is left out as a whole.
		p := partial{what: "the plan of the conversion", set: "plans", err: err}
		for _, one := range said.Plans {
			p.add(one.Rule, nil)
		}
		p.first()
		h.Errors = append(h.Errors, e.Policy.Failure(p.rules[0], p.set, p))
		merged = []Leaf{}
	}
	h.Conversion, h.Inhibitors = merged, []Inhibitor{}
	list := slices.Clone(said.Inhibits)
	if at, ids := criticals(h.Findings); len(ids) > 0 {
		list = append(list, policy.Inhibitor{Rule: criticalRule, At: at, Vars: map[string]any{"count": len(ids), "ids": some(ids, namesShown)}})
	}
	if len(h.Errors) > 0 {
		var names []string
		for _, failed := range h.Errors {
			names = append(names, failed.Rule)
		}
		slices.Sort(names)
		list = append(list, policy.Inhibitor{Rule: failedRule, Vars: map[string]any{"rules": some(slices.Compact(names), namesShown)}})
	}
	for _, one := range list {
		if i, ok := e.inhibitor(h.Name, tree, one); ok {
			h.Inhibitors = append(h.Inhibitors, i)
		}
	}
	sort.SliceStable(h.Inhibitors, func(i, j int) bool {
		a, b := h.Inhibitors[i], h.Inhibitors[j]
		if a.ID != b.ID {
			return a.ID < b.ID
		}
		return a.Title < b.Title
	})
	return nil
}

// inFull writes whole numbers out: what rules reckon with numbers of the catalog comes as 1.6e+10.
func inFull(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return json.Number(strconv.FormatInt(int64(f), 10))
		}
	case []any:
		out := make([]any, len(v))
		for i, one := range v {
			out[i] = inFull(one)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, one := range v {
			out[key] = inFull(one)
		}
		return out
	}
	return v
}

// criticals are the critical findings that nobody has accepted, with the facts that they are about.
func criticals(findings []Finding) (at, ids []string) {
	for _, f := range findings {
		if f.Severity == Severities[0] && f.Accepted == nil {
			ids = append(ids, f.ID)
			at = append(at, f.Pointers()...)
		}
	}
	slices.Sort(ids)
	slices.SortFunc(at, snapshot.ComparePointers)
	return slices.Compact(at), slices.Compact(ids)
}

// inhibitor is what a rule said stands in the way, in the words of its METADATA; false, where the rules that are asked
// have no such one.
func (e *Engine) inhibitor(host string, tree map[string]any, said policy.Inhibitor) (Inhibitor, bool) {
	r, ok := e.Policy.Rule(said.Rule)
	if !ok || r.ID == "" || r.Inhibits == "" {
		return Inhibitor{}, false
	}
	words := Finding{Vars: map[string]string{}}
	for k, v := range said.Vars {
		words.Vars[k] = fmt.Sprint(v)
	}
	fill := func(text string) string { return words.Fill(text, func(s string) string { return s }) }
	out := Inhibitor{
		ID: r.ID, Rule: r.Name, Level: r.Inhibits, Title: fill(r.Title), Text: fill(flowing(r.Description)), Remedy: fill(flowing(r.Workaround)),
		At: []Evidence{},
	}
	// Critical findings are accepted one by one; of what failed nobody knows what would be accepted.
	if r.Name != criticalRule && r.Name != failedRule {
		out.Accepted = e.Answers.Accepts(host, r.ID, said.At)
	}
	for _, at := range said.At {
		out.At = append(out.At, evidence(tree, at))
	}
	sortEvidence(out.At)
	return out, true
}

// flowing is a text of METADATA without the line breaks of its file.
func flowing(text string) string { return strings.Join(strings.Fields(text), " ") }
