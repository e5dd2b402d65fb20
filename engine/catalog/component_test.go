package catalog

import (
	"slices"
	"strings"
	"testing"
)

// Every entry belongs to a part of what is converted, and what decides about a part is an entry.
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
		for _, m := range component.DecidedBy {
			table, key, _ := strings.Cut(m, "/")
			if _, ok := c.Find(table, strings.ReplaceAll(key, "*", "x"), noFields); !ok {
				t.Errorf("component %s is decided by %s, of which no entry speaks", name, m)
			}
			if !slices.ContainsFunc(component.Members, func(own string) bool { return Match(own, m) }) {
				t.Errorf("component %s is decided by %s, which is no member", name, m)
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
