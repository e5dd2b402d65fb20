package introspect

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// errNoSysfs is the problem of a tree that has no view of the running kernel.
var errNoSysfs = errors.New("not in the captured tree")

// errNoNumber is the problem of an attribute that should be a number.
var errNoNumber = errors.New("no number")

// collectHardware reads procfs and sysfs; a tree of files usually has neither.
func collectHardware(c *capture) {
	out := &c.out.Hardware
	collectMachine(c)
	cpu := c.area("hardware.cpu", sourceFile)
	if data, ok := cpu.need("/proc/cpuinfo"); ok {
		out.CPU = formats.CPUInfo(data)
	}
	collectVulnerabilities(c)
	collectMemory(c)
	modules := c.area("hardware.modules", sourceFile)
	if data, ok := modules.need("/proc/modules"); ok {
		out.Modules = modulesOf(data)
	}
	collectModuleParameters(c)
	collectDKMS(c)

	out.Firmware = firmwareOf(c)
	collectPCI(c)
	collectMediatedDevices(c)
	collectUSB(c)
	iommu := c.area("hardware.iommu", sourceFile)
	if sysfs(iommu, "/sys/kernel/iommu_groups") {
		out.IOMMUGroups = len(iommu.directory("/sys/kernel/iommu_groups"))
	}
	collectTPM(c)
	collectIPMI(c)
	watchdogs := c.area("hardware.watchdogs", sourceFile)
	if sysfs(watchdogs, "/sys/class/watchdog") {
		for _, name := range watchdogs.directory("/sys/class/watchdog") {
			identity := watchdogs.attribute("/sys/class/watchdog/" + name + "/identity")
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

// attribute reads a file of sysfs that holds one line; "" when the device has no such attribute.
func (a *area) attribute(name string) string {
	content, err := a.capture.host.ReadFile(name, maxPVEFileSize)
	if err != nil {
		if !absent(err) {
			a.problem(name, err)
		}
		return ""
	}
	text, _, _ := strings.Cut(string(content.Data), "\n")
	return strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
}

// count reads an attribute that is a number; 0 when the device has no such attribute.
func (a *area) count(name string) int {
	text := a.attribute(name)
	if text == "" {
		return 0
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		a.problem(name, errNoNumber)
	}
	return number
}

// collectVulnerabilities takes what the kernel says of each known weakness of the processor.
func collectVulnerabilities(c *capture) {
	const dir = "/sys/devices/system/cpu/vulnerabilities"
	a := c.area("hardware.cpu.vulnerabilities", sourceFile)
	if !sysfs(a, dir) {
		return
	}
	for _, name := range a.directory(dir) {
		if state := a.attribute(dir + "/" + name); state != "" {
			c.out.Hardware.CPU.Vulnerabilities = append(c.out.Hardware.CPU.Vulnerabilities, snapshot.Vulnerability{Name: name, State: state})
		}
	}
}

// collectTPM finds the TPM and its version.
func collectTPM(c *capture) {
	const class = "/sys/class/tpm"
	a := c.area("hardware.tpm", sourceFile)
	if !sysfs(a, class) {
		return
	}
	chips := a.directory(class)
	if c.out.Hardware.TPM = len(chips) > 0; !c.out.Hardware.TPM {
		return
	}
	dir := class + "/" + chips[0]
	switch a.attribute(dir + "/tpm_version_major") {
	case "1":
		c.out.Hardware.TPMVersion = "1.2"
	case "2":
		c.out.Hardware.TPMVersion = "2.0"
	case "": // kernels before 5.5 tell it of TPM 1.2 only, in another file
		if c.exists(dir + "/caps") {
			c.out.Hardware.TPMVersion = "1.2"
		}
	}
}

// bmcDevices are the beginnings of the names that the kernel gives a management controller which firmware tables tell
// of, by bus. It knows such a device before any driver gives it /dev/ipmi0.
var bmcDevices = []struct{ dir, prefix string }{
	{"/sys/bus/acpi/devices", "IPI0001"},
	{"/sys/bus/platform/devices", "IPI0001"},
	{"/sys/bus/platform/devices", "dmi-ipmi-"},
	{"/sys/class/ipmi", "ipmi"},
	{"/dev", "ipmi"},
}

// collectIPMI finds out whether there is a management controller.
func collectIPMI(c *capture) {
	a := c.area("hardware.ipmi", sourceFile)
	if !c.exists("/sys/class/ipmi") && !sysfs(a, "/sys/bus/platform/devices") {
		return
	}
	for _, known := range bmcDevices {
		for _, name := range a.directory(known.dir) {
			if strings.HasPrefix(name, known.prefix) {
				c.out.Hardware.IPMI = true
				return
			}
		}
	}
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
