package introspect

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// btrfsClass has a directory for each btrfs file system that is mounted, by its UUID.
const btrfsClass = "/sys/fs/btrfs"

// collectBtrfs takes the btrfs file systems that are mounted. In a tree there are those that fstab names.
func collectBtrfs(c *capture) {
	a := c.area("storage.btrfs", sourceFile)
	if !c.exists(btrfsClass) && !c.host.Live() {
		if c.out.Storage.Btrfs = configuredBtrfs(c.out.Storage.Fstab); len(c.out.Storage.Btrfs) > 0 {
			a.problem(btrfsClass, errNoSysfs)
		} else {
			a.unknown(btrfsClass, errNoSysfs)
		}
		return
	}
	devices := mountedBtrfs(c)
	for _, uuid := range a.directory(btrfsClass) {
		dir := btrfsClass + "/" + uuid
		if !c.exists(dir + "/devices") {
			continue // features of the kernel's driver
		}
		fs := snapshot.BtrfsFilesystem{
			UUID: uuid, Label: c.line(dir + "/label"), Devices: a.directory(dir + "/devices"),
			Data: btrfsProfile(a, dir+"/allocation/data"), Metadata: btrfsProfile(a, dir+"/allocation/metadata"),
		}
		for _, device := range fs.Devices {
			fs.Mounts = append(fs.Mounts, devices[device]...)
		}
		slices.Sort(fs.Mounts)
		if len(fs.Mounts) > 0 {
			fs.Subvolumes = btrfsSubvolumes(a, fs.Mounts[0])
		}
		c.out.Storage.Btrfs = append(c.out.Storage.Btrfs, fs)
	}
}

// btrfsSubvolumes asks btrfs for the subvolumes of a mounted file system.
func btrfsSubvolumes(a *area, mountpoint string) []string {
	out, err := a.capture.run("btrfs subvolume list", mountpoint)
	if err != nil {
		if !errors.Is(err, errNoCommands) {
			a.problem("btrfs subvolume list "+mountpoint, err)
		}
		return nil
	}
	return formats.BtrfsSubvolumes(out)
}

// mountedBtrfs are the mount points of btrfs by the kernel's name of the device.
func mountedBtrfs(c *capture) map[string][]string {
	out := map[string][]string{}
	for _, m := range c.out.Storage.Mounts {
		if m.Type != "btrfs" {
			continue
		}
		device := path.Base(m.Source)
		if target, err := c.host.Resolve(m.Source); err == nil {
			device = path.Base(target) // /dev/mapper/luks-… leads to /dev/dm-0
		}
		out[device] = append(out[device], m.Target)
	}
	return out
}

// btrfsProfile is the profile of a kind of chunks: the one directory among its attributes. While a file system is
// being converted it has two.
func btrfsProfile(a *area, dir string) string {
	entries, err := a.capture.host.ReadDir(dir)
	if err != nil {
		return ""
	}
	var profiles []string
	for _, entry := range entries {
		if entry.IsDir() {
			profiles = append(profiles, entry.Name())
		}
	}
	return strings.Join(profiles, " ")
}

// configuredBtrfs are the file systems that fstab mounts by UUID.
func configuredBtrfs(fstab []snapshot.FstabEntry) []snapshot.BtrfsFilesystem {
	var out []snapshot.BtrfsFilesystem
	for _, entry := range fstab {
		uuid, found := strings.CutPrefix(entry.Spec, "UUID=")
		if uuid = strings.ToLower(strings.Trim(uuid, `"`)); entry.Type != "btrfs" || !found || uuid == "" {
			continue
		}
		i := slices.IndexFunc(out, func(fs snapshot.BtrfsFilesystem) bool { return fs.UUID == uuid })
		if i < 0 {
			i = len(out)
			out = append(out, snapshot.BtrfsFilesystem{UUID: uuid})
		}
		if !slices.Contains(out[i].Mounts, entry.File) {
			out[i].Mounts = append(out[i].Mounts, entry.File)
		}
	}
	slices.SortFunc(out, func(a, b snapshot.BtrfsFilesystem) int { return cmp.Compare(a.UUID, b.UUID) })
	return out
}
