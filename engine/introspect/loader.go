package introspect

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// errNotMounted is the problem of entries on partitions that proxmox-boot-tool mounts only while it writes to them.
var errNotMounted = errors.New("the system partitions of proxmox-boot-tool are not mounted")

// collectLoaderEntries takes the entries of systemd-boot on the system partitions that are mounted.
func collectLoaderEntries(c *capture) {
	a := c.area("system.boot.entries", sourceFile)
	boot := &c.out.System.Boot
	seen := false
	for _, mount := range systemPartitions(c) {
		dir := mount + "/loader"
		if !c.exists(dir) {
			continue
		}
		seen = true
		if data, ok := a.may(dir + "/loader.conf"); ok {
			boot.LoaderDefault = cmp.Or(boot.LoaderDefault, formats.LoaderDefault(data))
		}
		for _, name := range a.directory(dir + "/entries") {
			if file := dir + "/entries/" + name; strings.HasSuffix(name, ".conf") {
				if data, ok := a.may(file); ok {
					boot.Entries = append(boot.Entries, formats.LoaderEntry(file, data))
				}
			}
		}
	}
	switch {
	case seen || boot.Loader == loaderGRUB: // GRUB has no such entries
	case len(boot.ESPs) > 0:
		a.unknown(bootUUIDsFile, errNotMounted)
	case boot.Loader == "":
		a.unknown(procCmdline, errNoLoader)
	default:
		a.unknown("/boot/efi/loader", errAbsent)
	}
}

// systemPartitions are the places where partitions for boot loaders are mounted, or would be.
func systemPartitions(c *capture) []string {
	places := []string{"/boot", "/boot/efi", "/efi"}
	for _, m := range c.out.Storage.Mounts {
		if m.Type == "vfat" {
			places = append(places, m.Target)
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}
