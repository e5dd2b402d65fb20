package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// The tables of the catalog whose keys answers speak of.
const (
	PackagesTable = "packages"
	UnitsTable    = "units"
)

// answered is what the owner decided about a fact.
type answered struct {
	answers.Decision
	// without are the options and other things that are left out because of it.
	without []string
}

func (a *answered) status() Status {
	if a.Drop != "" {
		return Irrelevant
	}
	return Translated
}

// withoutShown is how much of what is left out a line of the ledger names.
const withoutShown = 4

func (a *answered) reason() string {
	if len(a.without) == 0 {
		return a.Reason()
	}
	slices.Sort(a.without)
	list := slices.Compact(a.without)
	if n := len(list) - withoutShown; n > 0 {
		list = append(list[:withoutShown:withoutShown], fmt.Sprintf("%d more", n))
	}
	return a.Reason() + "; left out: " + strings.Join(list, ", ")
}

// answer notes what is decided about packages and units. It stands before what rules and the catalog say.
func (l *ledger) answer(subjects map[string]catalog.Subject, d answers.Decisions) {
	for table, decisions := range map[string]map[string]answers.Decision{PackagesTable: d.Packages, UnitsTable: d.Units} {
		s, ok := subjects[table]
		if !ok || len(decisions) == 0 {
			continue
		}
		for i := range l.accounts {
			a := &l.accounts[i]
			if a.node.Pattern != s.Nodes {
				continue
			}
			if key, ok := joinKey(s.Key, a.node.Field); ok {
				if decision, ok := decisions[key]; ok {
					a.answered = &answered{Decision: decision}
				}
			}
		}
	}
}

// dropped tells whether something speaks of facts that are dropped, and of no others.
func (l *ledger) dropped(at []string) bool {
	for _, pointer := range at {
		i, ok := l.byAt[pointer]
		if !ok || l.accounts[i].answered == nil || l.accounts[i].answered.Drop == "" {
			return false
		}
	}
	return len(at) > 0
}

// withhold leaves out what rules want because of dropped facts alone, and notes it in the ledger.
func (l *ledger) withhold(said *policy.Result) *policy.Result {
	out := *said
	out.Settings = keepLiving(l, said.Settings, func(s policy.Setting) ([]string, string) { return s.At, strings.Join(s.Option, ".") })
	out.Parts = keepLiving(l, said.Parts, func(p policy.Part) ([]string, string) {
		return p.At, strings.Join(p.Document, "/") + ": " + strings.Join(p.Path, ".")
	})
	out.Carries = keepLiving(l, said.Carries, func(c policy.Carry) ([]string, string) { return c.At, c.Path })
	out.Bridges = keepLiving(l, said.Bridges, func(b policy.Bridge) ([]string, string) { return b.At, "bridge " + b.Bridge })
	out.Checks = keepLiving(l, said.Checks, func(c policy.Check) ([]string, string) { return c.At, "check " + c.Check })
	return &out
}

func keepLiving[T any](l *ledger, list []T, about func(T) ([]string, string)) []T {
	var out []T
	for _, one := range list {
		at, name := about(one)
		if !l.dropped(at) {
			out = append(out, one)
			continue
		}
		for _, pointer := range at {
			a := l.accounts[l.byAt[pointer]].answered
			a.without = append(a.without, name)
		}
	}
	return out
}

// installs are the packages that answers put in the place of others.
func (l *ledger) installs(option []string) []Setting {
	var out []Setting
	for i := range l.accounts {
		a := &l.accounts[i]
		if a.answered == nil || a.answered.Install == "" {
			continue
		}
		ref := append([]string{"pkgs"}, strings.Split(a.answered.Install, ".")...)
		out = append(out, Setting{
			Option: option, Value: []any{map[string]any{"_ref": toAny(ref)}},
			By: a.answered.By, At: []string{a.node.Pointer},
		})
	}
	return out
}

// accept marks the findings that the owner accepts, and those that ask about nothing but what the owner has decided.
func (e *Engine) accept(h *Host, book *ledger) {
	if e.Answers == nil {
		return
	}
	for i := range h.Findings {
		f := &h.Findings[i]
		if f.Accepted = e.Answers.Accepts(h.Name, f.ID, f.Pointers()); f.Accepted == nil {
			f.Accepted = e.settled(*f, book)
		}
	}
}

// settled is the decision that leaves nothing of a finding to decide. A critical one has to be accepted by its name.
func (e *Engine) settled(f Finding, book *ledger) *answers.Acceptance {
	rule, ok := e.Policy.Rule(f.Rule)
	if !ok || rule.Account == "none" || f.Severity == Severities[0] || f.Rule == unaccountedRule || len(f.At) == 0 {
		return nil
	}
	for _, at := range f.At {
		if i, ok := book.byAt[at.Pointer]; !ok || book.accounts[i].answered == nil {
			return nil
		}
	}
	first := book.accounts[book.byAt[f.At[0].Pointer]].answered
	return &answers.Acceptance{Reason: first.Reason(), By: first.By}
}
