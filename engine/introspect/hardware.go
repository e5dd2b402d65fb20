package introspect

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// errNoSysfs is the problem of a tree that has no view of the running kernel.
var errNoSysfs = errors.New("not in the captured tree")

// efiGlobal and its variable SecureBoot are defined by the UEFI specification.
const secureBootVariable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"

// collectHardware reads procfs and sysfs; a tree of files usually has neither.
func collectHardware(c *capture) {
	out := &c.out.Hardware
	cpu := c.area("hardware.cpu", sourceFile)
	if data, ok := cpu.need("/proc/cpuinfo"); ok {
		out.CPU = formats.CPUInfo(data)
	}
	memory := c.area("hardware.memory", sourceFile)
	if data, ok := memory.need("/proc/meminfo"); ok {
		kib, err := formats.MemInfo(data)
		memory.parsed("/proc/meminfo", err)
		out.MemoryKiB = kib
	}
	modules := c.area("hardware.modules", sourceFile)
	if data, ok := modules.need("/proc/modules"); ok {
		out.Modules = modulesOf(data)
	}

	out.Firmware = firmwareOf(c)
	pci := c.area("hardware.pci", sourceFile)
	if sysfs(pci, "/sys/bus/pci/devices") {
		out.PCI = pciDevices(c, pci)
	}
	numa := c.area("hardware.numa", sourceFile)
	if sysfs(numa, "/sys/devices/system/node") {
		out.NUMANodes = len(matching(numa.directory("/sys/devices/system/node"), isNUMANode))
	}
	iommu := c.area("hardware.iommu", sourceFile)
	if sysfs(iommu, "/sys/kernel/iommu_groups") {
		out.IOMMUGroups = len(iommu.directory("/sys/kernel/iommu_groups"))
	}
	tpm := c.area("hardware.tpm", sourceFile)
	if sysfs(tpm, "/sys/class/tpm") {
		out.TPM = len(tpm.directory("/sys/class/tpm")) > 0
	}
	watchdogs := c.area("hardware.watchdogs", sourceFile)
	if sysfs(watchdogs, "/sys/class/watchdog") {
		for _, name := range watchdogs.directory("/sys/class/watchdog") {
			identity := c.line("/sys/class/watchdog/" + name + "/identity")
			out.Watchdogs = append(out.Watchdogs, strings.TrimSpace(name+" "+identity))
		}
	}
}

// sysfs says whether a directory of sysfs can tell about the hardware. A running
// kernel has no directory for what it has no driver for; a tree that lacks the
// directory has not copied it, and the area is unknown.
func sysfs(a *area, dir string) bool {
	c := a.capture
	if c.exists(dir) || c.host.Live() && c.exists("/sys/class") {
		return true
	}
	a.unknown(dir, errNoSysfs)
	return false
}

func firmwareOf(c *capture) snapshot.Firmware {
	a := c.area("hardware.firmware", sourceFile)
	if !sysfs(a, "/sys/firmware") {
		return snapshot.Firmware{}
	}
	if !c.exists("/sys/firmware/efi") {
		return snapshot.Firmware{Kind: "bios"}
	}
	firmware := snapshot.Firmware{Kind: "uefi"}
	content, err := c.host.ReadFile(secureBootVariable, maxPVEFileSize)
	switch {
	case err == nil && len(content.Data) == 5: // four bytes of attributes, one of value
		firmware.SecureBoot = content.Data[4] == 1
	case err == nil:
		a.problem(secureBootVariable, errors.New("not the five bytes of a variable"))
	case !absent(err): // firmware without the variable knows no Secure Boot
		a.problem(secureBootVariable, err)
	}
	return firmware
}

func pciDevices(c *capture, a *area) []snapshot.PCIDevice {
	var out []snapshot.PCIDevice
	for _, address := range a.directory("/sys/bus/pci/devices") {
		dir := "/sys/bus/pci/devices/" + address
		id := func(name string) string { return strings.TrimPrefix(c.line(dir+"/"+name), "0x") }
		device := snapshot.PCIDevice{
			Address: address, Class: id("class"), Vendor: id("vendor"), Device: id("device"),
			Driver: driverOf(c, dir),
		}
		if group, err := c.host.Readlink(dir + "/iommu_group"); err == nil {
			if number, err := strconv.Atoi(path.Base(group)); err == nil {
				device.IOMMUGroup = &number
			}
		}
		out = append(out, device)
	}
	return out
}

func isNUMANode(name string) bool {
	digits, found := strings.CutPrefix(name, "node")
	return found && isNumber(digits)
}

func matching(names []string, keep func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !keep(name) })
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isPCIAddress says whether text is domain:bus:slot.function, as in 0000:00:1f.6.
func isPCIAddress(text string) bool {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ':' || r == '.' })
	if len(fields) != 4 || len(text) < len("0000:00:1f.6") || strings.Count(text, ":") != 2 {
		return false
	}
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.Trim(f, "0123456789abcdef") != "" })
}

// modulesOf are the names in /proc/modules.
func modulesOf(data []byte) []string {
	var names []string
	for line := range strings.Lines(string(data)) {
		if name, _, _ := strings.Cut(line, " "); strings.TrimSpace(name) != "" {
			names = append(names, strings.TrimSpace(name))
		}
	}
	slices.Sort(names)
	return names
}
