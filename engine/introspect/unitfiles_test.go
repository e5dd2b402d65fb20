package introspect

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func TestUnitsOfATree(t *testing.T) {
	const install = "[Unit]\nDescription=D\n[Install]\nWantedBy=multi-user.target\n"
	const plain = "[Unit]\nDescription=D\n"
	root := writeTree(t, map[string]string{
		"lib":                                                    "-> usr/lib",
		"usr/lib/systemd/system/a.service":                       install,
		"usr/lib/systemd/system/b.service":                       install,
		"usr/lib/systemd/system/static.timer":                    plain,
		"usr/lib/systemd/system/also.service":                    "[Install]\nAlso=a.service\n",
		"usr/lib/systemd/system/masked.socket":                   "-> /dev/null",
		"usr/lib/systemd/system/shadow.service":                  install,
		"usr/lib/systemd/system/off.service":                     install,
		"usr/lib/systemd/system/alias.target":                    "-> b.service",
		"usr/lib/systemd/system/t@.service":                      install,
		"usr/lib/systemd/system/empty.service":                   "",
		"usr/lib/systemd/system/notes.txt":                       "x",
		"usr/lib/systemd/system/.hidden.service":                 "x",
		"usr/lib/systemd/system/a.service.d/10-vendor.conf":      plain,
		"usr/lib/systemd/system/a.service.d/20-gone.conf":        plain,
		"usr/lib/systemd/system/service.d/05-all.conf":           plain,
		"usr/lib/systemd/system/foo-.service.d/prefix.conf":      plain,
		"usr/lib/systemd/system/foo-bar-x.service":               plain,
		"usr/local/lib/systemd/system/local.path":                install,
		"etc/systemd/system/shadow.service":                      plain,
		"etc/systemd/system/off.service":                         "-> ../../../dev/null",
		"etc/systemd/system/b2.service":                          "-> /lib/systemd/system/b.service",
		"etc/systemd/system/linked.service":                      "-> /opt/linked.service",
		"opt/linked.service":                                     install,
		"etc/systemd/system/multi-user.target.wants/a.service":   "-> /lib/systemd/system/a.service",
		"etc/systemd/system/multi-user.target.wants/t@1.service": "-> /lib/systemd/system/t@.service",
		"etc/systemd/system/x.target.requires/local.path":        "-> /usr/local/lib/systemd/system/local.path",
		"etc/systemd/system/a.service.d/20-gone.conf":            "-> /dev/null",
		"etc/systemd/system/a.service.d/30-admin.conf":           plain,
		"etc/systemd/system/a.service.d/readme":                  "x",
		"etc/init.d/a":                                           "#!/bin/sh\n",
		"etc/init.d/old.sh":                                      "#!/bin/sh\n# Short-Description: an old daemon\n",
		"etc/init.d/README":                                      "x",
	})
	for _, script := range []string{"a", "old.sh"} {
		if err := os.Chmod(filepath.Join(root, "etc/init.d", script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	const (
		lib = "/lib/systemd/system/"
		etc = "/etc/systemd/system/"
	)
	every := []string{lib + "service.d/05-all.conf"}
	want := []snapshot.Unit{
		{Name: "a.service", Description: "D", FileState: "enabled", FragmentPath: lib + "a.service",
			DropIns: []string{every[0], lib + "a.service.d/10-vendor.conf", etc + "a.service.d/30-admin.conf"}},
		{Name: "alias.target", FileState: "alias", FragmentPath: lib + "alias.target"},
		{Name: "also.service", Description: "D", FileState: "indirect", FragmentPath: lib + "also.service", DropIns: every},
		{Name: "b.service", Description: "D", FileState: "enabled", FragmentPath: lib + "b.service", DropIns: every},
		{Name: "b2.service", FileState: "alias", FragmentPath: etc + "b2.service", DropIns: every},
		{Name: "empty.service", FileState: "masked", FragmentPath: lib + "empty.service", DropIns: every},
		{Name: "foo-bar-x.service", Description: "D", FileState: "static", FragmentPath: lib + "foo-bar-x.service",
			DropIns: []string{every[0], lib + "foo-.service.d/prefix.conf"}},
		{Name: "linked.service", Description: "D", FileState: "disabled", FragmentPath: etc + "linked.service", DropIns: every},
		{Name: "local.path", Description: "D", FileState: "enabled", FragmentPath: "/usr/local/lib/systemd/system/local.path"},
		{Name: "masked.socket", FileState: "masked", FragmentPath: lib + "masked.socket"},
		{Name: "off.service", FileState: "masked", FragmentPath: etc + "off.service", DropIns: every},
		{Name: "old.service", Description: "LSB: an old daemon", FileState: "generated", FragmentPath: "/etc/init.d/old.sh", DropIns: every},
		{Name: "shadow.service", Description: "D", FileState: "static", FragmentPath: etc + "shadow.service", DropIns: every},
		{Name: "static.timer", Description: "D", FileState: "static", FragmentPath: lib + "static.timer"},
		{Name: "t@.service", Description: "D", FileState: "enabled", FragmentPath: lib + "t@.service", DropIns: every},
		{Name: "t@1.service", Description: "D", FileState: "enabled", FragmentPath: lib + "t@.service", DropIns: every},
	}
	for i := range want {
		if want[i].DropIns == nil {
			want[i].DropIns = []string{}
		}
	}
	got := captureTree(t, root).Units
	for i := range got {
		got[i].Detail = nil
	}
	if d := cmp.Diff(want, got, allFields); d != "" {
		t.Error(d)
	}
}

func TestDropInNames(t *testing.T) {
	for name, want := range map[string][]string{
		"a.service":       {"a.service", "service"},
		"a-b-c.service":   {"a-b-c.service", "a-b-.service", "a-.service", "service"},
		"a-b@x-y.timer":   {"a-b@x-y.timer", "a-b@.timer", "a-@.timer", "timer"},
		"user@.service":   {"user@.service", "service"},
		"mnt-pve-a.mount": {"mnt-pve-a.mount", "mnt-pve-.mount", "mnt-.mount", "mount"},
		"-.slice":         {"-.slice", "slice"},
	} {
		if d := cmp.Diff(want, dropInNames(name)); d != "" {
			t.Errorf("%s\n%s", name, d)
		}
	}
}
