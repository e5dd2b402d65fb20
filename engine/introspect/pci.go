package introspect

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	pciBus  = "/sys/bus/pci/devices"
	mdevBus = "/sys/bus/mdev/devices"
)

// driverClasses are the classes of PCI devices, by their first two digits, whose modules decide whether the host comes
// up and what it can hand to guests: storage, network, display.
var driverClasses = []string{"01", "02", "03"}

// collectPCI takes the PCI devices, and the modules that claim them.
func collectPCI(c *capture) {
	a := c.area("hardware.pci", sourceFile)
	modules := c.area("hardware.pci.modules", sourceFile)
	if !sysfs(a, pciBus) {
		modules.unknown(pciBus, errNoSysfs)
		return
	}
	aliases := map[int]string{} // index of the device → its name for modules
	for i, address := range a.directory(pciBus) {
		device, alias := pciDevice(a, address)
		c.out.Hardware.PCI = append(c.out.Hardware.PCI, device)
		switch {
		case len(device.Class) < 2 || !slices.Contains(driverClasses, device.Class[:2]):
		case alias == "":
			modules.problem(pciBus+"/"+address+"/modalias", errNoSysfs)
		default:
			aliases[i] = alias
		}
	}
	claimModules(c, modules, aliases)
}

// pciDevice reads the directory of a device. Its modalias has its numbers in one file.
func pciDevice(a *area, address string) (device snapshot.PCIDevice, alias string) {
	c, dir := a.capture, pciBus+"/"+address
	// One look at the directory is cheaper than a dozen files that are not there, and servers with virtual functions
	// have hundreds of devices.
	names := a.directory(dir)
	has := func(name string) bool { _, found := slices.BinarySearch(names, name); return found }
	read := func(name string) string {
		if !has(name) {
			return ""
		}
		return a.attribute(dir + "/" + name)
	}
	alias = read("modalias")
	device, known := formats.PCIModalias(alias)
	if !known { // a copy of some files of the directory
		id := func(name string) string { return strings.TrimPrefix(read(name), "0x") }
		device.Class, device.Vendor, device.Device = id("class"), id("vendor"), id("device")
		device.SubsystemVendor, device.SubsystemDevice = id("subsystem_vendor"), id("subsystem_device")
	}
	if device.SubsystemVendor == "0000" { // the device has no such numbers
		device.SubsystemVendor, device.SubsystemDevice = "", ""
	}
	device.Address, device.BootVGA = address, read("boot_vga") == "1"
	if has("driver") {
		device.Driver = driverOf(c, dir)
	}
	if has("iommu_group") {
		if group, err := c.host.Readlink(dir + "/iommu_group"); err == nil {
			if number, err := strconv.Atoi(path.Base(group)); err == nil {
				device.IOMMUGroup = &number
			}
		}
	}
	// The kernel says -1 where the firmware told no node.
	if node, err := strconv.Atoi(read("numa_node")); err == nil && node >= 0 {
		device.NUMANode = &node
	}
	if has("sriov_totalvfs") {
		device.MaxVFs, device.VFs = a.count(dir+"/sriov_totalvfs"), a.count(dir+"/sriov_numvfs")
	}
	if has("physfn") {
		if parent, err := c.host.Readlink(dir + "/physfn"); err == nil {
			device.PhysicalFunction = path.Base(parent)
		}
	}
	if has("mdev_supported_types") {
		device.MediatedTypes = a.directory(dir + "/mdev_supported_types")
	}
	if has("nvidia") {
		vendorFunctions(a, dir+"/nvidia", &device)
	}
	return device, alias
}

// vendorFunctions reads what drivers of NVIDIA from 17 on have in place of mediated devices: a virtual function is itself
// made one of the kinds that its card still has room for. PVE names these as it names kinds of mediated devices.
func vendorFunctions(a *area, dir string, device *snapshot.PCIDevice) {
	if kind := a.attribute(dir + "/current_vgpu_type"); kind != "" && kind != "0" {
		device.VGPUType = "nvidia-" + kind
	}
	content, err := a.capture.host.ReadFile(dir+"/creatable_vgpu_types", maxPVEFileSize)
	if err != nil {
		if !absent(err) {
			a.problem(dir+"/creatable_vgpu_types", err)
		}
		return
	}
	for line := range strings.Lines(string(content.Data)) { // 1414 : NVIDIA H200X-1-18C
		if id, _, found := strings.Cut(line, ":"); found && isNumber(strings.TrimSpace(id)) {
			device.MediatedTypes = append(device.MediatedTypes, "nvidia-"+strings.TrimSpace(id))
		}
	}
	slices.Sort(device.MediatedTypes)
}

// claimModules looks up which modules of the running kernel claim devices. The devices are named by their place in the
// list of all.
func claimModules(c *capture, a *area, aliases map[int]string) {
	if len(aliases) == 0 {
		return
	}
	if c.out.Host.Kernel == "" {
		a.unknown("/proc/sys/kernel/osrelease", errAbsent)
		return
	}
	data, ok := a.need("/lib/modules/" + c.out.Host.Kernel + "/modules.alias")
	if !ok {
		return
	}
	var devices []string
	for _, alias := range aliases {
		if !slices.Contains(devices, alias) {
			devices = append(devices, alias)
		}
	}
	modules := formats.PCIModules(data, devices)
	for i, alias := range aliases {
		c.out.Hardware.PCI[i].Modules = modules[alias]
	}
}

// collectMediatedDevices takes the virtual functions of graphics cards that exist.
func collectMediatedDevices(c *capture) {
	a := c.area("hardware.mediated_devices", sourceFile)
	// The bus is there when its module is.
	modules := c.areas["hardware.modules"]
	if modules != nil && modules.Status == statusKnown && !slices.Contains(c.out.Hardware.Modules, "mdev") && !c.exists(mdevBus) {
		return
	}
	if !sysfs(a, mdevBus) {
		return
	}
	for _, uuid := range a.directory(mdevBus) {
		device := snapshot.MediatedDevice{UUID: uuid}
		if resolved, err := c.host.Resolve(mdevBus + "/" + uuid); err == nil {
			if parent := path.Base(path.Dir(resolved)); isPCIAddress(parent) {
				device.Parent = parent
			}
		}
		if kind, err := c.host.Readlink(mdevBus + "/" + uuid + "/mdev_type"); err == nil {
			device.Type = path.Base(kind)
		}
		c.out.Hardware.MediatedDevices = append(c.out.Hardware.MediatedDevices, device)
	}
}
