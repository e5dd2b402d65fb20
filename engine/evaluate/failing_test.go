package evaluate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

// Whichever of the rules that define guests fails, the host still evaluates, and what remains refers to nothing that is gone.
func TestAnyRuleOfDocumentsMayFail(t *testing.T) {
	tree := goldens(t)["homelab"]
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(text), "snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"proxmox", "incus", "libvirt"} {
		e := *engine(t)
		e.Target = target
		e.Policy = e.Policy.With(e.Catalog.Data(target, e.Release))
		said, err := e.Policy.Evaluate(t.Context(), doc.Tree)
		if err != nil {
			t.Fatal(err)
		}
		all, err := e.Account(doc, said)
		if err != nil || len(all.Documents) == 0 {
			t.Fatalf("%s: %d documents, %v", target, len(all.Documents), err)
		}
		speak := map[string]bool{}
		for _, p := range said.Parts {
			speak[p.Rule] = true
		}
		gone := 0
		for _, rule := range slices.Sorted(maps.Keys(speak)) {
			h, err := e.Account(doc, e.Policy.Without(said, map[string]error{rule: errors.New("fails")}))
			if err != nil {
				t.Errorf("%s without %s: %v", target, rule, err)
				continue
			}
			if len(h.Documents) < len(all.Documents) {
				gone++
			}
			leftOutIsNamed(t, target, rule, all, h)
			if _, err := reports.Flake(reports.Run{Tool: "test", Target: target, Release: e.Release, Shape: e.Catalog, Hosts: []reports.Host{{Host: h, Tree: doc.Tree}}}); err != nil {
				t.Errorf("%s without %s: %v", target, rule, err)
			}
		}
		t.Logf("%s: %d documents by %d rules; %d rules are such that documents go with them", target, len(all.Documents), len(speak), gone)
	}
}

// leftOutIsNamed holds that of the documents that are no longer there each is named by an error, and by nothing else.
func leftOutIsNamed(t *testing.T, target, failing string, all, h *evaluate.Host) {
	t.Helper()
	what := target + " without " + failing
	text, err := json.Marshal(h.Options)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all.Documents {
		if slices.ContainsFunc(h.Documents, func(one evaluate.Document) bool { return one.File == d.File }) {
			continue
		}
		if bytes.Contains(text, []byte("./"+d.File)) {
			t.Errorf("%s: %s is not there, and options refer to it", what, d.File)
		}
		if !slices.ContainsFunc(d.Parts, func(p evaluate.Leaf) bool { return !slices.Equal(p.By, []string{failing}) }) {
			continue // nobody else says anything of it, and the rule that fails is an error itself
		}
		name := d.Kind + "/" + d.Name
		if !slices.ContainsFunc(h.Errors, func(e policy.RuleError) bool { return strings.Contains(e.What, name) }) {
			t.Errorf("%s: %s is not there, and no error names it", what, name)
		}
	}
}
