package evaluate

import (
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// Kept says what keeps, on this host, the thing that a gap is about.
type Kept struct {
	// By is a kind of bridge that the host has, native or none.
	By string `json:"by"`
	// How says how; absent where nothing does.
	How string `json:"how,omitempty"`
	// Loses is what the user has not; absent where nothing is lost.
	Loses string `json:"loses,omitempty"`
	// Declined is the answer that does not want the bridge which would keep it.
	Declined string `json:"declined,omitempty"`
}

// Bridge is the kind of bridge that keeps it; empty where none does.
func (k *Kept) Bridge() string {
	if k == nil {
		return ""
	}
	return catalog.Keep{By: k.By}.Bridge()
}

// KeptText is what keeps a gap with its texts filled in; nil where nobody has decided.
func (f Finding) KeptText(fill func(string) string) *Kept {
	if f.Kept == nil {
		return nil
	}
	k := *f.Kept
	k.How, k.Loses = fill(k.How), fill(k.Loses)
	return &k
}

// refused is an answer that does not want a bridge, and what it leaves out of a fact.
type refused struct{ kind, by string }

// bridgeRules says which kinds of bridges each rule asked for on this host: what else such a rule wants, these need.
func bridgeRules(said *policy.Result) map[string][]string {
	kinds := map[string][]string{}
	for _, b := range said.Bridges {
		if !slices.Contains(kinds[b.Rule], b.Bridge) {
			kinds[b.Rule] = append(kinds[b.Rule], b.Bridge)
		}
	}
	return kinds
}

// decline leaves out what rules want for bridges that the owner does not want, and notes in the ledger of which facts.
// A rule that serves another bridge too, one that is wanted, is left as it is but for the bridge itself.
func (e *Engine) decline(l *ledger, said *policy.Result, kindsOf map[string][]string, d answers.Decisions) *policy.Result {
	unwanted := map[string]string{}
	for kind := range d.Bridges {
		if by, ok := d.Declined(kind); ok {
			unwanted[kind] = by
		}
	}
	if len(unwanted) == 0 {
		return said
	}
	gone := func(rule string, at []string) bool {
		kinds := kindsOf[rule]
		if len(kinds) == 0 || slices.ContainsFunc(kinds, func(k string) bool { return unwanted[k] == "" }) {
			return false
		}
		l.refuse(at, refused{kinds[0], unwanted[kinds[0]]})
		return true
	}
	out := *said
	out.Settings = leave(said.Settings, func(s policy.Setting) bool { return gone(s.Rule, s.At) })
	out.Parts = leave(said.Parts, func(p policy.Part) bool { return gone(p.Rule, p.At) })
	out.Carries = leave(said.Carries, func(c policy.Carry) bool { return gone(c.Rule, c.At) })
	out.Checks = leave(said.Checks, func(c policy.Check) bool { return gone(c.Rule, nil) })
	out.Plans = leave(said.Plans, func(p policy.Plan) bool { return gone(p.Rule, nil) })
	out.Bridges = leave(said.Bridges, func(b policy.Bridge) bool {
		by := unwanted[b.Bridge]
		if by != "" {
			l.refuse(b.At, refused{b.Bridge, by})
		}
		return by != ""
	})
	return &out
}

func leave[T any](list []T, gone func(T) bool) []T {
	var out []T
	for _, one := range list {
		if !gone(one) {
			out = append(out, one)
		}
	}
	return out
}

// refuse notes that a bridge would have kept facts.
func (l *ledger) refuse(at []string, r refused) {
	for _, pointer := range at {
		if i, ok := l.byAt[pointer]; ok && l.accounts[i].refused == nil {
			l.accounts[i].refused = &r
		}
	}
}

// settleKept says of each gap what keeps it on this host. A bridge keeps nothing by being asked for: the rule that asks has
// to bring something that does it.
func (e *Engine) settleKept(h *Host, said *policy.Result, d answers.Decisions) {
	brings := bringers(said)
	planned := map[closing]*span{}
	for _, b := range h.Bridges {
		if !brings[b.Rule] {
			continue
		}
		for _, id := range closes(b) {
			c := closing{b.Bridge, id}
			if planned[c] == nil {
				planned[c] = &span{map[string]bool{}, map[string]bool{}}
			}
			planned[c].add(b.At)
		}
	}
	for i := range h.Findings {
		f := &h.Findings[i]
		if f.Kind != "gap" {
			continue
		}
		decision, _, ok := e.Catalog.Keep(e.Target, f.ID)
		if !ok {
			continue
		}
		kind := decision.Bridge()
		by, declined := d.Declined(kind)
		switch {
		case kind == "":
			f.Kept = &Kept{By: decision.By, How: decision.How, Loses: decision.Loses}
		case declined:
			f.Kept = &Kept{By: catalog.ByNone, Loses: decision.Loses, Declined: by}
		case keeps(e.Catalog.Bridges[kind].Spans == catalog.SpansHost, f.At, planned[closing{kind, ""}], planned[closing{kind, f.ID}]):
			f.Kept = &Kept{By: kind, How: decision.How}
		default:
			f.Kept = &Kept{By: catalog.ByNone, Loses: decision.Loses}
		}
		f.Bridge = optional(f.Kept.Bridge())
	}
}

// bringers are the rules that bring more than words: options, documents, files or pieces of the plan.
func bringers(said *policy.Result) map[string]bool {
	out := map[string]bool{}
	for _, s := range said.Settings {
		out[s.Rule] = true
	}
	for _, p := range said.Parts {
		out[p.Rule] = true
	}
	for _, c := range said.Carries {
		out[c.Rule] = true
	}
	for _, p := range said.Plans {
		out[p.Rule] = true
	}
	return out
}

// span are the facts that bridges of a kind were asked to keep, and what these are parts of.
type span struct{ facts, wholes map[string]bool }

func (s *span) add(at []string) {
	for _, pointer := range at {
		s.facts[pointer] = true
		for whole := parent(pointer); whole != "" && !s.wholes[whole]; whole = parent(whole) {
			s.wholes[whole] = true
		}
	}
}

// holds tells whether a fact is one of them, a part of one, or has such a part.
func (s *span) holds(pointer string) bool {
	kept := s.wholes[pointer]
	for ; pointer != "" && !kept; pointer = parent(pointer) {
		kept = s.facts[pointer]
	}
	return kept
}

// closing is a kind of bridge with the one finding that it closes; empty where it closes those of the facts that it keeps.
type closing struct{ kind, finding string }

// closes are the findings that a bridge says it closes, in its params; one empty id where it says nothing.
func closes(b policy.Bridge) []string {
	list, _ := b.Params["closes"].([]any)
	var out []string
	for _, id := range list {
		if text, ok := id.(string); ok {
			out = append(out, text)
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}

// keeps tells whether bridges keep each fact that a finding is about, or the host as a whole.
func keeps(host bool, at []Evidence, spans ...*span) bool {
	spans = slices.DeleteFunc(spans, func(s *span) bool { return s == nil })
	if len(spans) == 0 {
		return false
	}
	for _, e := range at {
		if !host && !slices.ContainsFunc(spans, func(s *span) bool { return s.holds(e.Pointer) }) {
			return false
		}
	}
	return true
}

// parent is the pointer of what a fact is a part of; empty at the top.
func parent(pointer string) string { return pointer[:max(0, strings.LastIndexByte(pointer, '/'))] }
