package vet

import (
	"slices"
	"strings"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/rules"
)

// A gap without a decision, a decision without a gap, and one that names what its gap does not, are refused.
func TestDecisionsAboutGaps(t *testing.T) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	list, err := policy.ReadRules(modules)
	if err != nil {
		t.Fatal(err)
	}
	if got := append(keepProblems(c, list), bridgeProblems(c, list)...); len(got) > 0 {
		t.Fatalf("as they are: %q", got)
	}
	none := catalog.Keep{By: catalog.ByNone, Loses: "the colour of {moon}"}
	for _, one := range []struct {
		name   string
		change func()
		want   string
	}{
		{"a rule", func() { delete(c.Keeps, "PVE-HA-001") }, "rules/ha/guests/guests.rego:1:1: PVE-HA-001 is a gap, and keeps says nothing of it on the target proxmox: who keeps it, or what is lost"},
		{"entries", func() { delete(c.Keeps, "metrics/*") }, ": CATALOG:metrics/* is a gap, and keeps says nothing of it on the target incus: who keeps it, or what is lost"},
		{"a decision", func() { c.Keeps["PVE-HA-999"] = catalog.Keeps{catalog.AllTargets: none} }, `catalog: keeps."PVE-HA-999".all: decides about no gap`},
		{"a target", func() { c.Keeps["PVE-HA-002"]["libvirt"] = none }, `catalog: keeps."PVE-HA-002".libvirt: decides about no gap`},
		{"a name", func() { c.Keeps["PVE-HA-002"]["proxmox"] = none }, "rules/ha/failover/failover.rego:1:1: what keeps says of PVE-HA-002 on the target proxmox names {moon}, which its own text does not"},
	} {
		one.change()
		got := keepProblems(c, list)
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, one.want) }) {
			t.Errorf("%s: %q is not among %q", one.name, one.want, got)
		}
	}
	if got, want := bridgeProblems(c, []policy.Rule{{Path: "a.rego", Bridge: "rope"}}), `a.rego:1:1: METADATA: there is no bridge "rope", there are access, `; len(got) != 1 || !strings.HasPrefix(got[0], want) {
		t.Errorf("got %q", got)
	}
	if got := keepProblems(c, []policy.Rule{{Path: "own/a/b/b.rego", ID: "PVE-OWN-001", Kind: "gap"}}); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "PVE-OWN-001") }) {
		t.Errorf("a rule of one's own needs no decision: %q", got)
	}
}
