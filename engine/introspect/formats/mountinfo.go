package formats

import (
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// kernelFileSystems are types that hold no files of anybody.
var kernelFileSystems = map[string]bool{
	"autofs": true, "binfmt_misc": true, "bpf": true, "cgroup": true, "cgroup2": true, "configfs": true, "debugfs": true,
	"devpts": true, "devtmpfs": true, "efivarfs": true, "fusectl": true, "hugetlbfs": true, "mqueue": true, "nsfs": true,
	"proc": true, "pstore": true, "rpc_pipefs": true, "securityfs": true, "selinuxfs": true, "sysfs": true, "tracefs": true,
}

// memoryFileSystems are of the kernel where the system keeps its own state in them.
var memoryFileSystems = map[string]bool{"tmpfs": true, "ramfs": true}

// MountInfo reads /proc/self/mountinfo. File systems of the kernel and those below /run, /dev and
// /sys that live in memory are left out; the rest is sorted by mount point.
func MountInfo(data []byte) []snapshot.Mount {
	out := []snapshot.Mount{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		// 36 35 98:0 /root /target options [tags…] - type source options
		words := strings.Split(l.text, " ")
		dash := slices.Index(words, "-")
		if dash < 6 || len(words) < dash+3 {
			continue
		}
		m := snapshot.Mount{Target: unescape(words[4]), Type: words[dash+1]}
		if kernelFileSystems[m.Type] || memoryFileSystems[m.Type] && systemState(m.Target) {
			continue
		}
		m.Source, _ = sealSpec("/proc/self/mountinfo", unescape(words[dash+2]))
		options := splitOptions(words[5])
		if len(words) > dash+3 {
			options = append(options, splitOptions(words[dash+3])...)
		}
		for i := range options {
			options[i] = unescape(options[i]) // a comma within a value is escaped too
		}
		slices.Sort(options)
		m.Options, _ = sealOptions("/proc/self/mountinfo", slices.Compact(options))
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b snapshot.Mount) int { return strings.Compare(a.Target, b.Target) })
	return out
}

func systemState(target string) bool {
	for _, root := range []string{"/run", "/dev", "/sys"} {
		if target == root || strings.HasPrefix(target, root+"/") {
			return true
		}
	}
	return false
}
