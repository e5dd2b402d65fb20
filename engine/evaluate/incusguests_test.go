package evaluate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/documents"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

var incusKnowledge = sync.OnceValues(func() (*evaluate.Engine, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	const target, release = "incus", "24.11"
	p, err := policy.Compile(context.Background(), modules, policy.Options{Data: c.Data(target, release), Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	return &evaluate.Engine{Policy: p, Catalog: c, Target: target, Release: release}, nil
})

// onIncus evaluates a snapshot for Incus.
func onIncus(t testing.TB, tree map[string]any) *evaluate.Host {
	t.Helper()
	e, err := incusKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(text), "snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	h, err := e.Evaluate(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// rendered are the instances of a host as text, by number.
func rendered(t testing.TB, h *evaluate.Host) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, d := range h.Documents {
		kind, ok := documents.Find(d.Kind)
		if !ok || d.Kind != "instances" {
			t.Errorf("%s/%s is no instance", d.Kind, d.Name)
			continue
		}
		text, err := kind.Render(d.Name, d.Tree())
		if err != nil {
			t.Errorf("%s: %v", d.File, err)
		}
		texts[d.Name] = string(text)
	}
	return texts
}

// A key that the ledger calls translated is in the document of its guest: what the catalog says in general is not enough.
func TestEveryKeyOfAGuestIsInItsInstanceOrHasAReason(t *testing.T) {
	key := regexp.MustCompile(`^/guests/(\d+)/config/(\d+)$`)
	instances := 0
	for name, tree := range lookedAt(t) {
		h := onIncus(t, tree)
		texts := rendered(t, h)
		instances += len(texts)
		if n := h.Ledger.Count(evaluate.Unaccounted); n > 0 {
			t.Errorf("%s: %d facts unaccounted", name, n)
		}
		guests := tree["guests"].([]any)
		published := map[string]bool{} // templates whose image is made on request
		for _, o := range h.Options {
			if vmid, ok := strings.CutPrefix(strings.Join(o.Option, "."), "systemd.services.publish-"); ok {
				vmid, _, _ = strings.Cut(vmid, ".")
				published[vmid] = true
			}
		}
		for _, a := range h.Ledger.Facts {
			m := key.FindStringSubmatch(a.Pointer)
			if m == nil {
				continue
			}
			guest := guests[index(t, m[1])].(map[string]any)
			if guest["local"] != true || a.Status != evaluate.Translated {
				continue
			}
			property := guest["config"].([]any)[index(t, m[2])].(map[string]any)
			at := fmt.Sprintf("%s: %v %v", name, guest["vmid"], property["key"])
			if slices.ContainsFunc(a.By, func(by string) bool { return strings.HasPrefix(by, "catalog/") }) {
				t.Errorf("%s: translated by %s alone", at, strings.Join(a.By, ", "))
			}
			if vmid := fmt.Sprint(guest["vmid"]); texts[vmid] == "" && !published[vmid] {
				t.Errorf("%s: there is no instance", at)
			}
		}
	}
	if !testhosts.Few() && (instances < 100) {
		t.Errorf("%d instances of all hosts", instances)
	}
}

func index(t testing.TB, text string) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Whatever a configuration says, instances are made of names and paths, and the rest is text.
func TestHostileGuestsAreTextToIncus(t *testing.T) {
	hostile := []string{
		"${builtins.abort \"x\"}", "''${x}", "$(reboot)", "`reboot`", "a; reboot #", "../../etc/shadow", "/dev/../etc/shadow", "local:../../../etc/shadow",
		"x\"\n  evil: true\n", "- a\n- b", "&a *a", "!!binary aGk=", "]]>", "\u2028", "", " ", "0", "-1", "999999999999999999999", "1e400", "0x1f", "1.5", "true", "none", "a,b=c", "100000000000-5",
	}
	call := regexp.MustCompile(`^(machine|container) [0-9]+ [A-Za-z0-9-]+ (start|stay)( /[A-Za-z0-9_.,:@+=/-]+)*$`)
	switchOn := regexp.MustCompile(`^lvchange --activate y --ignoreactivationskip /dev(/[A-Za-z0-9_.+-]+)+ \|\| true$`)
	trees := goldens(t)
	calls := 0
	for _, name := range withGuests() {
		for round := 0; round < len(hostile); round += 4 {
			n := round
			next := func() string { n++; return hostile[n%len(hostile)] }
			tree := copied(t, trees[name])
			for _, g := range tree["guests"].([]any) {
				poison(g.(map[string]any)["config"].([]any), next)
			}
			for _, list := range []any{tree["storage"].(map[string]any)["storages"], tree["mappings"]} {
				for _, s := range list.([]any) {
					poison(s.(map[string]any)["properties"].([]any), next)
				}
			}
			h := onIncus(t, tree)
			rendered(t, h)
			for _, leaf := range h.Options {
				option := strings.Join(leaf.Option, ".")
				script, _ := leaf.Value.(string)
				var shape *regexp.Regexp
				switch option {
				case "systemd.services.incus-instances.script":
					_, script, _ = strings.Cut(script, "incus create --no-profiles")
					_, script, _ = strings.Cut(script, "\n}\n")
					shape = call
				case "systemd.services.incus-volumes.script":
					shape = switchOn
				default:
					continue
				}
				for line := range strings.Lines(script) {
					calls++
					if !shape.MatchString(strings.TrimSuffix(line, "\n")) {
						t.Errorf("%s: %s: %q", name, option, line)
					}
				}
			}
		}
	}
	if calls < 34*len(withGuests()) {
		t.Errorf("%d lines of scripts", calls)
	}
}

// poison puts hostile text into the values and fields of every second property.
func poison(properties []any, next func() string) {
	for i, p := range properties {
		p := p.(map[string]any)
		if i%2 == 0 && p["value"] != nil {
			p["value"] = next()
		}
		for j, f := range p["fields"].([]any) {
			if f := f.(map[string]any); (i+j)%3 == 0 && f["value"] != nil {
				f["value"] = next()
			}
		}
	}
}

func copied(t testing.TB, tree map[string]any) map[string]any {
	t.Helper()
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
