// Package meaning compares what a captured host does with what an evaluated NixOS configuration does, item by item. What
// is expected is computed from the facts alone; no rule and no entry of the catalog is asked for it, so that a rule that
// translates wrongly is found. What was said of a fact counts only afterwards: an item that differs is an exception where a
// finding, or a line of the ledger that calls the fact lost, bridged or open to review, speaks of that very fact.
//
// It runs nothing and reads no file.
package meaning

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Item is one thing that the host has and that NixOS must have the same.
type Item struct {
	// Subject groups items in the report, Name tells them apart there.
	Subject, Name string
	// Want is what the facts say, Got what NixOS comes to; empty for nothing.
	Want, Got string
	// At are the facts that the item is made of.
	At []string
	// Within are facts that hold those, as an interface holds its addresses.
	Within []string
	// Reason says why this difference is meant on every host.
	Reason string
	// Exceptions are the findings and lines of the ledger that tell the reader of the difference.
	Exceptions []string
}

// Same is true for an item that means the same.
func (i Item) Same() bool { return i.Want == i.Got }

// Explained is true for one that differs as somebody was told.
func (i Item) Explained() bool { return !i.Same() && (i.Reason != "" || len(i.Exceptions) > 0) }

// Names are spellings that Debian and NixOS have for the same, from the catalog.
type Names struct {
	// Units leads from a unit of Debian to those of NixOS that do its work, Cron from the file and schedule of a line.
	Units, Cron map[string]Counterpart
	// Macros are the protocols and ports of the firewall's macros.
	Macros map[string][]Port
}

// Counterpart is what does the work on NixOS.
type Counterpart struct {
	Units []string
	// Activated is true where no unit starts it, but a request.
	Activated bool
	// Of is the collection of modules that it belongs to; on a target without it there is no counterpart.
	Of string
	// On are the units of a target that has others.
	On map[string][]string
}

// Evaluation is what a host was evaluated to, with what stands beside it.
type Evaluation struct {
	Target string
	Values Values
	Names  Names
	// Collections are the collections of modules that the target has; Declared those of them whose options were only declared, so
	// that nothing is known of what they do.
	Collections, Declared []string
}

// Compare lists all items of a host, in the order of the report.
func Compare(s *snapshot.Snapshot, host *evaluate.Host, e Evaluation) []Item {
	c := &comparison{facts: s, Evaluation: e, values: e.Values, names: e.Names, said: remarks(host), copies: map[string]string{}}
	for _, carry := range host.Carries {
		c.copies[carry.Path] = carry.To
	}
	for _, subject := range []func(){
		c.identity, c.interfaces, c.resolver, c.hosts, c.mounts, c.crypt, c.pools, c.accounts, c.sysctls, c.kernelParameters, c.units, c.cron, c.ports,
	} {
		subject()
	}
	for i := range c.items {
		if item := &c.items[i]; !item.Same() {
			item.Exceptions = c.said.about(*item)
		}
	}
	return c.items
}

type comparison struct {
	Evaluation
	facts  *snapshot.Snapshot
	values Values
	names  Names
	said   saying
	// copies are the files that go to the new root, with where they go.
	copies map[string]string
	items  []Item
}

// known is true for an area that the capture has seen; of any other nothing follows from what is not there.
func (c *comparison) known(area string) bool {
	for _, a := range c.facts.Capture.Areas {
		if a.Name == area {
			return a.Status != "unknown"
		}
	}
	return false
}

func (c *comparison) add(i Item) { c.items = append(c.items, i) }

// saying is what the evaluation tells the reader about facts, by pointer.
type saying struct {
	findings map[string][]string
	ledger   map[string]evaluate.Account
	// rules are the ids of the findings of a rule about a fact.
	rules map[string][]string
}

func remarks(host *evaluate.Host) saying {
	out := saying{map[string][]string{}, map[string]evaluate.Account{}, map[string][]string{}}
	for _, f := range host.Findings {
		for _, at := range f.At {
			out.findings[at.Pointer] = append(out.findings[at.Pointer], f.ID)
			out.rules[at.Pointer+" "+f.Rule] = append(out.rules[at.Pointer+" "+f.Rule], f.ID)
		}
	}
	for _, a := range host.Ledger.Facts {
		out.ledger[a.Pointer] = a
	}
	return out
}

// about lists what excuses a difference. Of a fact itself every finding counts. Of what holds it, only what says that the whole
// is not translated: a remark on an interface's name is no word about its addresses.
func (s saying) about(i Item) []string {
	found := map[string]bool{}
	for _, at := range i.At {
		for _, id := range s.findings[at] {
			found[id] = true
		}
		if len(s.findings[at]) == 0 {
			s.untranslated(at, found)
		}
	}
	for _, at := range i.Within {
		s.untranslated(at, found)
	}
	return slices.Sorted(maps.Keys(found))
}

func (s saying) untranslated(at string, found map[string]bool) {
	a, ok := s.ledger[at]
	if !ok || a.Status != evaluate.Lost && a.Status != evaluate.Review && a.Status != evaluate.Bridged {
		return
	}
	told := false
	for _, by := range a.By {
		for _, id := range s.rules[at+" "+by] {
			found[id], told = true, true
		}
	}
	if !told {
		found[fmt.Sprintf("%s: %s", a.Status, a.Reason)] = true
	}
}

// Count is a line of the report: how many items of a subject are the same.
type Count struct {
	Subject          string
	Same, Of         int
	Exceptions, Open []Item
}

// Counts are the subjects in the order in which they come.
func Counts(items []Item) (out []Count) {
	at := map[string]int{}
	for _, i := range items {
		n, ok := at[i.Subject]
		if !ok {
			n = len(out)
			at[i.Subject] = n
			out = append(out, Count{Subject: i.Subject})
		}
		c := &out[n]
		c.Of++
		switch {
		case i.Same():
			c.Same++
		case i.Explained():
			c.Exceptions = append(c.Exceptions, i)
		default:
			c.Open = append(c.Open, i)
		}
	}
	return out
}

func pointer(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func sortedKeys[V any](m map[string]V) []string {
	keys := slices.Collect(maps.Keys(m))
	sort.Strings(keys)
	return keys
}
