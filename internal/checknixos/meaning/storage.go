package meaning

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// mount is a line of the fstab that NixOS writes.
type mount struct {
	spec, file, kind string
	options          []string
}

func fstab(text string) (out []mount) {
	for line := range strings.Lines(text) {
		word := strings.Fields(line)
		if len(word) < 4 || strings.HasPrefix(word[0], "#") {
			continue
		}
		for n := range word {
			word[n] = unescape(word[n])
		}
		out = append(out, mount{word[0], word[1], word[2], strings.Split(word[3], ",")})
	}
	return out
}

var escapes = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

func unescape(word string) string { return escapes.Replace(word) }

// device is one spelling of what a line of fstab names.
func device(spec string) string {
	for tag, folder := range map[string]string{"UUID": "by-uuid", "LABEL": "by-label", "PARTUUID": "by-partuuid", "PARTLABEL": "by-partlabel"} {
		if v, ok := strings.CutPrefix(spec, tag+"="); ok {
			return "/dev/disk/" + folder + "/" + strings.Trim(v, `"`)
		}
	}
	return spec
}

// kernelFilesystems are those that every system mounts by itself.
var kernelFilesystems = []string{"proc", "sysfs", "devpts", "devtmpfs", "securityfs", "cgroup2"}

func (c *comparison) mounts() {
	have := map[string]mount{}
	swaps := map[string]mount{}
	for _, m := range fstab(c.values.Fstab) {
		if m.kind == "swap" {
			swaps[m.spec] = m
			continue
		}
		have[m.file] = m
	}
	told := map[string]bool{}
	for n, e := range c.facts.Storage.Fstab {
		at := pointer("/storage/fstab/%d", n)
		switch {
		case e.Type == "swap":
			want, got := device(e.Spec), ""
			if m, ok := swaps[want]; ok {
				got = m.spec
			}
			c.add(Item{Subject: "swap", Name: e.Spec, Want: want, Got: got, At: []string{at}})
			if m, ok := swaps[want]; ok {
				c.mountOptions("swap", e.Spec, e, m, at)
			}
		case slices.Contains(kernelFilesystems, e.Type):
		case e.File == "/":
			told["/"] = true
			c.root(at, have)
		default:
			told[e.File] = true
			c.mount(e, have, at)
		}
	}
	for n, u := range c.facts.Units {
		if file := mountPoint(u.Name); file != "" && strings.HasPrefix(u.FragmentPath, "/etc/systemd/system/") && inUse(u) && !told[file] {
			told[file] = true
			got := ""
			if _, ok := have[file]; ok {
				got = "mounted"
			}
			c.add(Item{Subject: "mounts", Name: file, Want: "mounted", Got: got, At: []string{pointer("/units/%d", n)}})
		}
	}
	for _, file := range sortedKeys(have) {
		if told[file] {
			continue
		}
		switch file {
		case "/":
			c.root("/storage/fstab", have)
		case "/bin", "/usr/bin":
			item := Item{Subject: "mounts", Name: file, Want: "", Got: have[file].spec, At: []string{"/storage/fstab"}}
			if have["/usr/bin"].kind == "envfs" {
				item.Reason = forScripts
			}
			c.add(item)
		case "/boot", "/boot/efi", "/efi":
			c.add(Item{Subject: "mounts", Name: file, Want: "", Got: have[file].spec, At: []string{"/storage/fstab"}, Reason: ofLoader})
		case "/var/lib/machines/companion":
			c.add(Item{Subject: "mounts", Name: file, Want: "", Got: have[file].spec, At: []string{"/storage/fstab"}, Reason: ofCompanion})
		default:
			item := Item{Subject: "mounts", Name: file, Want: "", Got: have[file].spec, At: []string{"/storage/fstab"}}
			if spec, at := c.shared(file); spec != "" {
				item.Want, item.At = spec, []string{at}
			}
			c.add(item)
		}
	}
}

// mountPoint is the place that a mount unit is named after; empty for another unit.
func mountPoint(unit string) string {
	stem, ok := strings.CutSuffix(unit, ".mount")
	if !ok || stem == "-" {
		return ""
	}
	return strings.ReplaceAll("/"+strings.ReplaceAll(stem, "-", "/"), `\x2d`, "-")
}

const (
	newRoot     = "NixOS has a root of its own beside the old one"
	forScripts  = "envfs answers for the paths of Debian that scripts of the host name"
	ofCompanion = "the clone of the old root, in which what NixOS lacks runs"
	ofLoader    = "the system partition is mounted where the loader of NixOS looks for it"
)

// root is another file system by intention. What would be wrong is the old one.
func (c *comparison) root(at string, have map[string]mount) {
	m := have["/"]
	item := Item{Subject: "mounts", Name: "/", Want: "the old root", Got: m.spec, At: []string{at}}
	old := false
	for _, e := range c.facts.Storage.Fstab {
		old = old || e.File == "/" && device(e.Spec) == m.spec && subvolume(e.Options) == subvolume(m.options)
	}
	for _, e := range c.facts.Storage.Mounts {
		old = old || e.Target == "/" && e.Source == m.spec && subvolume(e.Options) == subvolume(m.options)
	}
	if m.spec != "" && !old {
		item.Reason = newRoot
	}
	c.add(item)
}

// subvolume is the one of btrfs that is mounted; empty for the default.
func subvolume(options []string) string {
	for _, o := range options {
		if name, ok := strings.CutPrefix(o, "subvol="); ok {
			return strings.Trim(name, "/")
		}
	}
	return ""
}

// shared is the storage that Proxmox VE mounted at a place by itself, as a line of fstab would name it; empty where none was.
func (c *comparison) shared(file string) (spec, at string) {
	for n, s := range c.facts.Storage.Storages {
		of := map[string]string{}
		for _, p := range s.Properties {
			if p.Value != nil {
				of[p.Key] = *p.Value
			}
		}
		if place := of["path"]; place != file && (place != "" || file != "/mnt/pve/"+s.ID) {
			continue
		}
		server := of["server"]
		if strings.Contains(server, ":") {
			server = "[" + server + "]"
		}
		switch s.Type {
		case "nfs":
			return server + ":" + of["export"], pointer("/storage/storages/%d", n)
		case "cifs":
			spec = "//" + server + "/" + of["share"]
			if below := strings.Trim(of["subdir"], "/"); below != "" {
				spec += "/" + below
			}
			return spec, pointer("/storage/storages/%d", n)
		case "cephfs":
			hosts := of["monhost"]
			if hosts == "" {
				hosts = c.monitors()
			}
			words := strings.FieldsFunc(hosts, func(r rune) bool { return strings.ContainsRune(" ,;", r) })
			return strings.Join(words, ",") + ":" + cmp.Or(of["subdir"], "/"), pointer("/storage/storages/%d", n)
		}
	}
	return "", ""
}

// monitors are those that ceph.conf names; of a line that repeats, the last.
func (c *comparison) monitors() string {
	hosts := ""
	for _, p := range c.facts.Storage.Ceph.Config {
		if p.Key == "global.mon_host" && p.Value != nil {
			hosts = *p.Value
		}
	}
	return hosts
}

func (c *comparison) mount(e snapshot.FstabEntry, have map[string]mount, at string) {
	m, ok := have[e.File]
	if e.Type == "vfat" && (e.File == "/boot/efi" || e.File == "/boot" || e.File == "/efi") {
		for _, file := range []string{"/boot", "/boot/efi", "/efi"} {
			if other := have[file]; other.spec == device(e.Spec) {
				c.add(Item{Subject: "mounts", Name: e.File, Want: device(e.Spec), Got: other.spec, At: []string{at}})
				return
			}
		}
	}
	if !ok {
		got := ""
		if _, unit := c.values.Units["tmp.mount"]; unit && e.File == "/tmp" && e.Type == "tmpfs" {
			got = device(e.Spec) // by a unit of NixOS, and not by a line of fstab
		}
		c.add(Item{Subject: "mounts", Name: e.File, Want: device(e.Spec), Got: got, At: []string{at}})
		return
	}
	c.add(Item{Subject: "mounts", Name: e.File, Want: device(e.Spec) + " " + e.Type, Got: m.spec + " " + m.kind, At: []string{at}})
	c.mountOptions("mount options", e.File, e, m, at)
}

// saysNothing are options that are the default, or that NixOS adds for its own stages.
var saysNothing = []string{"defaults", "x-initrd.mount", "sw", ""}

// addedOptions are those that a mount beside the root gets so that the new system comes up whatever becomes of it.
var addedOptions = map[string]string{
	"nofail":  "a mount beside the root does not hold up the boot",
	"_netdev": "the mount waits for the network",
}

func (c *comparison) mountOptions(subject, name string, e snapshot.FstabEntry, m mount, at string) {
	got := map[string]bool{}
	for _, o := range m.options {
		if !slices.Contains(saysNothing, o) {
			got[o] = true
		}
	}
	for _, o := range e.Options {
		if slices.Contains(saysNothing, o) {
			continue
		}
		have := ""
		if got[o] {
			have = o
		}
		delete(got, o)
		c.add(Item{Subject: subject, Name: name + " " + o, Want: o, Got: have, At: []string{at}})
	}
	for _, o := range sortedKeys(got) {
		c.add(Item{Subject: subject, Name: name + " " + o, Want: "", Got: o, At: []string{at}, Reason: addedOptions[o]})
	}
}

// crypt compares the mappings that are opened at boot, in the initial RAM disk or later.
func (c *comparison) crypt() {
	have := map[string]string{}
	for line := range strings.Lines(c.values.Crypttab) {
		if word := strings.Fields(line); len(word) > 1 && !strings.HasPrefix(word[0], "#") {
			have[word[0]] = device(word[1])
		}
	}
	for name, of := range c.values.Luks {
		have[name] = device(of)
	}
	for n, e := range c.facts.Storage.Crypttab {
		c.add(Item{Subject: "encrypted volumes", Name: e.Name, Want: device(e.Device), Got: have[e.Name], At: []string{pointer("/storage/crypttab/%d", n)}})
	}
}

// pools compares the pools that are imported; that of the old root is left to the one who keeps it.
func (c *comparison) pools() {
	mounted := map[string]bool{}
	for _, m := range fstab(c.values.Fstab) {
		if m.kind == "zfs" {
			pool, _, _ := strings.Cut(m.spec, "/")
			mounted[pool] = true
		}
	}
	for n, p := range c.facts.Storage.Pools {
		got := ""
		if slices.Contains(c.values.Pools, p.Name) || mounted[p.Name] {
			got = "imported"
		}
		c.add(Item{Subject: "ZFS pools", Name: p.Name, Want: "imported", Got: got, At: []string{pointer("/storage/zfs_pools/%d", n)}})
	}
}
