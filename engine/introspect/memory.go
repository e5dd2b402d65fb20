package introspect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	memoryNodes = "/sys/devices/system/node"
	memoryState = "/sys/kernel/mm"
)

// collectMemory takes the memory of the machine, how it is spread over nodes, and what the kernel does with it.
func collectMemory(c *capture) {
	out := &c.out.Hardware
	a := c.area("hardware.memory", sourceFile)
	if data, ok := a.need("/proc/meminfo"); ok {
		kib, err := formats.MemInfo(data)
		a.parsed("/proc/meminfo", err)
		out.MemoryKiB = kib
	}
	a = c.area("hardware.numa", sourceFile)
	if sysfs(a, memoryNodes) {
		out.NUMA = memoryNodesOf(a)
		out.NUMANodes = len(out.NUMA)
	}
	a = c.area("hardware.hugepages", sourceFile)
	if sysfs(a, memoryState+"/hugepages") {
		out.Hugepages = hugepagesOf(a)
	}
	a = c.area("hardware.transparent_hugepages", sourceFile)
	if sysfs(a, memoryState+"/transparent_hugepage") {
		out.TransparentHugepages = chosen(a.attribute(memoryState + "/transparent_hugepage/enabled"))
	}
	a = c.area("hardware.ksm", sourceFile)
	if sysfs(a, memoryState+"/ksm") {
		// 2 separates what was merged, and merges no more. How many pages are merged changes all the time.
		out.KSM.Run = a.attribute(memoryState+"/ksm/run") == "1"
	}
}

func memoryNodesOf(a *area) []snapshot.NUMANode {
	var out []snapshot.NUMANode
	for _, name := range a.directory(memoryNodes) {
		digits, found := strings.CutPrefix(name, "node")
		id, err := strconv.Atoi(digits)
		if !found || err != nil || !isNumber(digits) {
			continue
		}
		dir := memoryNodes + "/" + name
		node := snapshot.NUMANode{ID: id, CPUs: a.attribute(dir + "/cpulist")}
		content, err := a.capture.host.ReadFile(dir+"/meminfo", maxPVEFileSize)
		if err == nil {
			node.MemoryKiB, err = formats.MemInfo(content.Data)
		}
		if err != nil {
			a.problem(dir+"/meminfo", err)
		}
		out = append(out, node)
	}
	slices.SortFunc(out, func(a, b snapshot.NUMANode) int { return a.ID - b.ID })
	return out
}

func hugepagesOf(a *area) []snapshot.HugepagePool {
	var out []snapshot.HugepagePool
	for _, name := range a.directory(memoryState + "/hugepages") {
		size, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(name, "hugepages-"), "kB"))
		if err != nil || size <= 0 {
			continue
		}
		dir := memoryState + "/hugepages/" + name
		out = append(out, snapshot.HugepagePool{SizeKiB: size, Total: a.count(dir + "/nr_hugepages"), Free: a.count(dir + "/free_hugepages")})
	}
	slices.SortFunc(out, func(a, b snapshot.HugepagePool) int { return a.SizeKiB - b.SizeKiB })
	return out
}

// chosen is the word in brackets of an attribute that lists what could be chosen: always [madvise] never.
func chosen(text string) string {
	_, rest, _ := strings.Cut(text, "[")
	word, _, found := strings.Cut(rest, "]")
	if !found {
		return ""
	}
	return word
}
