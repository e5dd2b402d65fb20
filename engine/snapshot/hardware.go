package snapshot

// Hardware is what the machine is made of.
type Hardware struct {
	// CPU is the processor.
	CPU CPU `json:"cpu"`
	// MemoryKiB is the installed memory.
	MemoryKiB int64 `json:"memory_kib,omitempty"`
	// Firmware is how the machine boots.
	Firmware Firmware `json:"firmware"`
	// Modules are the loaded kernel modules.
	Modules []string `json:"modules"`
	// PCI are the PCI devices.
	PCI []PCIDevice `json:"pci"`
	// NUMANodes is the number of memory nodes.
	NUMANodes int `json:"numa_nodes,omitempty"`
	// NUMA are the memory nodes.
	NUMA []NUMANode `json:"numa"`
	// Hugepages are the pools of huge pages.
	Hugepages []HugepagePool `json:"hugepages"`
	// TransparentHugepages is always, madvise or never.
	TransparentHugepages string `json:"transparent_hugepages,omitempty"`
	// KSM is the sharing of equal pages.
	KSM KSM `json:"ksm"`
	// ModuleParameters are parameters of loaded modules that decide how guests run (kvm, kvm_intel, kvm_amd, zfs, vfio …).
	ModuleParameters []ModuleParameter `json:"module_parameters"`
	// DKMS are the modules that are built on this host.
	DKMS []DKMSModule `json:"dkms"`
	// USB are the USB devices, hubs included, root hubs left out.
	USB []USBDevice `json:"usb"`
	// MediatedDevices are the virtual functions of graphics cards that exist.
	MediatedDevices []MediatedDevice `json:"mediated_devices"`
	// IOMMUGroups is the number of IOMMU groups; 0 when the IOMMU is off.
	IOMMUGroups int `json:"iommu_groups"`
	// TPM is true when there is one.
	TPM bool `json:"tpm"`
	// TPMVersion is 1.2 or 2.0.
	TPMVersion string `json:"tpm_version,omitempty"`
	// IPMI is true when there is a management controller.
	IPMI bool `json:"ipmi"`
	// Watchdogs are the watchdog devices.
	Watchdogs []string `json:"watchdogs"`
}

// CPU is the processor.
type CPU struct {
	// Vendor is GenuineIntel, AuthenticAMD …
	Vendor string `json:"vendor,omitempty"`
	// Model is the model name.
	Model string `json:"model,omitempty"`
	// Threads is the number of logical processors.
	Threads int `json:"threads,omitempty"`
	// Flags are those of /proc/cpuinfo.
	Flags []string `json:"flags"`
	// Family, ModelNumber and Stepping are the processor's numbers.
	Family      string `json:"family,omitempty"`
	ModelNumber string `json:"model_number,omitempty"`
	Stepping    string `json:"stepping,omitempty"`
	// Microcode is the revision that is loaded.
	Microcode string `json:"microcode,omitempty"`
	// Sockets and Cores are physical.
	Sockets int `json:"sockets,omitempty"`
	Cores   int `json:"cores,omitempty"`
	// Vulnerabilities are what the kernel says of each known weakness.
	Vulnerabilities []Vulnerability `json:"vulnerabilities"`
}

// Vulnerability is what the kernel says of a weakness of the processor.
type Vulnerability struct {
	_ struct{} `key:"name"`
	// Name is the kernel's word.
	Name string `json:"name"`
	// State begins with "Not affected", "Mitigation" or "Vulnerable", for some weaknesses after "KVM: ".
	State string `json:"state"`
}

// NUMANode is a memory node.
type NUMANode struct {
	_ struct{} `key:"id"`
	// ID is its number.
	ID int `json:"id"`
	// CPUs is the kernel's list of processors, as in 0-7,16-23.
	CPUs string `json:"cpus"`
	// MemoryKiB is its memory.
	MemoryKiB int64 `json:"memory_kib"`
}

// HugepagePool is a pool of huge pages.
type HugepagePool struct {
	_ struct{} `key:"size_kib"`
	// SizeKiB is the size of a page.
	SizeKiB int `json:"size_kib"`
	// Total and Free are numbers of pages.
	Total int `json:"total"`
	Free  int `json:"free"`
}

// KSM is the kernel's sharing of equal pages.
type KSM struct {
	// Run is true when it runs.
	Run bool `json:"run"`
}

// ModuleParameter is a parameter of a loaded module.
type ModuleParameter struct {
	_ struct{} `key:"module name"`
	// Module and Name say which.
	Module string `json:"module"`
	Name   string `json:"name"`
	// Value is the text that sysfs shows.
	Value string `json:"value"`
}

// DKMSModule is a module that is built on this host.
type DKMSModule struct {
	_ struct{} `key:"name version"`
	// Name and Version are DKMS's.
	Name    string `json:"name"`
	Version string `json:"version"`
	// Kernels are the releases that it is built for.
	Kernels []string `json:"kernels"`
}

// USBDevice is a USB device.
type USBDevice struct {
	_ struct{} `key:"path"`
	// Path is the bus and the ports, as in 1-4.2.
	Path string `json:"path"`
	// Vendor and Product are ids of four hexadecimal digits.
	Vendor  string `json:"vendor"`
	Product string `json:"product"`
	// Manufacturer and Name are the device's own words.
	Manufacturer string `json:"manufacturer,omitempty"`
	Name         string `json:"name,omitempty"`
	// Class is the device class, two hexadecimal digits; 09 is a hub.
	Class string `json:"class"`
}

// MediatedDevice is a virtual function of a graphics card.
type MediatedDevice struct {
	_ struct{} `key:"uuid"`
	// UUID is its name.
	UUID string `json:"uuid"`
	// Parent is the PCI address, Type the kind of function.
	Parent string `json:"parent"`
	Type   string `json:"type"`
}

// Firmware is how the machine boots.
type Firmware struct {
	// Kind is uefi or bios; absent when it could not be learnt.
	Kind string `json:"kind,omitempty" schema:"enum=uefi|bios"`
	// SecureBoot is true when the firmware enforces it.
	SecureBoot bool `json:"secure_boot"`
	// SetupMode is true when anybody may enrol keys.
	SetupMode bool `json:"setup_mode,omitempty"`
	// BootCurrent is the number of the entry that was booted, BootOrder the order of the entries, BootNext one for the next boot only.
	BootCurrent string   `json:"boot_current,omitempty"`
	BootNext    string   `json:"boot_next,omitempty"`
	BootOrder   []string `json:"boot_order"`
	// Entries are the boot entries of the firmware.
	Entries []EFIEntry `json:"entries"`
	// LoaderInfo is what the boot loader said of itself.
	LoaderInfo string `json:"loader_info,omitempty"`
}

// EFIEntry is a boot entry of UEFI firmware.
type EFIEntry struct {
	_ struct{} `key:"number"`
	// Number is four hexadecimal digits.
	Number string `json:"number"`
	// Name is the description.
	Name string `json:"name"`
	// Active is true when the firmware may choose it.
	Active bool `json:"active"`
	// PartitionUUID is the partition of the file, where the entry names one.
	PartitionUUID string `json:"partition_uuid,omitempty"`
	// File is the path of the program on that partition.
	File string `json:"file,omitempty"`
}

// PCIDevice is a PCI device.
type PCIDevice struct {
	_ struct{} `key:"address"`
	// Address is domain:bus:slot.function.
	Address string `json:"address"`
	// Class is the class code, six hexadecimal digits.
	Class string `json:"class"`
	// Vendor and Device are ids of four hexadecimal digits.
	Vendor string `json:"vendor"`
	Device string `json:"device"`
	// Driver is the bound driver.
	Driver string `json:"driver,omitempty"`
	// IOMMUGroup is the group's number; absent without an IOMMU.
	IOMMUGroup *int `json:"iommu_group,omitempty"`
	// SubsystemVendor and SubsystemDevice are ids of four hexadecimal digits.
	SubsystemVendor string `json:"subsystem_vendor,omitempty"`
	SubsystemDevice string `json:"subsystem_device,omitempty"`
	// NUMANode is the memory node that it is at; absent where the firmware does not say.
	NUMANode *int `json:"numa_node,omitempty"`
	// BootVGA is true for the card that the firmware shows its screen on.
	BootVGA bool `json:"boot_vga,omitempty"`
	// VFs is the number of SR-IOV functions that are switched on, MaxVFs what the device can have.
	VFs    int `json:"vfs,omitempty"`
	MaxVFs int `json:"max_vfs,omitempty"`
	// PhysicalFunction is the device that a virtual function belongs to.
	PhysicalFunction string `json:"physical_function,omitempty"`
	// VGPUType is the kind of NVIDIA vGPU that a virtual function is, as in nvidia-1414, where the driver knows no mediated devices.
	VGPUType string `json:"vgpu_type,omitempty"`
	// MediatedTypes are the kinds of mediated devices, or of vGPU, that it can make.
	MediatedTypes []string `json:"mediated_types"`
	// Modules are the kernel modules that claim such a device; looked up for storage, network and display.
	Modules []string `json:"modules"`
}
