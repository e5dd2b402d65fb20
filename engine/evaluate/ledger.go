package evaluate

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Status is what became of a fact.
type Status string

// The statuses. A fact has exactly one; where several rules speak of it, the
// one that asks most of the reader stands, and rules, which know this host,
// stand before the catalog, which knows the general case.
const (
	Lost        Status = "lost"
	Review      Status = "review"
	Bridged     Status = "bridged"
	Carried     Status = "carried"
	Translated  Status = "translated"
	Implied     Status = "implied"
	Irrelevant  Status = "irrelevant"
	Unaccounted Status = "unaccounted"
)

// Statuses in the order in which they win, and in which reports list them.
var Statuses = []Status{Lost, Review, Bridged, Carried, Translated, Implied, Irrelevant, Unaccounted}

// ofCatalog says which status the verdict of a catalog entry gives.
var ofCatalog = map[catalog.Status]Status{
	catalog.Package: Translated, catalog.Option: Translated, catalog.Translated: Translated, catalog.Implied: Implied, catalog.Carried: Carried,
	catalog.Bridged: Bridged, catalog.Missing: Lost, catalog.Review: Review, catalog.Irrelevant: Irrelevant,
}

// Ledger accounts for every fact of a snapshot.
type Ledger struct {
	// Totals are the number of facts by status, all statuses, in the order of Statuses.
	Totals []Total `json:"totals"`
	// Facts are all accountable facts in the order of the snapshot.
	Facts []Account `json:"facts"`
}

// Total is a number of facts.
type Total struct {
	Status Status `json:"status"`
	Count  int    `json:"count"`
}

// Account is the line of one fact.
type Account struct {
	Pointer string `json:"at"`
	Label   string `json:"label"`
	Status  Status `json:"status"`
	// By names who gave the status: the owner's answers, rules, or the catalog entry as file:line.
	By []string `json:"by"`
	// Reason says why, in words.
	Reason string `json:"reason"`
	// Carry is the file that the fact is carried with, where the catalog says so.
	Carry string `json:"carry,omitempty"`
	// Bridge is the kind of bridge, where the catalog says so.
	Bridge string `json:"bridge,omitempty"`
	// Table and Key are where the catalog speaks of such a fact; empty where it does not.
	Table string `json:"-"`
	Key   string `json:"-"`
}

// With lists the pointers of the facts with a status.
func (l Ledger) With(s Status) []string {
	var out []string
	for _, f := range l.Facts {
		if f.Status == s {
			out = append(out, f.Pointer)
		}
	}
	return out
}

// Count is the number of facts with a status.
func (l Ledger) Count(s Status) int {
	for _, t := range l.Totals {
		if t.Status == s {
			return t.Count
		}
	}
	return 0
}

type ledger struct {
	accounts []account
	byAt     map[string]int
}

type account struct {
	node snapshot.Node
	rank int // index in Statuses of what rules said; len(Statuses) when none did
	by   map[string]string
	// what the owner decided
	answered *answered
	// gone is what would have been said of it, and is left out.
	gone *partial
	// refused is the bridge that would have kept it, and that the owner does not want.
	refused *refused
	// what the catalog said
	verdict *catalog.Verdict
	entry   *catalog.Entry
	key     string
}

func newLedger(tree map[string]any) *ledger {
	l := &ledger{byAt: map[string]int{}}
	snapshot.Walk(tree, func(n snapshot.Node) {
		l.byAt[n.Pointer] = len(l.accounts)
		l.accounts = append(l.accounts, account{node: n, rank: len(Statuses)})
	})
	return l
}

// claim notes that a rule speaks of facts. Pointers to anything but an
// accountable fact are evidence only, and change nothing here.
func (l *ledger) claim(at []string, s Status, rule, reason string) {
	rank := len(Statuses)
	for i, one := range Statuses {
		if one == s {
			rank = i
		}
	}
	for _, pointer := range at {
		i, ok := l.byAt[pointer]
		if !ok {
			continue
		}
		a := &l.accounts[i]
		switch {
		case rank > a.rank:
			continue
		case rank < a.rank || a.by == nil:
			a.rank, a.by = rank, map[string]string{}
		}
		if old, said := a.by[rule]; !said || reason < old {
			a.by[rule] = reason
		}
	}
}

// fillTitle is the headline of a finding with the values of the host in it.
func fillTitle(rule policy.Rule, f policy.Finding) string {
	words := Finding{Vars: map[string]string{}}
	for name, value := range f.Vars {
		words.Vars[name] = fmt.Sprint(value)
	}
	return words.Fill(rule.Title, func(s string) string { return s })
}

// rules notes all that rules said.
func (l *ledger) rules(p *policy.Policy, r *policy.Result) {
	for _, f := range r.Findings {
		rule, _ := p.Rule(f.Rule)
		switch rule.Account {
		case "review":
			l.claim(f.At, Review, f.Rule, fillTitle(rule, f))
		case "lost":
			l.claim(f.At, Lost, f.Rule, fillTitle(rule, f))
		}
	}
	for _, s := range r.Settings {
		l.claim(s.At, Translated, s.Rule, strings.Join(s.Option, "."))
	}
	for _, p := range r.Parts {
		l.claim(p.At, Translated, p.Rule, strings.Join(p.Document, "/")+": "+strings.Join(p.Path, "."))
	}
	for _, c := range r.Carries {
		l.claim(c.At, Carried, c.Rule, "copied to "+c.To)
	}
	for _, b := range r.Bridges {
		l.claim(b.At, Bridged, b.Rule, bridgeWord+b.Bridge)
	}
}

// bridgeWord begins the reason of a fact that a bridge keeps.
const bridgeWord = "bridge "

// bridged tells whether all that rules say of the fact is that a bridge of the kind keeps it: what is missing without it is for the catalog to say.
func (a *account) bridged(kind string) bool {
	if Statuses[a.rank] != Bridged {
		return false
	}
	for _, reason := range a.by {
		if reason != bridgeWord+kind {
			return false
		}
	}
	return true
}

// leftOut notes the facts of which no more is true what was said.
func (l *ledger) leftOut(list []partial) {
	for n := range list {
		for _, pointer := range list[n].at {
			if i, ok := l.byAt[pointer]; ok && l.accounts[i].by == nil {
				l.accounts[i].gone = &list[n]
			}
		}
	}
}

// translates tells whether a verdict says that rules, or NixOS, have a fact: what is not so where these rules failed.
func translates(v *catalog.Verdict) bool {
	return v == nil || v.Status == catalog.Translated || v.Status == catalog.Implied
}

func (a *account) consulted(v catalog.Verdict, e *catalog.Entry, key string) {
	a.verdict, a.entry, a.key = &v, e, key
}

// close gives every fact its status.
func (l *ledger) close() Ledger {
	out := Ledger{Facts: make([]Account, 0, len(l.accounts))}
	counts := map[Status]int{}
	for _, a := range l.accounts {
		line := Account{Pointer: a.node.Pointer, Label: snapshot.Label(a.node.Value), Status: Unaccounted, By: []string{}, Reason: "no rule and no catalog entry speaks of it"}
		switch {
		case a.answered != nil:
			line.Status, line.By, line.Reason = a.answered.status(), []string{a.answered.By}, a.answered.reason()
			if line.Status == Bridged {
				line.Bridge = companionBridge
			}
		case a.by != nil:
			line.Status, line.By = Statuses[a.rank], sortedKeys(a.by)
			reasons := map[string]bool{}
			for _, r := range a.by {
				reasons[r] = true
			}
			line.Reason = strings.Join(sortedKeys(reasons), "; ")
		case a.gone != nil && translates(a.verdict):
			line.By, line.Reason = slices.Sorted(slices.Values(a.gone.rules)), a.gone.what+" is left out, since rules failed"
		case a.refused != nil && (translates(a.verdict) || a.verdict.Status == catalog.Bridged):
			line.Status, line.By, line.Reason = Lost, []string{a.refused.by}, "answered: the bridge "+a.refused.kind+" is not wanted"
		case a.verdict != nil:
			line.Status, line.By, line.Reason = ofCatalog[a.verdict.Status], []string{a.entry.At}, a.fill(reasonOf(*a.verdict))
			switch line.Status {
			case Carried:
				line.Carry = a.verdict.Carry
			case Bridged:
				line.Bridge = a.verdict.Bridge
			}
		}
		if a.entry != nil {
			line.Table, line.Key = a.entry.Subject, a.key
		}
		counts[line.Status]++
		out.Facts = append(out.Facts, line)
	}
	for _, s := range Statuses {
		out.Totals = append(out.Totals, Total{s, counts[s]})
	}
	return out
}

// fill puts the key and the fields of the fact into a reason.
func (a *account) fill(reason string) string {
	if !strings.Contains(reason, "{") {
		return reason
	}
	return placeholder.ReplaceAllStringFunc(reason, func(m string) string {
		if m == "{name}" {
			return a.key
		}
		if v, ok := a.node.Value[m[1:len(m)-1]].(string); ok {
			return v
		}
		return m
	})
}

func reasonOf(v catalog.Verdict) string {
	switch {
	case v.Reason != "":
		return v.Reason
	case v.Gap != nil:
		return v.Gap.Title
	case v.Becomes != "":
		return v.Becomes
	case v.Attr != "":
		return "pkgs." + v.Attr
	case len(v.Options) > 0:
		options := sortedKeys(v.Options)
		sort.Strings(options)
		return strings.Join(options, "; ")
	}
	return fmt.Sprintf("%s, by the catalog", v.Status)
}
