package catalog

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/internal/nixosindex"
)

// indexRelease is the release whose options and packages are indexed in full.
const indexRelease = "24.11"

// goneAfter are options of 24.11 that the newest index does not have under any
// name that a release of the catalog knows, with the reason why that is right.
var goneAfter = map[string]string{}

// verdicts calls do for each verdict of an entry that can hold on a release.
func verdicts(e *Entry, release string, do func(v Verdict)) {
	overridden := false
	for _, w := range e.When {
		if len(w.Release) > 0 && !slices.Contains(w.Release, release) {
			continue
		}
		do(w.Verdict)
		overridden = overridden || len(w.Where) == 0 && len(w.Target) == 0
	}
	if !overridden {
		do(e.Verdict)
	}
}

func TestAttributesAreInNixpkgs(t *testing.T) {
	var list []string
	nixosindex.Read(t, "attrs-24.11.json", &list)
	attrs := map[string]bool{}
	for _, a := range list {
		attrs[a] = true
	}
	n := 0
	for _, e := range builtIn(t).All() {
		verdicts(e, indexRelease, func(v Verdict) {
			if v.Attr == "" {
				return
			}
			n++
			if top, _, _ := strings.Cut(v.Attr, "."); !attrs[top] {
				t.Errorf("%s: %s %s: nixpkgs %s has no %s", e.At, e.Subject, e.Key, indexRelease, v.Attr)
			}
		})
	}
	if n < 400 {
		t.Errorf("only %d attributes were checked", n)
	}
	for name, entry := range builtIn(t).Tables["unfree_packages"] {
		fields, _ := entry.(map[string]any)
		attr, _ := fields["attr"].(string)
		if word, _ := fields["name"].(string); !attrs[attr] || word == "" {
			t.Errorf("unfree_packages %s: nixpkgs %s has no %q, or it has no name", name, indexRelease, attr)
		}
	}
}

// Rules see of each entry of packages whether it is a gap, and what could keep it.
func TestGapsOfPackagesAreDataOfRules(t *testing.T) {
	gaps := builtIn(t).Data("libvirt", indexRelease)["catalog"].(map[string]any)["package_gaps"].(map[string]any)
	for name, want := range map[string]string{"*": "companion", "htop": "", "ifupdown2": "network", "*-dkms": "kernel", "vault": "companion", "lib*": "companion"} {
		if got, ok := gaps[name]; !ok || got != want {
			t.Errorf("%s: %v, not %q", name, got, want)
		}
	}
}

func TestOptionsAreInNixOS(t *testing.T) {
	var now struct{ Options, Hidden map[string]string }
	nixosindex.Read(t, "options-24.11.json", &now)
	nowTree := nixosindex.Tree(t, now.Options, nixos.Split)
	laterTree := nixosindex.ReadOptions(t, "options-26.05pre-names.json", nixos.Split)
	proxmoxTree := nixosindex.ReadOptions(t, "options-proxmox-nixos.json", nixos.Split)
	c := builtIn(t)
	check := func(at, option string) {
		path, err := nixos.Split(option)
		if err != nil {
			t.Errorf("%s: %v", at, err)
			return
		}
		if proxmoxTree.Has(path) {
			return
		}
		if _, hidden := now.Hidden[option]; hidden {
			t.Errorf("%s: NixOS %s hides %s: it is renamed, removed or internal", at, indexRelease, option)
			return
		}
		if !nowTree.Has(path) {
			t.Errorf("%s: NixOS %s has no option %s", at, indexRelease, option)
		}
		if spelt := spelledLater(t, c, path); !laterTree.Has(spelt) && goneAfter[option] == "" {
			t.Errorf("%s: the newest NixOS has no option %s; is a rename missing?", at, strings.Join(spelt, "."))
		}
	}
	n := 0
	for _, e := range c.All() {
		verdicts(e, indexRelease, func(v Verdict) {
			for option := range v.Options {
				n++
				check(fmt.Sprintf("%s: %s %s", e.At, e.Subject, e.Key), option)
			}
			// What a thing becomes on every target are options of NixOS; targets and managers of guests have words of their own.
			if v.Status == Translated && e.Target == "" && !strings.HasPrefix(e.Subject, "guest") {
				for option := range strings.SplitSeq(v.Becomes, ", ") {
					n++
					check(fmt.Sprintf("%s: %s %s", e.At, e.Subject, e.Key), option)
				}
			}
		})
	}
	if n < 60 {
		t.Errorf("only %d options were checked", n)
	}
	for option := range goneAfter {
		path, err := nixos.Split(option)
		if err != nil || laterTree.Has(path) {
			t.Errorf("goneAfter names %s, which is there", option)
		}
	}
}

// spelledLater gives an option the name that the last release of the catalog has for it.
func spelledLater(t *testing.T, c *Catalog, path []string) []string {
	t.Helper()
	for n := len(path); n > 0; n-- {
		if r, ok := c.Renames[strings.Join(path[:n], ".")]; ok {
			to, err := nixos.Split(r.To)
			if err != nil {
				t.Fatal(err)
			}
			return append(to, path[n:]...)
		}
	}
	return path
}

// The packages and units that the facts about PVE name all have a verdict of their own.
func TestEveryPackageAndUnitOfPVEHasAnEntry(t *testing.T) {
	c := builtIn(t)
	for subject, names := range map[string][]string{
		"packages": {
			"proxmox-ve", "pve-manager", "pve-cluster", "qemu-server", "pve-container", "libpve-storage-perl", "pve-firewall", "proxmox-firewall", "pve-ha-manager",
			"pve-qemu-kvm", "lxc-pve", "lxcfs", "corosync-qdevice", "zfsutils-linux", "ceph-mon", "ifupdown2", "openvswitch-switch", "frr", "postfix", "ksm-control-daemon",
			"proxmox-kernel-6.8", "proxmox-kernel-6.8.12-9-pve-signed", "pve-kernel-5.15.102-1-pve", "libknet1t64", "proxmox-backup-server", "pve-zsync", "cstream",
		},
		"units": {
			"pve-cluster.service", "pvedaemon.service", "pve-firewall.service", "pve-ha-lrm.service", "watchdog-mux.service", "corosync.service", "pve-container@101.service",
			`system-pve\x2dcontainer.slice`, "zfs-import@tank.service", "mnt-pve-usb.mount", "ceph-osd@3.service", "dnsmasq@zone1.service", "networking.service", "ssh.service", "dm-event.socket",
		},
	} {
		for _, name := range names {
			if e, ok := c.Find(subject, name, noFields); !ok || e.Key == LastResort {
				t.Errorf("%s %s: nobody but the last resort speaks of it", subject, name)
			}
		}
	}
}

// Patterns for libraries do not swallow programs and login modules.
func TestPatternsSpareWhatMatters(t *testing.T) {
	c := builtIn(t)
	for name, want := range map[string]Status{
		"libc6": Implied, "libfoo1": Review, "libfoo-perl": Review, "libpve-new-perl": Implied, "libproxmox-x": Implied,
		"libvirt-daemon-system": Review, "libvirt-daemon-driver-qemu": Irrelevant, "libpam-google-authenticator": Review, "libpam-modules": Implied,
		"libpam-unknown": Review, "libnss-ldapd": Review, "libreswan": Review, "libguestfs-tools": Package, "libarchive-tools": Package,
		"pve-unknown": Review, "proxmox-unknown": Review, "zfs-dkms": Irrelevant, "r8168-dkms": Review, "linux-image-6.1.0-40-amd64": Irrelevant,
		"fonts-noto": Irrelevant, "firmware-bnx2x": Option, "python3-unknown": Review, "python3-apt": Irrelevant, "foo-dev": Irrelevant, "some-tool": Review,
	} {
		e, ok := c.Find("packages", name, fields("auto", false, "status", "installed"))
		if !ok {
			t.Errorf("%s: no entry", name)
			continue
		}
		if got := e.For("proxmox", "25.11", fields("auto", false, "status", "installed")).Status; got != want {
			t.Errorf("%s: %s says %s, want %s", name, e.Key, got, want)
		}
	}
}

// The last resort asks only about what somebody wanted and what runs.
func TestLastResort(t *testing.T) {
	c := builtIn(t)
	for _, test := range []struct {
		subject string
		node    Field
		want    Status
	}{
		{"packages", fields("auto", false, "status", "installed"), Review},
		{"packages", fields("auto", true, "status", "installed"), Irrelevant},
		{"packages", fields("auto", false, "status", "config-files"), Irrelevant},
		{"packages", fields("auto", false, "status", "broken"), Review},
		{"units", fields("load_state", "loaded", "active_state", "active", "file_state", "enabled"), Review},
		{"units", fields("load_state", "loaded", "active_state", "failed", "file_state", "enabled"), Review},
		{"units", fields("load_state", "loaded", "active_state", "active", "file_state", "disabled"), Review},
		{"units", fields("file_state", "enabled"), Review},
		{"units", fields("load_state", "not-found", "active_state", "inactive"), Irrelevant},
		{"units", fields("load_state", "masked", "active_state", "inactive", "file_state", "masked"), Irrelevant},
		{"units", fields("load_state", "loaded", "active_state", "inactive", "file_state", "disabled"), Irrelevant},
		{"units", fields("file_state", "disabled"), Irrelevant},
		{"units", fields("load_state", "loaded", "active_state", "inactive", "file_state", "static"), Irrelevant},
		{"units", fields("load_state", "loaded", "active_state", "active", "file_state", "static"), Review},
		{"units", fields("load_state", "loaded", "active_state", "active", "file_state", "transient"), Irrelevant},
	} {
		e, ok := c.Find(test.subject, "zz-nobody-knows.it", test.node)
		if !ok || e.Key != LastResort {
			t.Fatalf("%s: got %+v", test.subject, e)
		}
		if got := e.For("proxmox", "25.11", test.node).Status; got != test.want {
			auto, _ := test.node("auto")
			state, _ := test.node("file_state")
			t.Errorf("%s auto=%v file_state=%v: got %s, want %s", test.subject, auto, state, got, test.want)
		}
	}
}

func builtIn(t *testing.T) *Catalog {
	t.Helper()
	lock, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Within a file of packages or units the entries are in the order of their keys.
func TestEntriesOfAFileAreSorted(t *testing.T) {
	type line struct {
		number int
		key    string
	}
	files := map[string][]line{}
	for _, e := range builtIn(t).All() {
		if file, number := splitAt(e.At); e.Subject == "packages" || e.Subject == "units" {
			files[e.Subject+" "+file] = append(files[e.Subject+" "+file], line{number, e.Key})
		}
	}
	for file, lines := range files {
		sort.Slice(lines, func(i, j int) bool { return lines[i].number < lines[j].number })
		for i := 1; i < len(lines); i++ {
			if lines[i].key < lines[i-1].key {
				t.Errorf("%s line %d: %s comes after %s", file, lines[i].number, lines[i].key, lines[i-1].key)
			}
		}
	}
}
