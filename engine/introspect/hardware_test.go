package introspect

import (
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// serverSysfs is what sysfs and procfs show of a server with two sockets, a card with virtual functions, a graphics card that is
// handed to a guest, and a management controller.
func serverSysfs() map[string]string {
	tree := map[string]string{
		"sys/class/dmi/id/sys_vendor": "Supermicro\n", "sys/class/dmi/id/product_name": "AS -1114S-WN10RT\n", "sys/class/dmi/id/board_name": "H12SSW-NTR\n",
		"sys/class/dmi/id/bios_version": "2.8\n", "sys/class/dmi/id/bios_date": "02/21/2024\n",
		"sys/class/dmi/id/product_serial": "SECRETMUSTNOTLEAVETHISHOST\n", "sys/class/dmi/id/product_uuid": "SECRETMUSTNOTLEAVETHISHOST\n",

		"sys/devices/system/cpu/vulnerabilities/meltdown": "Not affected\n", "sys/devices/system/cpu/vulnerabilities/itlb_multihit": "KVM: Mitigation: VMX disabled\n",

		"sys/devices/system/node/online":        "0-1,10\n",
		"sys/devices/system/node/node0/cpulist": "0-15,32-47\n", "sys/devices/system/node/node0/meminfo": "Node 0 MemTotal:       65000000 kB\n",
		"sys/devices/system/node/node10/cpulist": "\n", "sys/devices/system/node/node10/meminfo": "Node 10 MemTotal:       1000 kB\n",
		"sys/devices/system/node/node2/cpulist": "16-31,48-63\n", "sys/devices/system/node/node2/meminfo": "Node 2 MemTotal:       66000000 kB\n",

		"sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages": "0\n", "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages": "0\n",
		"sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages": "64\n", "sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages": "48\n",
		"sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
		"sys/kernel/mm/ksm/run":                      "1\n", "sys/kernel/mm/ksm/pages_sharing": "123456\n",

		"sys/module/kvm_amd/parameters/nested": "1\n", "sys/module/kvm_amd/parameters/avic": "N\n", "sys/module/kvm_amd/parameters/other": "1\n",
		"sys/module/zfs/parameters/zfs_arc_max": "17179869184\n", "sys/module/e1000/parameters/debug": "0\n",

		"sys/bus/platform/devices/dmi-ipmi-ssif.0/x": "", "sys/class/tpm/tpm0/tpm_version_major": "2\n",
		"sys/class/watchdog/watchdog0/identity": "SP5100 TCO timer\n",

		"proc/sys/kernel/osrelease": "6.8.12-9-pve\n",
		"lib/modules/6.8.12-9-pve/modules.alias": "alias pci:v00008086d00001592sv*sd*bc*sc*i* ice\nalias pci:v00008086d00001889sv*sd*bc*sc*i* iavf\n" +
			"alias pci:v000010DEd*sv*sd*bc03sc00i00* nouveau\nalias pci:v000010DEd*sv*sd*bc03sc00i00* nvidiafb\nalias pci:v000010DEd*sv*sd*bc04sc03i00* snd_hda_intel\n",

		"sys/bus/mdev/devices/4b20d080-1b54-4048-85b3-a6a62d165c01":                                   "-> ../../../devices/pci0000:00/0000:00:02.0/4b20d080-1b54-4048-85b3-a6a62d165c01",
		"sys/devices/pci0000:00/0000:00:02.0/4b20d080-1b54-4048-85b3-a6a62d165c01/mdev_type":          "-> ../mdev_supported_types/i915-GVTg_V5_4",
		"sys/devices/pci0000:00/0000:00:02.0/mdev_supported_types/i915-GVTg_V5_4/available_instances": "1\n",
		"sys/devices/pci0000:00/0000:00:02.0/mdev_supported_types/i915-GVTg_V5_8/available_instances": "2\n",
		"sys/bus/usb/devices/usb1/bDeviceClass":                                                       "09\n", "sys/bus/usb/devices/1-0:1.0/bInterfaceClass": "09\n",
		"sys/bus/usb/devices/1-4/idVendor": "05e3\n", "sys/bus/usb/devices/1-4/idProduct": "0610\n", "sys/bus/usb/devices/1-4/bDeviceClass": "09\n", "sys/bus/usb/devices/1-4/product": "USB2.1 Hub\n",
		"sys/bus/usb/devices/1-4.2/idVendor": "10c4\n", "sys/bus/usb/devices/1-4.2/idProduct": "ea60\n", "sys/bus/usb/devices/1-4.2/bDeviceClass": "00\n",
		"sys/bus/usb/devices/1-4.2/manufacturer": "ITEAD\n", "sys/bus/usb/devices/1-4.2/product": "SONOFF Zigbee \xff 3.0\n", "sys/bus/usb/devices/1-4.2/serial": "SECRETMUSTNOTLEAVETHISHOST\n",
		"sys/bus/usb/devices/1-4.2:1.0/bInterfaceClass": "ff\n",
	}
	pci := func(address, class, vendor, device string, more map[string]string) {
		dir := "sys/devices/pci0000:00/" + address + "/"
		tree["sys/bus/pci/devices/"+address] = "-> ../../../devices/pci0000:00/" + address
		tree[dir+"modalias"] = fmt.Sprintf("pci:v0000%sd0000%ssv000015D9sd00000002bc%ssc%si%s\n", strings.ToUpper(vendor), strings.ToUpper(device), class[:2], class[2:4], class[4:])
		for name, text := range map[string]string{"class": "0x" + class, "vendor": "0x" + vendor, "device": "0x" + device, "subsystem_vendor": "0x15d9", "subsystem_device": "0x0002", "numa_node": "-1"} {
			tree[dir+name] = text + "\n"
		}
		for name, text := range more {
			tree[dir+name] = text
		}
	}
	pci("0000:00:02.0", "030000", "8086", "3e9b", map[string]string{"boot_vga": "1\n", "driver": "-> ../../../bus/pci/drivers/i915",
		"modalias": "pci:v00008086d00003E9Bsv00000000sd00000000bc03sc00i00\n"})
	pci("0000:01:00.0", "030000", "10de", "1b80",
		map[string]string{"boot_vga": "0\n", "driver": "-> ../../../bus/pci/drivers/vfio-pci", "iommu_group": "-> ../../../kernel/iommu_groups/14", "numa_node": "1\n"})
	pci("0000:01:00.1", "040300", "10de", "10f0", map[string]string{"modalias": "\n"})
	pci("0000:41:00.0", "020000", "8086", "1592",
		map[string]string{"sriov_totalvfs": "128\n", "sriov_numvfs": "1\n"})
	pci("0000:41:01.0", "020000", "8086", "1889", map[string]string{"physfn": "-> ../0000:41:00.0",
		"nvidia/current_vgpu_type": "1414\n", "nvidia/creatable_vgpu_types": "ID    : vGPU Name\n1428  : NVIDIA H200X-141C\n1414  : NVIDIA H200X-1-18C\n"})
	return tree
}

func number(n int) *int { return &n }

func TestHardwareOfAServer(t *testing.T) {
	root := writeTree(t, serverSysfs())
	s := captureTree(t, root)
	for _, area := range []string{"host.machine", "hardware.cpu.vulnerabilities", "hardware.numa", "hardware.hugepages", "hardware.transparent_hugepages", "hardware.ksm", "hardware.module_parameters",
		"hardware.pci", "hardware.pci.modules", "hardware.mediated_devices", "hardware.usb", "hardware.tpm", "hardware.ipmi", "hardware.watchdogs"} {
		if a := areaOf(t, s, area); a.Status != statusKnown {
			t.Errorf("%+v", a)
		}
	}
	host := s.Host
	if got, want := []string{host.Vendor, host.Product, host.Board, host.FirmwareVersion, host.FirmwareDate}, []string{"Supermicro", "AS -1114S-WN10RT", "H12SSW-NTR", "2.8", "02/21/2024"}; !cmp.Equal(got, want) {
		t.Errorf("machine %q", got)
	}
	got := s.Hardware
	got.CPU = snapshot.CPU{Vulnerabilities: got.CPU.Vulnerabilities}
	none := []string{}
	want := snapshot.Hardware{
		CPU:        snapshot.CPU{Vulnerabilities: []snapshot.Vulnerability{{Name: "itlb_multihit", State: "KVM: Mitigation: VMX disabled"}, {Name: "meltdown", State: "Not affected"}}},
		Firmware:   snapshot.Firmware{BootOrder: none, Entries: []snapshot.EFIEntry{}},
		Modules:    none,
		NUMANodes:  3,
		NUMA:       []snapshot.NUMANode{{ID: 0, CPUs: "0-15,32-47", MemoryKiB: 65000000}, {ID: 2, CPUs: "16-31,48-63", MemoryKiB: 66000000}, {ID: 10, MemoryKiB: 1000}},
		Hugepages:  []snapshot.HugepagePool{{SizeKiB: 2048}, {SizeKiB: 1048576, Total: 64, Free: 48}},
		KSM:        snapshot.KSM{Run: true},
		TPM:        true,
		TPMVersion: "2.0",
		IPMI:       true,
		Watchdogs:  []string{"watchdog0 SP5100 TCO timer"},

		TransparentHugepages: "madvise",
		ModuleParameters: []snapshot.ModuleParameter{
			{Module: "kvm_amd", Name: "avic", Value: "N"}, {Module: "kvm_amd", Name: "nested", Value: "1"}, {Module: "zfs", Name: "zfs_arc_max", Value: "17179869184"},
		},
		DKMS:            []snapshot.DKMSModule{},
		MediatedDevices: []snapshot.MediatedDevice{{UUID: "4b20d080-1b54-4048-85b3-a6a62d165c01", Parent: "0000:00:02.0", Type: "i915-GVTg_V5_4"}},
		USB: []snapshot.USBDevice{
			{Path: "1-4", Vendor: "05e3", Product: "0610", Name: "USB2.1 Hub", Class: "09"},
			{Path: "1-4.2", Vendor: "10c4", Product: "ea60", Manufacturer: "ITEAD", Name: "SONOFF Zigbee \uFFFD 3.0", Class: "00"},
		},
		PCI: []snapshot.PCIDevice{
			{Address: "0000:00:02.0", Class: "030000", Vendor: "8086", Device: "3e9b", Driver: "i915", BootVGA: true, MediatedTypes: []string{"i915-GVTg_V5_4", "i915-GVTg_V5_8"}, Modules: none},
			{Address: "0000:01:00.0", Class: "030000", Vendor: "10de", Device: "1b80", Driver: "vfio-pci", SubsystemVendor: "15d9", SubsystemDevice: "0002", IOMMUGroup: number(14), NUMANode: number(1), MediatedTypes: none, Modules: []string{"nouveau", "nvidiafb"}},
			{Address: "0000:01:00.1", Class: "040300", Vendor: "10de", Device: "10f0", SubsystemVendor: "15d9", SubsystemDevice: "0002", MediatedTypes: none, Modules: none},
			{Address: "0000:41:00.0", Class: "020000", Vendor: "8086", Device: "1592", SubsystemVendor: "15d9", SubsystemDevice: "0002", VFs: 1, MaxVFs: 128, MediatedTypes: none, Modules: []string{"ice"}},
			{Address: "0000:41:01.0", Class: "020000", Vendor: "8086", Device: "1889", SubsystemVendor: "15d9", SubsystemDevice: "0002", PhysicalFunction: "0000:41:00.0", MediatedTypes: []string{"nvidia-1414", "nvidia-1428"}, VGPUType: "nvidia-1414", Modules: []string{"iavf"}},
		},
	}
	if diff := cmp.Diff(want, got, ignoreMarks); diff != "" {
		t.Errorf("- want, + captured\n%s", diff)
	}
	text := encode(t, s)
	if bytes.Contains(text, []byte("SECRETMUSTNOTLEAVETHISHOST")) {
		t.Error("a serial number came out")
	}
	if again := encode(t, captureTree(t, root)); !bytes.Equal(bytes.ReplaceAll(text, []byte(root), nil), bytes.ReplaceAll(again, []byte(root), nil)) {
		t.Error("two captures differ")
	}
	assertProblemsExplainAreas(t, s)
}

// ignoreMarks leaves the blank fields out that tell the schema about a type.
var ignoreMarks = cmp.FilterPath(func(p cmp.Path) bool {
	field, ok := p.Last().(cmp.StructField)
	return ok && field.Name() == "_"
}, cmp.Ignore())

func TestHardwareThatIsUnknownIsNotNone(t *testing.T) {
	server := serverSysfs()
	without := func(remove ...string) map[string]string {
		tree := maps.Clone(server)
		for _, name := range remove {
			delete(tree, name)
		}
		return tree
	}
	with := func(name, text string) map[string]string {
		tree := maps.Clone(server)
		tree[name] = text
		return tree
	}
	const nothing = "etc/hostname"
	for _, c := range []struct {
		name   string
		tree   map[string]string
		area   string
		status string
	}{
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "host.machine", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.cpu.vulnerabilities", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.usb", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.mediated_devices", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.ipmi", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.module_parameters", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.ksm", statusUnknown},
		{"no copy of sysfs", map[string]string{nothing: "a\n"}, "hardware.pci.modules", statusUnknown},
		{"the kernel's aliases are not there", without("lib/modules/6.8.12-9-pve/modules.alias"), "hardware.pci.modules", statusUnknown},
		{"the kernel is not known", without("proc/sys/kernel/osrelease"), "hardware.pci.modules", statusUnknown},
		{"a network card whose name for modules is not there", without("sys/devices/pci0000:00/0000:41:00.0/modalias"), "hardware.pci.modules", statusPartial},
		{"a device whose modules do not matter", without("sys/devices/pci0000:00/0000:01:00.1/modalias"), "hardware.pci.modules", statusKnown},
		{"the devices are known without their modules", without("proc/sys/kernel/osrelease"), "hardware.pci", statusKnown},
		{"a node without its memory", without("sys/devices/system/node/node0/meminfo"), "hardware.numa", statusPartial},
		{"huge pages that are no number", with("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "many\n"), "hardware.hugepages", statusPartial},
		{"an attribute that cannot be read", with("sys/class/dmi/id/bios_vendor/x", ""), "host.machine", statusKnown},
		{"an attribute that is asked for and cannot be read", func() map[string]string {
			tree := without("sys/class/dmi/id/bios_date")
			tree["sys/class/dmi/id/bios_date/x"] = ""
			return tree
		}(), "host.machine", statusPartial},
		{"without the module of mediated devices there are none", map[string]string{"proc/modules": "kvm 1 0 - Live 0x0\n"}, "hardware.mediated_devices", statusKnown},
		{"with the module of mediated devices there may be some", map[string]string{"proc/modules": "mdev 1 0 - Live 0x0\n"}, "hardware.mediated_devices", statusUnknown},
		{"packages without a tree of DKMS", map[string]string{"var/lib/dpkg/status": "Package: dpkg\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n"}, "hardware.dkms", statusKnown},
		{"neither packages nor a tree of DKMS", map[string]string{nothing: "a\n"}, "hardware.dkms", statusUnknown},
	} {
		t.Run(c.name+", "+c.area, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.tree))
			if a := areaOf(t, s, c.area); a.Status != c.status {
				t.Errorf("%+v, want %s", a, c.status)
			}
			assertProblemsExplainAreas(t, s)
		})
	}
}

func TestVersionOfTheTPM(t *testing.T) {
	for _, c := range []struct {
		tree map[string]string
		tpm  bool
		want string
	}{
		{map[string]string{"sys/class/tpm/tpm0/tpm_version_major": "1\n"}, true, "1.2"},
		{map[string]string{"sys/class/tpm/tpm0/caps": "Manufacturer: 0x49465800\nTCG version: 1.2\n"}, true, "1.2"},
		{map[string]string{"sys/class/tpm/tpm0/dev": "10:224\n"}, true, ""},
		{map[string]string{"sys/class/tpm/.keep": ""}, false, ""},
	} {
		h := captureTree(t, writeTree(t, c.tree)).Hardware
		if h.TPM != c.tpm || h.TPMVersion != c.want {
			t.Errorf("%v: %t %q", c.tree, h.TPM, h.TPMVersion)
		}
	}
}

func TestManagementController(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want bool
	}{
		"of ACPI, without its driver":    {"sys/bus/acpi/devices/IPI0001:00/hid", true},
		"of the firmware's tables":       {"sys/bus/platform/devices/dmi-ipmi-si.0/x", true},
		"with its device":                {"sys/class/ipmi/ipmi0/dev", true},
		"none among the other devices":   {"sys/bus/platform/devices/i8042/x", false},
		"none, though there is a driver": {"sys/class/ipmi/.keep", false},
	} {
		tree := map[string]string{"sys/bus/platform/devices/serial8250/x": "", c.file: ""}
		if got := captureTree(t, writeTree(t, tree)).Hardware.IPMI; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestModulesOfDKMS(t *testing.T) {
	const dir = "var/lib/dkms/"
	s := captureTree(t, writeTree(t, map[string]string{
		dir + "dkms_dbversion":                                          "3.0.0\n",
		dir + "nvidia/550.144.03/source":                                "-> /usr/src/nvidia-550.144.03",
		dir + "nvidia/550.144.03/6.8.12-9-pve/x86_64/module/nvidia.ko":  "",
		dir + "nvidia/550.144.03/6.8.12-11-pve/x86_64/module/nvidia.ko": "",
		dir + "nvidia/550.144.03/6.8.12-13-pve/x86_64/log/make.log":     "failed",
		dir + "nvidia/550.144.03/build/nvidia.c":                        "",
		dir + "nvidia/535.1/source":                                     "-> /usr/src/nvidia-535.1",
		dir + "nvidia/kernel-6.8.12-9-pve-x86_64":                       "-> 550.144.03/6.8.12-9-pve/x86_64",
		dir + "nvidia/original_module/6.8.12-9-pve/x86_64/nvidia.ko":    "",
		dir + "vendor-reset/0.1.1/6.8.12-9-pve/x86_64/module/v.ko.zst":  "",
	}))
	want := []snapshot.DKMSModule{
		{Name: "nvidia", Version: "535.1", Kernels: []string{}},
		{Name: "nvidia", Version: "550.144.03", Kernels: []string{"6.8.12-11-pve", "6.8.12-9-pve"}},
		{Name: "vendor-reset", Version: "0.1.1", Kernels: []string{"6.8.12-9-pve"}},
	}
	if diff := cmp.Diff(want, s.Hardware.DKMS, ignoreMarks); diff != "" {
		t.Error(diff)
	}
	if a := areaOf(t, s, "hardware.dkms"); a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
}

func TestChosen(t *testing.T) {
	for text, want := range map[string]string{"always [madvise] never": "madvise", "[always] madvise": "always", "": "", "always": "", "[never": ""} {
		if got := chosen(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// BenchmarkPCI is a server with four cards of 128 virtual functions each.
func BenchmarkPCI(b *testing.B) {
	tree := serverSysfs()
	for i := range 512 {
		address := fmt.Sprintf("0000:%02x:%02x.%d", 0x80+i/256, i/8%32, i%8)
		dir := "sys/devices/pci0000:80/" + address + "/"
		tree["sys/bus/pci/devices/"+address] = "-> ../../../devices/pci0000:80/" + address
		for name, text := range map[string]string{"class": "0x020000", "vendor": "0x8086", "device": "0x1889", "subsystem_vendor": "0x8086", "subsystem_device": "0x0000",
			"numa_node": "1", "modalias": "pci:v00008086d00001889sv00008086sd00000000bc02sc00i00"} {
			tree[dir+name] = text + "\n"
		}
		for name, target := range map[string]string{"physfn": "../0000:41:00.0", "driver": "../../../bus/pci/drivers/iavf", "iommu_group": "../../../kernel/iommu_groups/" + fmt.Sprint(i)} {
			tree[dir+name] = "-> " + target
		}
		for j := range 25 {
			tree[fmt.Sprintf("%sattribute%d", dir, j)] = ""
		}
	}
	host := &machine{tree: openTest(b, writeTree(b, tree))}
	for b.Loop() {
		c := newCapture(b.Context(), host, Options{})
		c.out.Host.Kernel = "6.8.12-9-pve"
		collectPCI(c)
		if len(c.out.Hardware.PCI) != 517 {
			b.Fatal(len(c.out.Hardware.PCI))
		}
	}
}
