package catalog

import (
	"strings"
	"testing"
)

// Every entry belongs to a part of what is converted, and it is said of each part what a target has of it.
func TestEveryEntryBelongsToAComponent(t *testing.T) {
	c := builtIn(t)
	g := c.Grouping()
	used := map[string]bool{}
	for _, e := range c.All() {
		if !c.Subjects[e.Subject].InLedger() {
			continue
		}
		name := g.Of(e.Subject, e.Key)
		used[name] = true
		if name == "" && e.Key != LastResort {
			t.Errorf("%s: %s %s belongs to no component", e.At, e.Subject, e.Key)
		}
	}
	for name, component := range c.Components {
		if !used[name] {
			t.Errorf("component %s has no entry", name)
		}
		for target := range c.Targets {
			if on := component.On[target]; on.Is == "" || on.How == "" || strings.HasSuffix(on.How, ".") {
				t.Errorf("component %s on %s: %+v", name, target, on)
			}
		}
	}
}

func TestTheNarrowestMemberDecides(t *testing.T) {
	g := builtIn(t).Grouping()
	for key, want := range map[string]string{
		"packages/zfsutils-linux": "zfs", "packages/htop": "system", "packages/ceph-mon": "ceph", "packages/libpve-storage-perl": "storage", "packages/libpve-other-perl": "web-interface",
		"storages/rbd": "ceph", "storages/nfs": "storage", "guest_options/qemu/hostpci0": "passthrough", "guest_options/qemu/cores": "virtual-machines", "guest_options/lxc/cores": "containers",
		"units/corosync.service": "cluster", "nothing/at all": "",
	} {
		table, name, _ := strings.Cut(key, "/")
		if got := g.Of(table, name); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}
