package introspect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// mdadmConfigs are the places where mdadm looks for its configuration; Debian's comes first.
var mdadmConfigs = []string{"/etc/mdadm/mdadm.conf", "/etc/mdadm.conf"}

// runningArray are the states of an array that runs; which one it is changes with every write.
var runningArray = []string{"clean", "active", "active-idle", "write-pending"}

// collectArrays takes the arrays of software RAID that are assembled, and those that mdadm.conf names.
func collectArrays(c *capture) {
	a := c.area("storage.md_arrays", sourceFile)
	arrays, live := assembledArrays(a)
	for _, file := range mdadmConfigs {
		data, ok := a.may(file)
		if !ok {
			continue
		}
		for _, configured := range formats.MdadmConf(file, data) {
			if configured.Name == "" {
				configured.Name = configured.UUID
			}
			if configured.Name == "<ignore>" || configured.Name == "" {
				continue
			}
			i := slices.IndexFunc(arrays, func(assembled array) bool { return assembled.is(configured) })
			if i < 0 {
				arrays = append(arrays, array{MDArray: configured})
				continue
			}
			arrays[i].Configured, arrays[i].Source = true, configured.Source
		}
	}
	for _, found := range arrays {
		c.out.Storage.MDArrays = append(c.out.Storage.MDArrays, found.MDArray)
	}
	slices.SortStableFunc(c.out.Storage.MDArrays, func(a, b snapshot.MDArray) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Source, b.Source))
	})
	if !live && !c.withoutPackage("mdadm") {
		unfinished(a, len(arrays), blockClass)
	}
}

// withoutPackage says whether a package is certainly not installed: its files could lie there all the same, but
// nothing of it runs.
func (c *capture) withoutPackage(name string) bool {
	packages := c.captured("packages")
	return packages.Status != statusUnknown && !slices.ContainsFunc(c.out.Packages, func(p snapshot.Package) bool {
		return p.Name == name && p.Status != "config-files"
	})
}

// array is an array with the names that its configuration may have for it.
type array struct {
	snapshot.MDArray
	aliases []string
}

// is says whether a line of mdadm.conf is about an array.
func (a array) is(configured snapshot.MDArray) bool {
	if configured.UUID != "" && a.UUID != "" {
		return configured.UUID == a.UUID
	}
	return slices.Contains(a.aliases, configured.Name)
}

// assembledArrays are the arrays that the kernel has; live is false where nothing tells of it.
func assembledArrays(a *area) (arrays []array, live bool) {
	c := a.capture
	if c.exists(blockClass) {
		for _, name := range a.directory(blockClass) {
			if dir := blockClass + "/" + name; strings.HasPrefix(name, "md") && c.exists(dir+"/md") {
				arrays = append(arrays, arrayOf(a, name, dir))
			}
		}
		return arrays, true
	}
	data, ok := a.may("/proc/mdstat")
	for _, found := range formats.MDStat(data) {
		arrays = append(arrays, array{found, aliasesOf(found.Name, "")})
	}
	return arrays, ok
}

// arrayOf reads an array from sysfs.
func arrayOf(a *area, name, dir string) array {
	c := a.capture
	udev := udevProperties(c, dir)
	found := snapshot.MDArray{
		Name: name, Level: c.line(dir + "/md/level"), State: c.line(dir + "/md/array_state"),
		Metadata: c.line(dir + "/md/metadata_version"), UUID: formats.ArrayUUID(cmp.Or(c.line(dir+"/md/uuid"), udev["MD_UUID"])),
	}
	if slices.Contains(runningArray, found.State) {
		found.State = "active"
	}
	if missing, err := strconv.Atoi(c.line(dir + "/md/degraded")); err == nil { // levels without redundancy have no such file
		found.Degraded = missing
	}
	for _, entry := range a.directory(dir + "/md") {
		if member, isMember := strings.CutPrefix(entry, "dev-"); isMember {
			found.Members = append(found.Members, member)
		}
	}
	return array{found, aliasesOf(name, udev["MD_DEVNAME"])}
}

// aliasesOf are the names that mdadm.conf may use for an array: md0 is md/0 too, and one that has a name is below md.
func aliasesOf(kernel, name string) []string {
	aliases := []string{kernel, "md/" + strings.TrimPrefix(kernel, "md")}
	if name != "" {
		aliases = append(aliases, "md/"+name)
	}
	return aliases
}
