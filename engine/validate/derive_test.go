package validate

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

const release = "25.11"

var shipped = sync.OnceValues(func() (*evaluate.Engine, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	p, err := policy.Compile(context.Background(), modules, policy.Options{Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	return &evaluate.Engine{Policy: p, Catalog: c, Release: release}, nil
})

// knowledge is the engine with the rules and the catalog that are shipped, for a target.
func knowledge(t testing.TB, target string) *evaluate.Engine {
	t.Helper()
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return &evaluate.Engine{Policy: e.Policy.With(e.Catalog.Data(target, release)), Catalog: e.Catalog, Target: target, Release: release}
}

// read reads the snapshot of a captured host of this repository.
func read(t testing.TB, host string) (*snapshot.Document, *snapshot.Snapshot) {
	t.Helper()
	text, err := os.ReadFile("../../golden/" + host + "/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, text)
}

func parse(t testing.TB, text []byte) (*snapshot.Document, *snapshot.Snapshot) {
	t.Helper()
	doc, err := snapshot.Read(bytes.NewReader(text), "snapshot")
	if err != nil {
		t.Fatal(err)
	}
	var s snapshot.Snapshot
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return doc, &s
}

// derive makes the checks for a snapshot and a target.
func derive(t testing.TB, doc *snapshot.Document, target string, running bool) *Baseline {
	t.Helper()
	e := knowledge(t, target)
	said, err := e.Evaluate(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Derive(doc, said, Options{Target: target, RunningGuests: running, Units: e.Catalog.Tables[UnitsTable]})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Every captured host is what its own snapshot says: nothing that Derive asks for fails on it. Each check is one that this
// program knows, whoever asks for it, and the report is as the published schema has it.
func TestHostsAreWhatTheirSnapshotsSay(t *testing.T) {
	schema, err := jsonschema.CompileString("validation.schema.json", string(schemas.Validation))
	if err != nil {
		t.Fatal(err)
	}
	passedOf := map[string]int{}
	for _, path := range testhosts.Snapshots(t) {
		host := filepath.Base(filepath.Dir(path))
		doc, now := read(t, host)
		for _, target := range []string{"proxmox", "incus", "libvirt"} {
			b := derive(t, doc, target, true)
			r := Compare(b, now)
			ids := map[string]bool{}
			for _, one := range r.Results {
				if one.Status == Failed && !ofTarget(one.Check) {
					t.Errorf("%s for %s: %s", host, target, one.line())
				}
				if strings.Contains(one.Reason, "kind of check") || strings.Contains(one.Reason, "params") {
					t.Errorf("%s for %s: %s of %s: %s", host, target, one.ID, one.Rule, one.Reason)
				}
				if ids[one.ID] {
					t.Errorf("%s for %s: %s twice", host, target, one.ID)
				}
				ids[one.ID] = true
				for _, at := range one.At {
					if _, ok := snapshot.Lookup(doc.Tree, at); !ok {
						t.Errorf("%s for %s: %s is about %s, which is not there", host, target, one.ID, at)
					}
				}
				if one.Status == Passed {
					passedOf[one.Kind]++
				}
			}
			text, err := r.JSON()
			if err != nil {
				t.Fatal(err)
			}
			var tree any
			if err := json.Unmarshal(text, &tree); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(tree); err != nil {
				t.Fatalf("%s for %s: %v", host, target, err)
			}
			written, err := b.JSON()
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(written, []byte("SECRETMUSTNOTLEAVETHISHOST")) || bytes.Contains(text, []byte("SECRETMUSTNOTLEAVETHISHOST")) {
				t.Errorf("%s for %s: a secret", host, target)
			}
			again, err := ReadBaseline(written)
			if err != nil {
				t.Fatalf("%s for %s: %v", host, target, err)
			}
			if len(again.Checks) != len(b.Checks) {
				t.Errorf("%s for %s: %d checks read, %d written", host, target, len(again.Checks), len(b.Checks))
			}
		}
	}
	for _, kind := range []string{"host-name", "user", "pool", "volume-group", "unit-active", "guest-present"} {
		if passedOf[kind] == 0 {
			t.Errorf("no host passed a check of kind %s", kind)
		}
	}
}

// ofTarget says whether a check asks for what only the converted host has: what rules ask of it, guests that run, and the
// units that its own options start.
func ofTarget(c Check) bool {
	if c.Rule != "" || c.Kind == "guest-running" {
		return true
	}
	return c.Kind == "unit-active" && slices.Contains([]string{"nftables.service", "systemd-networkd.service", "libvirtd.service", "incus.service"}, c.Subject)
}

// The same snapshot gives the same checks.
func TestDeriveIsPure(t *testing.T) {
	doc, _ := read(t, "worn")
	one, err := derive(t, doc, "libvirt", true).JSON()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		two, err := derive(t, doc, "libvirt", true).JSON()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Fatal("differs")
		}
	}
}

// Every kind has its place in reports, and is made by somebody.
func TestKindsHaveAPlace(t *testing.T) {
	for _, kind := range Kinds() {
		if !slices.Contains(kindOrder, kind) {
			t.Errorf("%s has no place", kind)
		}
	}
	for _, kind := range kindOrder {
		if kinds[kind] == nil {
			t.Errorf("%s is no kind", kind)
		}
	}
}
