package catalog

import (
	"slices"
	"testing"
)

func TestTheNarrowestDecisionThatSpeaksOfTheTarget(t *testing.T) {
	keep := func(loses string) Keep { return Keep{By: ByNone, Loses: loses} }
	c := index(Head{Keeps: map[string]Keeps{
		"PVE-HA-001":     {"proxmox": keep("id")},
		"units/*":        {AllTargets: keep("any")},
		"units/pve-*":    {"incus": keep("pve on incus"), AllTargets: keep("pve")},
		"units/pve-ha-*": {"libvirt": keep("ha on libvirt")},
		"units/pve-ha-a": {"libvirt": keep("a on libvirt")},
		"packages/x":     {"proxmox": keep("x")},
	}}, nil)
	for _, one := range []struct{ target, finding, want, key string }{
		{"proxmox", "PVE-HA-001", "id", "PVE-HA-001"},
		{"incus", "PVE-HA-001", "", ""},
		{"libvirt", "CATALOG:units/pve-ha-a", "a on libvirt", "units/pve-ha-a"},
		{"libvirt", "CATALOG:units/pve-ha-b", "ha on libvirt", "units/pve-ha-*"},
		{"incus", "CATALOG:units/pve-ha-a", "pve on incus", "units/pve-*"},
		{"proxmox", "CATALOG:units/pve-ha-a", "pve", "units/pve-*"},
		{"proxmox", "CATALOG:units/*", "any", "units/*"},
		{"proxmox", "CATALOG:packages/x", "x", "packages/x"},
		{"proxmox", "CATALOG:packages/y", "", ""},
	} {
		got, key, ok := c.Keep(one.target, one.finding)
		if got.Loses != one.want || key != one.key || ok != (one.key != "") {
			t.Errorf("%s on %s: got %q by %q, want %q by %q", one.finding, one.target, got.Loses, key, one.want, one.key)
		}
	}
}

func TestGapsOfATarget(t *testing.T) {
	gap := func(kind string) *Gap { return &Gap{Title: "t", Kind: kind} }
	c := catalogOf(
		Entry{Key: "all", Verdict: Verdict{Status: Review, Gap: gap("gap")}},
		Entry{Key: "pitfall", Verdict: Verdict{Status: Review, Gap: gap("pitfall")}},
		Entry{Key: "case", Verdict: Verdict{Status: Implied}, When: []Case{{Target: []string{"incus"}, Verdict: Verdict{Status: Missing, Gap: gap("gap")}}}},
		Entry{Key: "shut", Verdict: Verdict{Status: Review, Gap: gap("gap")}, When: []Case{{Target: []string{"incus"}, Verdict: Verdict{Status: Implied}}}},
		Entry{Key: "some", Verdict: Verdict{Status: Review, Gap: gap("gap")}, When: []Case{{Target: []string{"incus"}, Release: []string{"25.11"}, Verdict: Verdict{Status: Implied}}}},
		Entry{Key: "own", Target: "incus", Verdict: Verdict{Status: Missing, Gap: gap("gap")}},
		Entry{Key: "covered", Verdict: Verdict{Status: Review, Gap: gap("gap")}},
		Entry{Key: "covered", Target: "incus", Verdict: Verdict{Status: Implied}},
	)
	for target, want := range map[string][]string{"proxmox": {"all", "covered", "shut", "some"}, "incus": {"all", "case", "own", "some"}} {
		var got []string
		for _, g := range c.Gaps(target) {
			got = append(got, g.Entry.Key)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

func TestWhatADecisionLacks(t *testing.T) {
	kinds := map[string]BridgeKind{"ha": {}}
	for _, one := range []struct {
		keep Keep
		want string
	}{
		{Keep{By: ByNone, Loses: "all of it"}, ""},
		{Keep{By: ByNative, How: "an option"}, ""},
		{Keep{By: "ha", How: "so", Loses: "that"}, ""},
		{Keep{By: "rope", How: "so", Loses: "that"}, `there is no bridge "rope"`},
		{Keep{By: ByNone}, "by none needs loses: what the user has not, or has not without the bridge"},
		{Keep{By: ByNone, How: "so", Loses: "that"}, "by none has no how: say what is lost"},
		{Keep{By: "ha", How: "so"}, "by ha needs loses: what the user has not, or has not without the bridge"},
		{Keep{By: "ha", Loses: "that"}, "by ha needs how"},
		{Keep{By: ByNative, Loses: "that"}, "by native needs how"},
		{Keep{By: ByNone, Loses: "all of it."}, "how and loses end without blanks and without a full stop"},
	} {
		if got := one.keep.wrong(kinds); got != one.want {
			t.Errorf("%+v: got %q, want %q", one.keep, got, one.want)
		}
	}
}
