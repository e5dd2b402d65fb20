package introspect

import (
	"cmp"
	"errors"
	"math"
	"path"
	"slices"
	"strconv"
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
		fs.SizeBytes, fs.FreeBytes = btrfsRoom(c, dir, fs)
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

// btrfsRoom says how much data a file system holds and how much more it takes: what is free in the chunks of data that
// there are, and the chunks that can still be made of what no chunk has yet. statfs says the same to within the reserve
// of the metadata, but waits for a device that does not answer. Nothing is said where something is not known, or where
// data has two profiles.
func btrfsRoom(c *capture, dir string, fs snapshot.BtrfsFilesystem) (size int64, free *int64) {
	var sizes []int64
	for _, device := range fs.Devices {
		sectors, err := strconv.ParseInt(c.line(blockClass+"/"+device+"/size"), 10, 64)
		if err != nil || sectors <= 0 || sectors > math.MaxInt64/sectorSize/int64(len(fs.Devices)) {
			return 0, nil
		}
		sizes = append(sizes, sectors*sectorSize)
	}
	raw, ok := btrfsUsable(fs.Data, sizes)
	if !ok {
		return 0, nil
	}
	number := func(name string) int64 {
		n, err := strconv.ParseInt(c.line(dir+"/allocation/"+name), 10, 64)
		if err != nil || n < 0 {
			ok = false
		}
		return n
	}
	chunks, used := number("data/total_bytes"), number("data/bytes_used")
	others := number("metadata/disk_total") + number("system/disk_total")
	if !ok || used > chunks || others < 0 {
		return 0, nil
	}
	// Chunks of metadata and of the system are taken from the same devices.
	all := sum(sizes)
	size = max(0, int64(float64(raw)*(1-min(1, float64(others)/float64(all)))))
	left := max(0, size-used)
	return size, &left
}

// btrfsUsable is how much data devices hold with a profile.
// Source: https://btrfs.readthedocs.io/en/latest/mkfs.btrfs.html#profiles
func btrfsUsable(profile string, sizes []int64) (int64, bool) {
	if len(sizes) == 0 {
		return 0, false
	}
	all, n := sum(sizes), int64(len(sizes))
	switch profile {
	case "single":
		return all, true
	case "dup":
		return all / 2, true
	case "raid1":
		return min(all/2, all-slices.Max(sizes)), n >= 2
	case "raid0": // uneven devices take stripes of those that have room
		return all, n >= 1
	case "raid10":
		return min(all/2, all-slices.Max(sizes)), n >= 2
	case "raid1c3", "raid1c4":
		copies := int64(profile[len(profile)-1] - '0')
		return slices.Min(sizes) * n / copies, n >= copies
	case "raid5":
		return slices.Min(sizes) * (n - 1), n >= 2
	case "raid6":
		return slices.Min(sizes) * (n - 2), n >= 3
	}
	return 0, false
}

func sum(list []int64) (n int64) {
	for _, x := range list {
		n += x
	}
	return n
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
