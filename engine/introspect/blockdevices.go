package introspect

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	blockClass = "/sys/class/block"
	// sectorSize is the unit of sizes in sysfs, whatever the disk's own sectors are.
	sectorSize = 512
)

// collectBlockDevices reads the disks and partitions from sysfs.
func collectBlockDevices(c *capture) {
	a := c.area("storage.block_devices", sourceFile)
	if !sysfs(a, blockClass) {
		return
	}
	links := diskLinks(c, a)
	for _, name := range a.directory(blockClass) {
		dir := blockClass + "/" + name
		sectors, err := strconv.ParseInt(c.line(dir+"/size"), 10, 64)
		if err != nil {
			a.problem(dir+"/size", err)
			continue
		}
		if sectors == 0 || strings.HasPrefix(name, "ram") {
			continue // a drive without medium, a loop or network device that is not in use
		}
		c.out.Storage.BlockDevices = append(c.out.Storage.BlockDevices, snapshot.BlockDevice{
			Name:       name,
			SizeBytes:  sectors * sectorSize,
			Kind:       blockKind(c, name),
			Rotational: c.line(dir+"/queue/rotational") == "1",
			Model:      c.line(dir + "/device/model"),
			Links:      links[name],
		})
	}
}

func blockKind(c *capture, name string) string {
	dir := blockClass + "/" + name
	switch {
	case c.exists(dir + "/partition"):
		return "part"
	case c.exists(dir + "/md"):
		return "md"
	case c.exists(dir + "/dm"):
		return "dm"
	case c.exists(dir + "/loop"), strings.HasPrefix(name, "loop"):
		return "loop"
	case strings.HasPrefix(name, "zd"):
		return "zvol"
	}
	return "disk"
}

// diskLinks are udev's stable names, by the device that they lead to.
func diskLinks(c *capture, a *area) map[string][]string {
	links := map[string][]string{}
	for _, group := range a.directory("/dev/disk") {
		for _, name := range a.directory("/dev/disk/" + group) {
			link := "/dev/disk/" + group + "/" + name
			// The target is a device, which a copied tree does not have.
			target, err := c.host.Readlink(link)
			if err != nil {
				continue
			}
			device := path.Base(target)
			links[device] = append(links[device], link)
		}
	}
	for _, names := range links {
		slices.Sort(names)
	}
	return links
}

// logicalVolume is a volume of LVM that the kernel has mapped.
type logicalVolume struct{ group, name string }

// mappedVolumes are the active logical volumes by the kernel's name of the device (dm-1).
func mappedVolumes(c *capture, a *area) map[string]logicalVolume {
	found := map[string]logicalVolume{}
	for _, device := range a.directory(blockClass) {
		dir := blockClass + "/" + device + "/dm"
		if !strings.HasPrefix(c.line(dir+"/uuid"), "LVM-") {
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
