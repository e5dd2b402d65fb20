package meaning

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (c *comparison) identity() {
	h := c.facts.Host
	c.add(Item{Subject: "host name", Name: h.Name, Want: h.Name, Got: c.values.Host.Name, At: []string{"/host/name"}})
	if h.Domain != "" {
		c.add(Item{Subject: "domain", Name: h.Domain, Want: h.Domain, Got: value(c.values.Host.Domain), At: []string{"/host/domain"}})
	}
	if h.HostID != "" {
		c.add(Item{Subject: "host id", Name: h.HostID, Want: h.HostID, Got: value(c.values.Host.HostID), At: []string{"/host/hostid"}})
	}
	if zone := c.facts.System.TimeZone; zone != "" {
		c.add(Item{Subject: "time zone", Name: zone, Want: zone, Got: value(c.values.Host.TimeZone), At: []string{"/system/time_zone"}})
	}
}

func (c *comparison) resolver() {
	for n, p := range c.facts.Network.DNS.Nameservers {
		c.inOrder("name servers", pointer("/network/dns/nameservers/%d", n), value(p.Value), n, c.values.Resolver.Nameservers)
	}
	for n, p := range c.facts.Network.DNS.Search {
		c.inOrder("search domains", pointer("/network/dns/search/%d", n), value(p.Value), n, c.values.Resolver.Search)
	}
}

func (c *comparison) inOrder(subject, at, want string, n int, list []string) {
	got := ""
	if n < len(list) {
		got = list[n]
	}
	c.add(Item{Subject: subject, Name: want, Want: want, Got: got, At: []string{at}})
}

// hosts compares what names lead to. NixOS always has localhost in a file of its own before the others.
func (c *comparison) hosts() {
	have := map[string]map[string]bool{"localhost": {"127.0.0.1": true, "::1": true}}
	for address, names := range c.values.Hosts {
		for _, name := range names {
			if have[name] == nil {
				have[name] = map[string]bool{}
			}
			have[name][canonicalAddress(address)] = true
		}
	}
	own := map[string]bool{}
	told, standIn := map[string]string{}, map[string]bool{}
	for n, e := range c.facts.Network.Hosts {
		at := pointer("/network/hosts/%d", n)
		for _, name := range e.Names {
			address := canonicalAddress(e.Address)
			got := ""
			if have[name][address] {
				got = address
			}
			item := Item{Subject: "hosts", Name: e.Address + " " + name, Want: address, Got: got, At: []string{at}}
			if isStandIn(address) {
				standIn[name] = true
				if have[name]["127.0.0.2"] {
					item.Reason = loopback
				}
			}
			c.add(item)
			own[name+" "+address], told[name] = true, at
		}
	}
	for _, name := range sortedKeys(told) {
		for _, address := range sortedKeys(have[name]) {
			if own[name+" "+address] || name == "localhost" {
				continue
			}
			item := Item{Subject: "hosts", Name: address + " " + name, Want: "", Got: address, At: []string{told[name]}}
			if standIn[name] && (address == "127.0.0.2" || address == "::1") {
				item.Reason = loopback
			}
			c.add(item)
		}
	}
}

const loopback = "a host without an address of its own is at home on loopback, on Debian as 127.0.1.1 and on NixOS as 127.0.0.2 and ::1"

// isStandIn is true for the address that Debian gives a host that has none.
func isStandIn(address string) bool {
	return strings.HasPrefix(address, "127.") && address != "127.0.0.1"
}

func canonicalAddress(a string) string {
	p := canonical(a)
	bare, _, _ := strings.Cut(p, "/")
	return bare
}

// lastOwn is the highest id of people on Debian; 65534 is nobody.
const (
	firstOwn = 1000
	lastOwn  = 59999
)

// renamed are groups of Debian that NixOS has by another name.
var renamed = map[string]string{"sudo": "wheel"}

func (c *comparison) accounts() {
	gids := map[int]string{}
	for _, g := range c.facts.System.Groups {
		gids[g.GID] = g.Name
	}
	own := map[string]int{}
	for n, u := range c.facts.System.Users {
		if u.UID != 0 && (u.UID < firstOwn || u.UID > lastOwn) {
			continue
		}
		own[u.Name] = n
		at := []string{pointer("/system/users/%d", n)}
		v, ok := c.values.Users[u.Name]
		if !ok {
			c.add(Item{Subject: "users", Name: u.Name, Want: "there", At: at})
			continue
		}
		add := func(what, want, got string) {
			c.add(Item{Subject: "users", Name: u.Name + " " + what, Want: want, Got: got, At: at})
		}
		add("uid", strconv.Itoa(u.UID), number(v.UID))
		add("group", gids[u.GID], v.Group)
		add("home", u.Home, v.Home)
		add("shell", path.Base(u.Shell), path.Base(v.Shell))
	}
	for _, name := range sortedKeys(c.values.Users) {
		if _, ok := own[name]; !ok && c.values.Users[name].IsNormalUser {
			c.add(Item{Subject: "users", Name: name, Want: "", Got: "there"})
		}
	}
	for n, g := range c.facts.System.Groups {
		at := pointer("/system/groups/%d", n)
		if g.GID >= firstOwn && g.GID <= lastOwn {
			v, ok := c.values.Groups[g.Name]
			got := ""
			if ok {
				got = number(v.GID)
			}
			c.add(Item{Subject: "group ids", Name: g.Name, Want: strconv.Itoa(g.GID), Got: got, At: []string{at}})
		}
		name := g.Name
		if other, ok := renamed[name]; ok {
			name = other
		}
		for _, member := range g.Members {
			user, ok := own[member]
			if !ok {
				continue
			}
			got := ""
			if slices.Contains(c.values.Groups[name].Members, member) || slices.Contains(c.values.Users[member].ExtraGroups, name) || c.values.Users[member].Group == name {
				got = name
			}
			c.add(Item{Subject: "memberships", Name: member + " in " + g.Name, Want: name, Got: got, At: []string{at}, Within: []string{pointer("/system/users/%d", user)}})
		}
	}
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// sysctls compares the value that stands last for each key.
func (c *comparison) sysctls() {
	last := map[string]int{}
	var order []string
	for n, p := range c.facts.System.Sysctl {
		key := sysctlKey(p.Key)
		if _, ok := last[key]; !ok {
			order = append(order, key)
		}
		last[key] = n
	}
	for _, key := range order {
		p := c.facts.System.Sysctl[last[key]]
		if p.Value == nil {
			continue
		}
		c.add(Item{
			Subject: "sysctls", Name: key, Want: strings.Join(strings.Fields(*p.Value), " "), Got: strings.Join(strings.Fields(c.values.Sysctl[key]), " "),
			At: []string{pointer("/system/sysctl/%d", last[key])},
		})
	}
}

// sysctlKey spells a key with dots: a key with slashes has its dots where names of interfaces have theirs.
func sysctlKey(key string) string {
	key = strings.TrimPrefix(key, "-")
	dot, slash := strings.IndexByte(key, '.'), strings.IndexByte(key, '/')
	if slash >= 0 && (dot < 0 || slash < dot) {
		swap := strings.NewReplacer(".", "/", "/", ".")
		return swap.Replace(key)
	}
	return key
}

// ofOldRoot are parameters that the loader of the old system needs to find it. NixOS has its own, and one of these in it
// would lead to the old root.
var ofOldRoot = []string{"BOOT_IMAGE", "initrd", "root", "rootfstype", "rootflags", "rootdelay", "ro", "rw", "boot", "resume", "resume_offset", "cryptopts", "cryptdevice"}

// ofNixOS are parameters that NixOS adds by itself.
var ofNixOS = []string{"loglevel", "nohibernate", "apparmor", "security", "lsm", "root", "init", "systemd.unified_cgroup_hierarchy", "net.ifnames"}

func (c *comparison) kernelParameters() {
	have := map[string]bool{}
	for _, w := range c.values.KernelParams {
		have[w] = true
	}
	for n, p := range c.facts.System.Boot.KernelParameters {
		if slices.Contains(ofOldRoot, p.Key) {
			continue
		}
		want, got := p.Key, ""
		if p.Value != nil && *p.Value != "" {
			want += "=" + *p.Value
		}
		if have[want] {
			got = want
		}
		delete(have, want)
		at := pointer("/system/boot/kernel_parameters/%d", n)
		item := Item{Subject: "kernel parameters", Name: want, Want: want, Got: got, At: []string{at}}
		if p.Key == "quiet" && got == "" {
			item.Reason = "hides messages of the boot, which is for whoever watches it"
		}
		c.add(item)
	}
	for _, word := range sortedKeys(have) {
		key, v, _ := strings.Cut(word, "=")
		if slices.Contains(ofNixOS, key) && (key != "root" || v == "fstab") {
			continue
		}
		item := Item{Subject: "kernel parameters", Name: word, Want: "", Got: word}
		if word == "intel_iommu=on" && c.facts.Hardware.IOMMUGroups > 0 && strings.HasSuffix(c.facts.Host.Kernel, "-pve") {
			item.Reason = "PVE's kernel has the IOMMU on by default, and it is on here"
		}
		if word == "i915.enable_gvt=1" {
			item.Reason = "virtualisation.kvmgt asks the driver for the slices that guests have"
		}
		c.add(item)
	}
}

// cron compares the jobs of people: those of packages are units, or nothing that NixOS needs, and the ledger says which.
func (c *comparison) cron() {
	there := c.startable()
	for n, e := range c.facts.System.Cron {
		got := ""
		if c.values.Cron.Enable && (c.listed(e) || c.copied(sourceFile(e.Source))) {
			got = e.Schedule
		}
		at := pointer("/system/cron/%d", n)
		item := Item{Subject: "cron jobs", Name: fmt.Sprintf("%s %s %s", e.Schedule, e.User, e.Program), Want: e.Schedule, Got: got, At: []string{at}}
		if as, named := c.names.Cron[sourceFile(e.Source)+" "+e.Schedule]; named && there.best(as) == "started" {
			item.Got = e.Schedule
		}
		if item.Got == "" {
			item.Reason = c.said.needless(at)
		}
		c.add(item)
	}
}

// runParts is when Debian's own crontab runs the scripts of a folder, by what stands for it as their schedule.
var runParts = map[string]string{"@hourly": "17 * * * *", "@daily": "25 6 * * *", "@weekly": "47 6 * * 7", "@monthly": "52 6 1 * *"}

// listed is true for a job that the configuration says itself.
func (c *comparison) listed(e snapshot.CronEntry) bool {
	schedule := e.Schedule
	if when, ok := runParts[schedule]; ok && strings.HasPrefix(e.Program, "/etc/cron.") {
		schedule = when
	}
	return slices.ContainsFunc(c.values.Cron.Jobs, func(job string) bool {
		words := strings.Fields(job)
		return strings.HasPrefix(strings.Join(words, " "), strings.Join(strings.Fields(schedule), " ")+" "+e.User+" ") && slices.Contains(words, e.Program)
	})
}

// copied is true for a table that is copied to where cron reads it: as that of its user, or joined to the one of the system.
func (c *comparison) copied(table string) bool {
	to, ok := c.copies[table]
	if user, own := strings.CutPrefix(table, "/var/spool/cron/crontabs/"); own {
		return ok && to == "/var/cron/tabs/"+user
	}
	return ok && slices.Contains(strings.Fields(c.values.Cron.Joined), to)
}

// sourceFile is the path of path:line.
func sourceFile(source string) string {
	if n := strings.LastIndexByte(source, ':'); n >= 0 {
		return source[:n]
	}
	return source
}
