package introspect

import (
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
	collectArrays(c)
	collectMultipath(c)
	collectVolumeGroups(c)
	collectPools(c)
	collectBtrfs(c)
	collectISCSI(c)
	collectCeph(c)
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

// unfinished marks an area whose facts were only found where others name them.
func unfinished(a *area, found int, missing string) {
	if found == 0 {
		a.unknown(missing, errAbsent)
		return
	}
	a.problem(missing, errAbsent)
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
