package introspect

import (
	"errors"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// zfsModule is there while the kernel's driver is; without it, zpool would load it.
	zfsModule = "/sys/module/zfs"
	// zfsPools has a directory for each imported pool.
	zfsPools = "/proc/spl/kstat/zfs"
	// zpoolCache names the pools that are imported at boot.
	zpoolCache = "/etc/zfs/zpool.cache"
)

// errNoZFS is the problem of a host that has pools in its configuration and no driver for them.
var errNoZFS = errors.New("the driver is not loaded, so the pools are known by their names alone")

// collectPools takes the ZFS pools: those that are imported as ZFS describes them; and those that are mounted, that are
// imported at boot, and that PVE's storages name.
func collectPools(c *capture) {
	a := c.area("storage.zfs_pools", sourceFile)
	named := namedPools(c, a)
	pools := importedPools(a)
	for i := range pools {
		pools[i].Root = named[pools[i].Name]
		delete(named, pools[i].Name)
	}
	for name, root := range named {
		pools = append(pools, snapshot.ZFSPool{Name: name, Root: root})
	}
	slices.SortFunc(pools, func(a, b snapshot.ZFSPool) int { return strings.Compare(a.Name, b.Name) })
	c.out.Storage.Pools = pools
	switch {
	case c.host.Live() && len(named) > 0 && !c.exists(zfsModule):
		a.problem(zfsModule, errNoZFS)
	case !c.host.Live() && len(pools) > 0:
		unfinished(a, len(pools), zfsPools)
	case c.areas["storage.mounts"].Status == statusUnknown:
		unfinished(a, len(pools), "/proc/1/mountinfo")
	}
}

// namedPools are the pools that anything but ZFS itself names; true for the one that holds the root file system.
func namedPools(c *capture, a *area) map[string]bool {
	pools := map[string]bool{}
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
	if data, ok := a.may(zpoolCache); ok {
		names, err := cachedPools(data)
		a.parsed(zpoolCache, err)
		for _, name := range names {
			add(name, false)
		}
	}
	for _, root := range rootDatasets(c, a) {
		add(root, true)
	}
	return pools
}

// importedPools are the pools that the kernel has, as zpool and zfs describe them.
func importedPools(a *area) []snapshot.ZFSPool {
	c := a.capture
	if !c.host.Live() || !c.exists(zfsModule) {
		return kernelPools(c, nil)
	}
	out, err := c.run("zpool list")
	if err != nil {
		a.problem("zpool list", err)
		return kernelPools(c, nil)
	}
	pools, err := formats.ZpoolList(out)
	a.parsed("zpool list", err)
	pools = kernelPools(c, pools)
	a.Source = sourceCommand
	if len(pools) > 0 {
		describePools(a, pools)
	}
	return pools
}

// kernelPools adds those that only the kernel's own counters name.
func kernelPools(c *capture, pools []snapshot.ZFSPool) []snapshot.ZFSPool {
	entries, err := c.host.ReadDir(zfsPools)
	if err != nil {
		return pools
	}
	for _, entry := range entries {
		// Beside the pools there are files about all of them.
		state := c.line(zfsPools + "/" + entry.Name() + "/state")
		if state != "" && !slices.ContainsFunc(pools, func(p snapshot.ZFSPool) bool { return p.Name == entry.Name() }) {
			pools = append(pools, snapshot.ZFSPool{Name: entry.Name(), Imported: true, Health: state})
		}
	}
	return pools
}

// describePools takes the properties, devices and data sets of the pools.
func describePools(a *area, pools []snapshot.ZFSPool) {
	answers := map[string][]byte{}
	for _, name := range []string{"zpool get", "zpool status", "zfs get", "zfs get set"} {
		out, err := a.capture.run(name)
		if err != nil {
			a.problem(name, err)
		}
		answers[name] = out
	}
	properties, features, err := formats.ZpoolProperties(answers["zpool get"])
	a.parsed("zpool get", err)
	devices := formats.ZpoolStatus(answers["zpool status"])
	datasets, err := formats.ZFSDatasets(answers["zfs get"], answers["zfs get set"])
	a.parsed("zfs get", err)
	byPool := map[string][]snapshot.ZFSDataset{}
	for _, dataset := range datasets {
		pool, _, _ := strings.Cut(dataset.Name, "/")
		byPool[pool] = append(byPool[pool], dataset)
	}
	for i, pool := range pools {
		pools[i].Properties, pools[i].Features = properties[pool.Name], features[pool.Name]
		pools[i].Devices, pools[i].Datasets = devices[pool.Name], byPool[pool.Name]
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
