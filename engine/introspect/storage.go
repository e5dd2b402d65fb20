package introspect

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectStorage takes PVE's storages and what they rest on.
func collectStorage(c *capture) {
	out := &c.out.Storage
	a := c.area("storage.storages", sourceFile)
	out.Storages, out.Anomalies = a.sectionFile("storage.cfg", formats.Storage)

	a = c.area("storage.fstab", sourceFile)
	if data, ok := a.need("/etc/fstab"); ok {
		var anomalies []snapshot.Anomaly
		out.Fstab, anomalies = formats.Fstab("/etc/fstab", data)
		out.Anomalies = append(out.Anomalies, anomalies...)
	}
	a = c.area("storage.crypttab", sourceFile)
	if data, ok := a.want("/etc/crypttab", c.etcWhole()); ok {
		out.Crypttab = formats.Crypttab("/etc/crypttab", data)
	}
	collectMounts(c)
	collectBlockDevices(c)
	collectPools(c)
	collectVolumeGroups(c)
	collectCeph(c)

	a = c.area("storage.iscsi", sourceFile)
	const initiator = "/etc/iscsi/initiatorname.iscsi"
	if data, ok := a.want(initiator, c.etcWhole()); ok {
		out.ISCSI.InitiatorName = variableOf(data, "InitiatorName")
	}
}

// collectMounts reads the mounts and swap areas of the running host. Those of
// process 1 are the host's, whatever namespace the capture runs in.
func collectMounts(c *capture) {
	a := c.area("storage.mounts", sourceFile)
	file := "/proc/1/mountinfo"
	data, err := c.read(file)
	if err != nil {
		file = "/proc/self/mountinfo"
		data, err = c.read(file)
	}
	switch {
	case err == nil:
		c.out.Storage.Mounts = formats.MountInfo(data)
	case absent(err):
		a.unknown(file, errAbsent)
	default:
		a.unknown(file, err)
	}
	a = c.area("storage.swaps", sourceFile)
	if data, ok := a.need("/proc/swaps"); ok {
		c.out.Storage.Swaps = formats.Swaps(data)
	}
}

// collectPools finds the ZFS pools: those that are mounted, those that are
// imported at boot, and those that PVE's storages name.
func collectPools(c *capture) {
	a := c.area("storage.zfs_pools", sourceFile)
	pools := map[string]bool{} // name → holds the root file system
	add := func(dataset string, root bool) {
		if pool, _, _ := strings.Cut(dataset, "/"); pool != "" {
			pools[pool] = pools[pool] || root
		}
	}
	for _, m := range c.out.Storage.Mounts {
		if m.Type == "zfs" {
			add(m.Source, m.Target == "/")
		}
	}
	for _, s := range c.out.Storage.Storages {
		if s.Type == "zfspool" {
			add(valueOf(s, "pool"), false)
		}
	}
	const cache = "/etc/zfs/zpool.cache"
	if data, ok := a.may(cache); ok {
		names, err := cachedPools(data)
		a.parsed(cache, err)
		for _, name := range names {
			add(name, false)
		}
	}
	for _, root := range rootDatasets(c, a) {
		add(root, true)
	}
	for _, name := range slices.Sorted(maps.Keys(pools)) {
		c.out.Storage.Pools = append(c.out.Storage.Pools, snapshot.ZFSPool{Name: name, Root: pools[name]})
	}
	if c.areas["storage.mounts"].Status == statusUnknown {
		unfinished(a, len(pools), "/proc/1/mountinfo")
	}
}

// rootDatasets are the datasets that the boot loader names as root, as in root=ZFS=rpool/ROOT/pve-1.
func rootDatasets(c *capture, a *area) []string {
	var out []string
	_, words := kernelCommandLine(c, a)
	for _, word := range strings.Fields(words) {
		for _, prefix := range []string{"root=ZFS=", "root=zfs:"} {
			if dataset, found := strings.CutPrefix(word, prefix); found {
				out = append(out, dataset)
			}
		}
	}
	return out
}

// unfinished marks an area whose facts were only found where others name them.
func unfinished(a *area, found int, missing string) {
	if found == 0 {
		a.unknown(missing, errAbsent)
		return
	}
	a.problem(missing, errAbsent)
}

// collectVolumeGroups finds the volume groups of LVM and their volumes: those
// that are mapped, and those that mounts, fstab and PVE's storages name.
func collectVolumeGroups(c *capture) {
	a := c.area("storage.volume_groups", sourceFile)
	groups := map[string]map[string]bool{}
	add := func(v logicalVolume) {
		if v.group == "" {
			return
		}
		if groups[v.group] == nil {
			groups[v.group] = map[string]bool{}
		}
		if v.name != "" && !internalVolume(v.name) {
			groups[v.group][v.name] = true
		}
	}
	mapped := mappedVolumes(c, a)
	for _, v := range mapped {
		add(v)
	}
	root := ""
	device := func(name string) {
		if v, ok := deviceVolume(name, mapped); ok {
			add(v)
		}
	}
	for _, m := range c.out.Storage.Mounts {
		device(m.Source)
		if m.Target == "/" {
			v, _ := deviceVolume(m.Source, mapped)
			root = v.group
		}
	}
	for _, f := range c.out.Storage.Fstab {
		device(f.Spec)
		if v, ok := deviceVolume(f.Spec, mapped); ok && f.File == "/" && root == "" {
			root = v.group
		}
	}
	for _, s := range c.out.Storage.Swaps {
		device(s.Path)
	}
	for _, s := range c.out.Storage.Storages {
		if s.Type == "lvm" || s.Type == "lvmthin" {
			add(logicalVolume{valueOf(s, "vgname"), valueOf(s, "thinpool")})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		c.out.Storage.VolumeGroups = append(c.out.Storage.VolumeGroups, snapshot.VolumeGroup{
			Name: name, Root: name == root, Volumes: slices.Sorted(maps.Keys(groups[name])),
		})
	}
	if !c.exists(blockClass) {
		unfinished(a, len(groups), blockClass)
	}
}

// deviceVolume finds the logical volume that a device path names: /dev/mapper/pve-root,
// /dev/pve/root or, with what is mapped, /dev/dm-1.
func deviceVolume(name string, mapped map[string]logicalVolume) (logicalVolume, bool) {
	dir, base := path.Split(name)
	switch {
	case dir == "/dev/mapper/":
		return volumeOf(base)
	case dir == "/dev/":
		v, ok := mapped[base]
		return v, ok
	}
	group, found := strings.CutPrefix(path.Clean(dir), "/dev/")
	if !found || strings.Contains(group, "/") || slices.Contains([]string{"md", "zvol", "disk", "loop", "rbd", "drbd"}, group) {
		return logicalVolume{}, false
	}
	return logicalVolume{group, base}, true
}

// internalVolume says whether LVM made a volume for itself.
func internalVolume(name string) bool {
	for _, suffix := range []string{"_tmeta", "_tdata", "-tpool", "_cdata", "_cmeta", "_pmspare"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

// cephVolume matches the units that ceph-volume enables for an OSD: ceph-volume@lvm-3-<fsid>.service.
var cephVolume = regexp.MustCompile(`^ceph-volume@(?:lvm|simple)-([0-9]+)-.*\.service$`)

// collectCeph reads ceph.conf and finds the daemons of this host: the units that
// are enabled, and the directories that daemons keep or that are mounted for them.
func collectCeph(c *capture) {
	a := c.area("storage.ceph", sourceFile)
	const shared, local = pveDir + "/ceph.conf", "/etc/ceph/ceph.conf"
	file := shared
	if !c.exists(shared) && c.exists(local) {
		file = local
	}
	if data, ok := a.want(file, c.pveWhole()); ok {
		c.out.Storage.Ceph.Config = formats.CephConf(file, data)
	}
	daemons := map[string]bool{}
	for _, m := range c.out.Storage.Mounts {
		if id, found := strings.CutPrefix(m.Target, "/var/lib/ceph/osd/ceph-"); found && isNumber(id) {
			daemons["osd."+id] = true
		}
	}
	for _, unit := range c.out.Units {
		if osd := cephVolume.FindStringSubmatch(unit.Name); osd != nil && unit.FileState == "enabled" {
			daemons["osd."+osd[1]] = true
		}
	}
	for _, kind := range []string{"mon", "mgr", "mds", "osd"} {
		for _, name := range a.directory("/var/lib/ceph/" + kind) {
			if _, id, found := strings.Cut(name, "-"); found { // <cluster>-<id>
				daemons[kind+"."+id] = true
			}
		}
		for _, unit := range c.out.Units {
			id, found := strings.CutPrefix(unit.Name, "ceph-"+kind+"@")
			if found && id != ".service" && strings.HasPrefix(unit.FileState, "enabled") {
				daemons[kind+"."+strings.TrimSuffix(id, ".service")] = true
			}
		}
	}
	c.out.Storage.Ceph.Daemons = slices.Sorted(maps.Keys(daemons))
}

// valueOf is the value of a property of a section, "" where it has none.
func valueOf(s snapshot.Section, key string) string {
	for _, p := range s.Properties {
		if p.Key == key && p.Value != nil {
			return *p.Value
		}
	}
	return ""
}
