package introspect

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// lvmBackups is where LVM keeps a copy of the metadata of each group, as it last wrote it on this host.
const lvmBackups = "/etc/lvm/backup"

var (
	errOldMetadata = errors.New("metadata as this host last wrote it; the disks themselves were not asked")
	errNotRoot     = errors.New("only root can read the metadata on the disks")
)

// collectVolumeGroups finds the volume groups of LVM and their volumes: what LVM itself reports, or else its copies of
// the metadata; and those that are mapped, and those that mounts, fstab and PVE's storages name.
func collectVolumeGroups(c *capture) {
	a := c.area("storage.volume_groups", sourceFile)
	named, root := namedVolumes(c, a)
	groups, reported := reportedGroups(a)
	if !reported {
		groups = backedUpGroups(a, groups)
	}
	described := map[string]bool{}
	for i := range groups {
		described[groups[i].Name] = true
		groups[i].Volumes = slices.Sorted(maps.Keys(union(groups[i].Volumes, named[groups[i].Name])))
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if !described[name] {
			groups = append(groups, snapshot.VolumeGroup{Name: name, Volumes: slices.Sorted(maps.Keys(named[name]))})
		}
	}
	for i := range groups {
		groups[i].Root = groups[i].Name == root
	}
	slices.SortStableFunc(groups, func(a, b snapshot.VolumeGroup) int { return strings.Compare(a.Name, b.Name) })
	c.out.Storage.VolumeGroups = groups
	if !reported && !c.exists(blockClass) {
		unfinished(a, len(groups), blockClass)
	}
}

func union(list []string, set map[string]bool) map[string]bool {
	out := maps.Clone(set)
	if out == nil {
		out = map[string]bool{}
	}
	for _, item := range list {
		out[item] = true
	}
	return out
}

// reportedGroups are the groups as LVM's own programs report them. reported is false where these were not asked, or
// where all that they could read has an end.
func reportedGroups(a *area) (groups []snapshot.VolumeGroup, reported bool) {
	c := a.capture
	if !c.host.Live() {
		return nil, false
	}
	if !c.superuser() {
		// To an ordinary user LVM reports, without an error, that there is nothing.
		a.problem("vgs", errNotRoot)
		return nil, false
	}
	reports := map[string][]byte{}
	for _, program := range []string{"vgs", "pvs", "lvs"} {
		out, err := c.run(program)
		if errors.Is(err, errNoProgram) {
			// Without its programs nothing on this host can use LVM; what is mapped nevertheless is found by its names.
			return nil, false
		}
		if err != nil {
			a.problem(program, err)
		}
		if len(out) == 0 {
			return nil, false
		}
		reports[program] = out
	}
	groups, err := formats.LVMReport(reports["vgs"], reports["pvs"], reports["lvs"])
	a.parsed("lvs", err)
	if err == nil {
		a.Source = sourceCommand
	}
	return groups, err == nil
}

// backedUpGroups adds to groups those that LVM has kept the metadata of.
func backedUpGroups(a *area, groups []snapshot.VolumeGroup) []snapshot.VolumeGroup {
	mapped := map[logicalVolume]bool{}
	for _, v := range mappedVolumes(a.capture, a) {
		mapped[v] = true
	}
	for _, name := range a.directory(lvmBackups) {
		file := lvmBackups + "/" + name
		data, ok := a.may(file)
		if !ok {
			continue
		}
		group, err := formats.LVMBackup(data)
		if err != nil {
			a.problem(file, err)
		} else {
			a.problem(file, errOldMetadata)
		}
		if group.Name == "" || slices.ContainsFunc(groups, func(g snapshot.VolumeGroup) bool { return g.UUID == group.UUID }) {
			continue
		}
		for i, v := range group.LogicalVolumes {
			group.LogicalVolumes[i].Active = mapped[logicalVolume{group.Name, v.Name}]
		}
		groups = append(groups, group)
	}
	return groups
}

// superuser says whether the capture runs as root.
func (c *capture) superuser() bool {
	content, err := c.host.ReadFile("/proc/self/status", maxPVEFileSize)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(content.Data)) {
		// Uid: real, effective, saved and that of the file system
		if words := strings.Fields(line); len(words) > 2 && words[0] == "Uid:" {
			return words[2] == "0"
		}
	}
	return false
}

// namedVolumes are the groups and volumes that mounts, swap, fstab, storages and the kernel's mappings name, and the
// group that the root file system is on.
func namedVolumes(c *capture, a *area) (groups map[string]map[string]bool, root string) {
	groups = map[string]map[string]bool{}
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
	// A name of the device mapper with a dash may be of cryptsetup or multipath as well.
	others := map[string]bool{}
	for _, e := range c.out.Storage.Crypttab {
		others["/dev/mapper/"+e.Name] = true
	}
	device := func(name string) {
		if v, ok := deviceVolume(name, mapped); ok && !others[name] && !partOfMultipath.MatchString(name) {
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
	return groups, root
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

// partOfMultipath matches a partition of a map of multipath under the name that it gets by itself.
var partOfMultipath = regexp.MustCompile(`^/dev/mapper/mpath[a-z]+-part[0-9]+$`)

// lvmUUID begins the identifier of a mapping of LVM.
const lvmUUID = "LVM-"

// internalSuffixes end the names of volumes that LVM makes for thin pools, caches and snapshots, internalPart those of
// the parts of a RAID or mirror.
var (
	internalSuffixes = []string{"_tmeta", "_tdata", "-tpool", "_cdata", "_cmeta", "_corig", "_pmspare", "_vdata", "-vpool", "_mlog"}
	internalPart     = regexp.MustCompile(`_(rimage|rmeta|mimage)_[0-9]+$`)
)

// internalVolume says whether LVM made a volume for itself.
func internalVolume(name string) bool {
	return slices.ContainsFunc(internalSuffixes, func(suffix string) bool { return strings.HasSuffix(name, suffix) }) || internalPart.MatchString(name)
}

// logicalVolume is a volume of LVM that the kernel has mapped.
type logicalVolume struct{ group, name string }

// mappedVolumes are the active logical volumes by the kernel's name of the device (dm-1).
func mappedVolumes(c *capture, a *area) map[string]logicalVolume {
	found := map[string]logicalVolume{}
	for _, device := range a.directory(blockClass) {
		dir := blockClass + "/" + device + "/dm"
		if !strings.HasPrefix(device, "dm-") {
			continue
		}
		// The identifier of a layer that LVM puts below a volume ends in a dash and a word; that of a thin pool itself in -pool.
		uuid, isLVM := strings.CutPrefix(c.line(dir+"/uuid"), lvmUUID)
		if !isLVM || strings.Contains(strings.TrimSuffix(uuid, "-pool"), "-") {
			continue
		}
		if volume, ok := volumeOf(c.line(dir + "/name")); ok {
			found[device] = volume
		}
	}
	return found
}

// volumeOf splits a name of the device mapper: group and volume are joined by a
// dash, and a dash within either is doubled.
func volumeOf(name string) (logicalVolume, bool) {
	for i := 1; i < len(name)-1; i++ {
		if name[i] != '-' {
			continue
		}
		if name[i+1] == '-' {
			i++
			continue
		}
		undouble := func(s string) string { return strings.ReplaceAll(s, "--", "-") }
		return logicalVolume{undouble(name[:i]), undouble(name[i+1:])}, true
	}
	return logicalVolume{}, false
}

// lvmTags are the values of the tags of a volume that are written key=value.
func lvmTags(v snapshot.LogicalVolume) map[string]string {
	out := map[string]string{}
	for _, tag := range v.Tags {
		if key, value, found := strings.Cut(tag, "="); found {
			out[key] = value
		}
	}
	return out
}

// volumePath is the device of a logical volume.
func volumePath(group, volume string) string { return fmt.Sprintf("/dev/%s/%s", group, volume) }
