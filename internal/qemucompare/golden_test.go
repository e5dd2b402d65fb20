package qemucompare

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// guestKey is a line of a guest's configuration, not of its snapshots.
var guestKey = regexp.MustCompile(`^/guests/(\d+)/config/\d+$`)

// nothing are lines that say what a domain is without them.
var nothing = map[string]string{
	"acpi 0": "there is no element then", "numa 0": "there is no element then", "onboot 0": "nothing starts it", "tablet 0": "there is no element then",
	"scsihw": "no disk hangs on it", "hotplug": "what can be plugged is libvirt's to say",
}

// What the catalog calls translated is a promise: a rule has put it into the domain, or says in a finding why not.
func TestEveryKeyOfAVirtualMachineIsInItsDomain(t *testing.T) {
	hosts := testhosts.Snapshots(t)
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	keys := 0
	for _, file := range hosts {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := snapshot.Read(bytes.NewReader(text), file)
			if err != nil {
				t.Fatal(err)
			}
			host, err := e.Evaluate(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			machines := map[string]bool{}
			for i, g := range doc.Tree["guests"].([]any) {
				g := g.(map[string]any)
				machines[strconv.Itoa(i)] = g["type"] == "qemu" && g["local"] == true
			}
			for _, a := range host.Ledger.Facts {
				found := guestKey.FindStringSubmatch(a.Pointer)
				if found == nil || !machines[found[1]] {
					continue
				}
				keys++
				byRule := slices.ContainsFunc(a.By, func(by string) bool { return strings.HasPrefix(by, "libvirt/") })
				key, _, _ := strings.Cut(a.Label, " ")
				if a.Status == evaluate.Translated && !byRule && nothing[a.Label] == "" && nothing[key] == "" {
					t.Errorf("%s %s is translated by %s alone: %s", a.Pointer, a.Label, strings.Join(a.By, ", "), a.Reason)
				}
			}
		})
	}
	if keys < 500 && !testhosts.Few() {
		t.Errorf("only %d keys of virtual machines", keys)
	}
}
