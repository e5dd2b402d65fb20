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

// companionBridge is the kind of bridge that answers can give a package or unit to.
const companionBridge = "companion"

// answered is what the owner decided about a fact.
type answered struct {
	answers.Decision
	// without are the options and other things that are left out because of it.
	without []string
}

func (a *answered) status() Status {
	switch {
	case a.Drop != "":
		return Irrelevant
	case a.Companion != "":
		return Bridged
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

// answer notes what is decided about packages and units. It stands before what rules and the catalog say. One that is to
// run in the companion does so only where a rule has it run there, and one whose licence is accepted is installed by a rule.
func (l *ledger) answer(subjects map[string]catalog.Subject, d answers.Decisions, said *policy.Result) {
	inCompanion, set := map[string]bool{}, map[string]bool{}
	for _, s := range said.Settings {
		for _, pointer := range s.At {
			set[pointer] = true
		}
	}
	for _, b := range said.Bridges {
		if b.Bridge == companionBridge {
			for _, pointer := range b.At {
				inCompanion[pointer] = true
			}
		}
	}
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
				if decision, ok := decisions[key]; ok && (decision.Companion == "" || inCompanion[a.node.Pointer]) && (decision.Unfree == "" || set[a.node.Pointer]) {
					a.answered = &answered{Decision: decision}
				}
			}
		}
	}
}

// unwanted tells whether a rule speaks of facts that are dropped, or that run in the companion, and of no others.
func (l *ledger) unwanted(rule string, at []string, kindsOf map[string][]string) bool {
	for _, pointer := range at {
		i, ok := l.byAt[pointer]
		if !ok || l.accounts[i].answered == nil {
			return false
		}
		switch a := l.accounts[i].answered; {
		case a.Drop != "":
		case a.Companion != "" && !slices.Contains(kindsOf[rule], companionBridge): // what runs there does not run here
		default:
			return false
		}
	}
	return len(at) > 0
}

// withhold leaves out what rules want because of facts alone that the owner does not want on the host, and notes it in the ledger.
func (l *ledger) withhold(said *policy.Result, kindsOf map[string][]string) *policy.Result {
	out := *said
	unwanted := func(rule string, at []string) bool { return l.unwanted(rule, at, kindsOf) }
	out.Settings = keepLiving(l, said.Settings, unwanted, func(s policy.Setting) (string, []string, string) {
		return s.Rule, s.At, strings.Join(s.Option, ".")
	})
	out.Parts = keepLiving(l, said.Parts, unwanted, func(p policy.Part) (string, []string, string) {
		return p.Rule, p.At, strings.Join(p.Document, "/") + ": " + strings.Join(p.Path, ".")
	})
	out.Carries = keepLiving(l, said.Carries, unwanted, func(c policy.Carry) (string, []string, string) { return c.Rule, c.At, c.Path })
	out.Bridges = keepLiving(l, said.Bridges, unwanted, func(b policy.Bridge) (string, []string, string) {
		return b.Rule, b.At, bridgeWord + b.Bridge
	})
	out.Checks = keepLiving(l, said.Checks, unwanted, func(c policy.Check) (string, []string, string) {
		return c.Rule, c.At, "check " + c.Check
	})
	return &out
}

func keepLiving[T any](l *ledger, list []T, unwanted func(string, []string) bool, about func(T) (rule string, at []string, name string)) []T {
	var out []T
	for _, one := range list {
		rule, at, name := about(one)
		if !unwanted(rule, at) {
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
