package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// companionUnit is an entry of the catalog's table of units of the companion.
type companionUnit struct {
	Runs, Asked, Needs []string
	Ports              []int
	Why                string
}

func companionUnits(t *testing.T, c *catalog.Catalog) map[string]companionUnit {
	t.Helper()
	text, err := json.Marshal(c.Tables["companion_units"])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]companionUnit{}
	if err := json.Unmarshal(text, &out); err != nil || len(out) == 0 {
		t.Fatalf("%d units: %v", len(out), err)
	}
	return out
}

// Nothing runs twice: what NixOS runs on a target by itself is no unit of the companion there, and nothing that starts guests is one anywhere.
func TestUnitsOfTheCompanionAreNotThoseOfNixOS(t *testing.T) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	native := []catalog.Status{catalog.Option, catalog.Implied, catalog.Translated, catalog.Package}
	for name, u := range companionUnits(t, c) {
		if u.Why == "" || len(u.Runs)+len(u.Asked) == 0 {
			t.Errorf("%s: %+v", name, u)
		}
		for _, need := range u.Needs {
			if c.Tables["companion_devices"][need] == nil && c.Tables["companion_binds"][need] == nil {
				t.Errorf("%s needs %s, which nobody knows", name, need)
			}
		}
		for _, target := range slices.Concat(u.Runs, u.Asked) {
			for release := range c.Releases {
				_, v, ok := c.Consult(target, release, "units", strings.Replace(name, "@.", "@1.", 1), func(string) (any, bool) { return nil, false })
				if !ok || slices.Contains(native, v.Status) {
					t.Errorf("%s on %s %s: NixOS has it: %s %s", name, target, release, v.Status, v.Reason)
				}
			}
		}
		for _, guests := range []string{"pve-guests", "pvescheduler", "pve-ha", "pve-container", "corosync", "qmeventd", "lxc"} {
			if strings.HasPrefix(name, guests) {
				t.Errorf("%s starts guests", name)
			}
		}
	}
}

// On hosts that get a companion, no unit that it may run is one that the configuration makes.
func TestNothingRunsNativelyAndInTheCompanion(t *testing.T) {
	base, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := answers.Read("answers.json", []byte(`{"schema": "pve2nix.answers/v1", "bridges": {"webui": "yes"}}`))
	if err != nil {
		t.Fatal(err)
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := policy.Compile(context.Background(), modules, policy.Options{Data: base.Data("libvirt", "25.11"), Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, host := range []string{"colo", "homelab"} {
		text, err := os.ReadFile(filepath.Join("../../golden", host, "snapshot.json"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := snapshot.Read(bytes.NewReader(text), host)
		if err != nil {
			t.Fatal(err)
		}
		for target := range base.Targets {
			e := evaluate.Engine{Policy: compiled.With(base.Data(target, "25.11")), Catalog: base, Target: target, Release: "25.11", Answers: asked}
			h, err := e.Evaluate(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			part := companion.Plan(h)
			made := map[string]bool{}
			for _, u := range unitsOf(h.Options) {
				made[u] = true
			}
			for _, o := range part.Options {
				if len(o.Option) != 4 || o.Option[1] != "etc" || !strings.HasPrefix(o.Option[2], "companion/allow/") || o.Option[3] != "text" {
					continue
				}
				kind, name, _ := strings.Cut(strings.TrimPrefix(o.Option[2], "companion/allow/"), "/")
				unit := name + "." + kind
				if base.Tables["companion_base"][unit] != nil {
					continue
				}
				seen++
				if made[unit] {
					t.Errorf("%s on %s: %s runs on NixOS, too", host, target, unit)
				}
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d units were looked at", seen)
	}
}

// A companion that has nothing but commands need not run.
func TestCompanionThatIsStartedOnDemand(t *testing.T) {
	of := func(option ...string) Part { return Part{Options: []evaluate.Leaf{{Option: option, Value: []any{}}}} }
	if !startsAtBoot(of("systemd", "services", "systemd-nspawn@companion", "wantedBy")) {
		t.Error("one that the boot starts is taken for one on demand")
	}
	for _, p := range []Part{{}, of("systemd", "services", "systemd-nspawn@companion", "wants"), of("systemd", "services", "companion-commands", "wantedBy")} {
		if startsAtBoot(p) {
			t.Errorf("%+v is taken for one that the boot starts", p)
		}
	}
}
