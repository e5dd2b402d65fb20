package policy

import (
	"context"
	"testing"
)

// A rule that names targets is asked for these alone, compiled or read from a lock.
func TestRulesAreAskedForTheirTargets(t *testing.T) {
	modules := []Module{
		{"rules/area/all/all.rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area.all\n\nsettings contains {\"at\": [], \"option\": [\"all\"], \"value\": true}\n"},
		{"rules/area/some/some.rego", "# METADATA\n# scope: package\n# title: x\n# custom:\n#  targets: [incus, libvirt]\npackage rules.area.some\n\nsettings contains {\"at\": [], \"option\": [\"some\"], \"value\": true}\n"},
	}
	lock, err := Lock(modules, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, lock := range []string{"", string(lock)} {
		p, err := Compile(context.Background(), modules, Options{Lock: lock})
		if err != nil {
			t.Fatal(err)
		}
		for target, want := range map[string]int{"proxmox": 1, "incus": 2, "libvirt": 2, "": 2} {
			said, err := p.With(map[string]any{"target": target}).Evaluate(context.Background(), map[string]any{})
			if err != nil {
				t.Fatal(err)
			}
			if len(said.Settings) != want {
				t.Errorf("lock of %d bytes, target %q: %d settings, want %d", len(lock), target, len(said.Settings), want)
			}
		}
	}
}
