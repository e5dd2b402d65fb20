package libvirt

import "encoding/xml"

// Domain is a virtual machine, in the order in which libvirt writes it.
type Domain struct {
	XMLName xml.Name `json:"-" xml:"domain"`
	// Type is kvm or qemu.
	Type string `json:"type" xml:"type,attr"`
	// XMLNSQemu is set where QEMU is told something beside libvirt's words.
	XMLNSQemu     string         `json:"-" xml:"xmlns:qemu,attr,omitempty"`
	Name          string         `json:"name" xml:"name"`
	UUID          string         `json:"uuid" xml:"uuid,omitempty"`
	GenID         string         `json:"genid" xml:"genid,omitempty"`
	Title         string         `json:"title" xml:"title,omitempty"`
	Description   string         `json:"description" xml:"description,omitempty"`
	Metadata      *Metadata      `json:"metadata" xml:"metadata"`
	MaxMemory     *MaxMemory     `json:"max_memory" xml:"maxMemory"`
	Memory        *Size          `json:"memory" xml:"memory"`
	CurrentMemory *Size          `json:"current_memory" xml:"currentMemory"`
	MemoryBacking *MemoryBacking `json:"memory_backing" xml:"memoryBacking"`
	VCPU          *VCPU          `json:"vcpu" xml:"vcpu"`
	VCPUs         *VCPUs         `json:"vcpus" xml:"vcpus"`
	// IOThreads is how many there are, numbered from 1.
	IOThreads      int64           `json:"iothreads" xml:"iothreads,omitempty"`
	CPUTune        *CPUTune        `json:"cputune" xml:"cputune"`
	NUMATune       *NUMATune       `json:"numatune" xml:"numatune"`
	SysInfo        *SysInfo        `json:"sysinfo" xml:"sysinfo"`
	OS             *OS             `json:"os" xml:"os"`
	Features       *Features       `json:"features" xml:"features"`
	CPU            *CPU            `json:"cpu" xml:"cpu"`
	Clock          *Clock          `json:"clock" xml:"clock"`
	OnPoweroff     string          `json:"on_poweroff" xml:"on_poweroff,omitempty"`
	OnReboot       string          `json:"on_reboot" xml:"on_reboot,omitempty"`
	OnCrash        string          `json:"on_crash" xml:"on_crash,omitempty"`
	PM             *PM             `json:"pm" xml:"pm"`
	Devices        *Devices        `json:"devices" xml:"devices"`
	LaunchSecurity *LaunchSecurity `json:"launch_security" xml:"launchSecurity"`
	Commandline    *Commandline    `json:"commandline" xml:"qemu:commandline"`
	Override       *Override       `json:"override" xml:"qemu:override"`
	// BootOrder is the place of devices by key: {"scsi0": 1, "net0": 2}. Each becomes the boot element of the disk,
	// interface, hostdev or redirdev of that key; a key without a device says nothing.
	BootOrder map[string]int64 `json:"boot_order" xml:"-"`
}

// boot gives the devices their places.
func (d *Domain) boot() {
	if d.Devices == nil {
		return
	}
	for key, order := range d.BootOrder {
		boot := &Boot{Order: order}
		if v := d.Devices.Disks[key]; v != nil {
			v.Boot = boot
		}
		if v := d.Devices.Interfaces[key]; v != nil {
			v.Boot = boot
		}
		if v := d.Devices.Hostdevs[key]; v != nil {
			v.Boot = boot
		}
		if v := d.Devices.Redirdevs[key]; v != nil {
			v.Boot = boot
		}
	}
}

// Size is an amount with its unit: KiB, MiB, GiB, bytes, k, M.
type Size struct {
	Unit  string `json:"unit" xml:"unit,attr,omitempty"`
	Value int64  `json:"value" xml:",chardata"`
}

// MaxMemory is what memory can grow to by plugging.
type MaxMemory struct {
	Slots int64  `json:"slots" xml:"slots,attr,omitempty"`
	Unit  string `json:"unit" xml:"unit,attr,omitempty"`
	Value int64  `json:"value" xml:",chardata"`
}

// Metadata is what libvirt keeps for others.
type Metadata struct {
	OSInfo *OSInfo `json:"osinfo" xml:"libosinfo:libosinfo"`
	Guest  *Guest  `json:"guest" xml:"pve:guest"`
}

// OSInfo tells tools such as virt-manager what runs in the guest.
type OSInfo struct {
	OS OSInfoID `json:"os" xml:"libosinfo:os"`
}

// MarshalXML adds the name space.
func (o OSInfo) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "xmlns:libosinfo"}, Value: "http://libosinfo.org/xmlns/libvirt/domain/1.0"})
	type plain OSInfo
	return e.EncodeElement(plain(o), start)
}

// OSInfoID is the id of an operating system in libosinfo's database.
type OSInfoID struct {
	ID string `json:"id" xml:"id,attr"`
}

// Guest is what PVE knew of the guest and libvirt has no word for.
type Guest struct {
	VMID       int64    `json:"vmid" xml:"vmid,attr"`
	OSType     string   `json:"ostype" xml:"ostype,attr,omitempty"`
	Template   *YesNo   `json:"template" xml:"template,attr,omitempty"`
	Protection *YesNo   `json:"protection" xml:"protection,attr,omitempty"`
	Tags       []string `json:"tags" xml:"pve:tag"`
}

// MarshalXML adds the name space.
func (g Guest) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "xmlns:pve"}, Value: "https://pve2nix.org/xmlns/libvirt/guest/1"})
	type plain Guest
	return e.EncodeElement(plain(g), start)
}

// MemoryBacking is where memory comes from.
type MemoryBacking struct {
	Hugepages    *Hugepages `json:"hugepages" xml:"hugepages"`
	Nosharepages Flag       `json:"nosharepages" xml:"nosharepages,omitempty"`
	Locked       Flag       `json:"locked" xml:"locked,omitempty"`
	Source       *Type      `json:"source" xml:"source"`
	Access       *Mode      `json:"access" xml:"access"`
	Allocation   *Mode      `json:"allocation" xml:"allocation"`
	Discard      Flag       `json:"discard" xml:"discard,omitempty"`
}

// Type is an element that has a type alone.
type Type struct {
	Type string `json:"type" xml:"type,attr"`
}

// Mode is an element that has a mode alone.
type Mode struct {
	Mode string `json:"mode" xml:"mode,attr"`
}

// Name is an element that has a name alone.
type Name struct {
	Name string `json:"name" xml:"name,attr"`
}

// Hugepages are pages by size; none means the host's usual size.
type Hugepages struct {
	Pages []Page `json:"pages" xml:"page"`
}

// Page is a size of pages, for some nodes of the guest.
type Page struct {
	Size    int64  `json:"size" xml:"size,attr"`
	Unit    string `json:"unit" xml:"unit,attr,omitempty"`
	Nodeset string `json:"nodeset" xml:"nodeset,attr,omitempty"`
}

// VCPU is how many processors there can be, and how many are there at start.
type VCPU struct {
	Placement string `json:"placement" xml:"placement,attr,omitempty"`
	CPUSet    string `json:"cpuset" xml:"cpuset,attr,omitempty"`
	Current   int64  `json:"current" xml:"current,attr,omitempty"`
	Value     int64  `json:"value" xml:",chardata"`
}

// VCPUs are the states of single processors.
type VCPUs struct {
	VCPU []VCPUState `json:"vcpu" xml:"vcpu"`
}

// VCPUState is one processor.
type VCPUState struct {
	ID           int64  `json:"id" xml:"id,attr"`
	Enabled      YesNo  `json:"enabled" xml:"enabled,attr"`
	Hotpluggable *YesNo `json:"hotpluggable" xml:"hotpluggable,attr,omitempty"`
	Order        int64  `json:"order" xml:"order,attr,omitempty"`
}

// CPUTune is time and place of processors.
type CPUTune struct {
	Shares       int64        `json:"shares" xml:"shares,omitempty"`
	GlobalPeriod int64        `json:"global_period" xml:"global_period,omitempty"`
	GlobalQuota  int64        `json:"global_quota" xml:"global_quota,omitempty"`
	VCPUPin      []VCPUPin    `json:"vcpupin" xml:"vcpupin"`
	EmulatorPin  *EmulatorPin `json:"emulatorpin" xml:"emulatorpin"`
}

// VCPUPin says where a processor runs.
type VCPUPin struct {
	VCPU   int64  `json:"vcpu" xml:"vcpu,attr"`
	CPUSet string `json:"cpuset" xml:"cpuset,attr"`
}

// EmulatorPin says where QEMU's own threads run.
type EmulatorPin struct {
	CPUSet string `json:"cpuset" xml:"cpuset,attr"`
}

// NUMATune says which nodes of the host memory comes from.
type NUMATune struct {
	Memory  *NUMAMemory `json:"memory" xml:"memory"`
	Memnode []Memnode   `json:"memnode" xml:"memnode"`
}

// NUMAMemory is for the whole domain.
type NUMAMemory struct {
	Mode      string `json:"mode" xml:"mode,attr,omitempty"`
	Placement string `json:"placement" xml:"placement,attr,omitempty"`
	Nodeset   string `json:"nodeset" xml:"nodeset,attr,omitempty"`
}

// Memnode is for a node of the guest.
type Memnode struct {
	CellID  int64  `json:"cellid" xml:"cellid,attr"`
	Mode    string `json:"mode" xml:"mode,attr"`
	Nodeset string `json:"nodeset" xml:"nodeset,attr"`
}

// SysInfo is what the firmware says of the machine.
type SysInfo struct {
	Type string `json:"type" xml:"type,attr"`
	// Bios, System, BaseBoard and Chassis are entries by name, OEMStrings are entries without one.
	Bios       *Entries `json:"bios" xml:"bios"`
	System     *Entries `json:"system" xml:"system"`
	BaseBoard  *Entries `json:"base_board" xml:"baseBoard"`
	Chassis    *Entries `json:"chassis" xml:"chassis"`
	OEMStrings *Strings `json:"oem_strings" xml:"oemStrings"`
	// Entry are entries of type fwcfg.
	Entry []FwCfg `json:"entry" xml:"entry"`
}

// Entries are texts by name.
type Entries struct {
	Entry Named[string] `json:"entry" xml:"entry"`
}

// Strings are texts without a name.
type Strings struct {
	Entry []string `json:"entry" xml:"entry"`
}

// FwCfg is a text or a file that the firmware hands to the guest.
type FwCfg struct {
	Name  string `json:"name" xml:"name,attr"`
	File  string `json:"file" xml:"file,attr,omitempty"`
	Value string `json:"value" xml:",chardata"`
}

// OS is the machine and its firmware.
type OS struct {
	// Firmware is efi where libvirt shall choose the file.
	Firmware string            `json:"firmware" xml:"firmware,attr,omitempty"`
	Type     *OSType           `json:"type" xml:"type"`
	Features *FirmwareFeatures `json:"firmware_features" xml:"firmware"`
	Loader   *Loader           `json:"loader" xml:"loader"`
	NVRAM    *NVRAM            `json:"nvram" xml:"nvram"`
	Kernel   string            `json:"kernel" xml:"kernel,omitempty"`
	Initrd   string            `json:"initrd" xml:"initrd,omitempty"`
	Cmdline  string            `json:"cmdline" xml:"cmdline,omitempty"`
	Bootmenu *Bootmenu         `json:"bootmenu" xml:"bootmenu"`
	SMBIOS   *Mode             `json:"smbios" xml:"smbios"`
	BIOS     *BIOS             `json:"bios" xml:"bios"`
}

// OSType is architecture and machine; its text is hvm.
type OSType struct {
	Arch    string `json:"arch" xml:"arch,attr,omitempty"`
	Machine string `json:"machine" xml:"machine,attr,omitempty"`
	Value   string `json:"value" xml:",chardata"`
}

// FirmwareFeatures are what a chosen firmware must have.
type FirmwareFeatures struct {
	Feature []FirmwareFeature `json:"feature" xml:"feature"`
}

// FirmwareFeature is secure-boot or enrolled-keys.
type FirmwareFeature struct {
	Enabled YesNo  `json:"enabled" xml:"enabled,attr"`
	Name    string `json:"name" xml:"name,attr"`
}

// Loader is the file with the firmware's code.
type Loader struct {
	Readonly *YesNo `json:"readonly" xml:"readonly,attr,omitempty"`
	Secure   *YesNo `json:"secure" xml:"secure,attr,omitempty"`
	Type     string `json:"type" xml:"type,attr,omitempty"`
	Path     string `json:"path" xml:",chardata"`
}

// NVRAM is the file with the firmware's variables.
type NVRAM struct {
	Template string `json:"template" xml:"template,attr,omitempty"`
	Path     string `json:"path" xml:",chardata"`
}

// Bootmenu is the menu of the firmware.
type Bootmenu struct {
	Enable  YesNo `json:"enable" xml:"enable,attr"`
	Timeout int64 `json:"timeout" xml:"timeout,attr,omitempty"`
}

// BIOS are settings of SeaBIOS.
type BIOS struct {
	Useserial     *YesNo `json:"useserial" xml:"useserial,attr,omitempty"`
	RebootTimeout int64  `json:"reboot_timeout" xml:"rebootTimeout,attr,omitempty"`
}

// State is an element that is on or off.
type State struct {
	State OnOff `json:"state" xml:"state,attr"`
}

// Features are what the hypervisor offers.
type Features struct {
	PAE    Flag    `json:"pae" xml:"pae,omitempty"`
	ACPI   Flag    `json:"acpi" xml:"acpi,omitempty"`
	APIC   Flag    `json:"apic" xml:"apic,omitempty"`
	HyperV *HyperV `json:"hyperv" xml:"hyperv"`
	KVM    *KVM    `json:"kvm" xml:"kvm"`
	// PVSpinlock lets a processor that waits for a lock sleep.
	PVSpinlock *State  `json:"pvspinlock" xml:"pvspinlock"`
	PMU        *State  `json:"pmu" xml:"pmu"`
	VMPort     *State  `json:"vmport" xml:"vmport"`
	SMM        *State  `json:"smm" xml:"smm"`
	IOAPIC     *IOAPIC `json:"ioapic" xml:"ioapic"`
	VMCore     *State  `json:"vmcoreinfo" xml:"vmcoreinfo"`
}

// IOAPIC is qemu or kvm.
type IOAPIC struct {
	Driver string `json:"driver" xml:"driver,attr"`
}

// HyperV are enlightenments of Windows.
type HyperV struct {
	Mode            string     `json:"mode" xml:"mode,attr,omitempty"`
	Relaxed         *State     `json:"relaxed" xml:"relaxed"`
	VAPIC           *State     `json:"vapic" xml:"vapic"`
	Spinlocks       *Spinlocks `json:"spinlocks" xml:"spinlocks"`
	VPIndex         *State     `json:"vpindex" xml:"vpindex"`
	Runtime         *State     `json:"runtime" xml:"runtime"`
	SynIC           *State     `json:"synic" xml:"synic"`
	STimer          *STimer    `json:"stimer" xml:"stimer"`
	Reset           *State     `json:"reset" xml:"reset"`
	VendorID        *VendorID  `json:"vendor_id" xml:"vendor_id"`
	Frequencies     *State     `json:"frequencies" xml:"frequencies"`
	Reenlightenment *State     `json:"reenlightenment" xml:"reenlightenment"`
	TLBFlush        *State     `json:"tlbflush" xml:"tlbflush"`
	IPI             *State     `json:"ipi" xml:"ipi"`
	EVMCS           *State     `json:"evmcs" xml:"evmcs"`
}

// Spinlocks is how often a lock is tried.
type Spinlocks struct {
	State   OnOff `json:"state" xml:"state,attr"`
	Retries int64 `json:"retries" xml:"retries,attr,omitempty"`
}

// STimer are synthetic timers.
type STimer struct {
	State  OnOff  `json:"state" xml:"state,attr"`
	Direct *State `json:"direct" xml:"direct"`
}

// VendorID is the name of the hypervisor.
type VendorID struct {
	State OnOff  `json:"state" xml:"state,attr"`
	Value string `json:"value" xml:"value,attr,omitempty"`
}

// KVM are features of KVM.
type KVM struct {
	Hidden        *State `json:"hidden" xml:"hidden"`
	HintDedicated *State `json:"hint_dedicated" xml:"hint-dedicated"`
	PollControl   *State `json:"poll_control" xml:"poll-control"`
}

// CPU is the processor that the guest sees.
type CPU struct {
	Mode       string    `json:"mode" xml:"mode,attr,omitempty"`
	Match      string    `json:"match" xml:"match,attr,omitempty"`
	Check      string    `json:"check" xml:"check,attr,omitempty"`
	Migratable *OnOff    `json:"migratable" xml:"migratable,attr,omitempty"`
	Model      *CPUModel `json:"model" xml:"model"`
	Vendor     string    `json:"vendor" xml:"vendor,omitempty"`
	Topology   *Topology `json:"topology" xml:"topology"`
	Cache      *CPUCache `json:"cache" xml:"cache"`
	MaxPhys    *MaxPhys  `json:"maxphysaddr" xml:"maxphysaddr"`
	// Features are flags by name.
	Features Named[Policy] `json:"features" xml:"feature"`
	NUMA     *NUMA         `json:"numa" xml:"numa"`
}

// Policy is require, disable, force, optional or forbid.
type Policy struct {
	Policy string `json:"policy" xml:"policy,attr"`
}

// CPUModel is a model of QEMU by name.
type CPUModel struct {
	Fallback string `json:"fallback" xml:"fallback,attr,omitempty"`
	VendorID string `json:"vendor_id" xml:"vendor_id,attr,omitempty"`
	Value    string `json:"value" xml:",chardata"`
}

// Topology is how processors are counted.
type Topology struct {
	Sockets int64 `json:"sockets" xml:"sockets,attr"`
	Dies    int64 `json:"dies" xml:"dies,attr,omitempty"`
	Cores   int64 `json:"cores" xml:"cores,attr"`
	Threads int64 `json:"threads" xml:"threads,attr"`
}

// CPUCache is what the guest sees of caches.
type CPUCache struct {
	Level int64  `json:"level" xml:"level,attr,omitempty"`
	Mode  string `json:"mode" xml:"mode,attr"`
}

// MaxPhys is the width of physical addresses.
type MaxPhys struct {
	Mode string `json:"mode" xml:"mode,attr"`
	Bits int64  `json:"bits" xml:"bits,attr,omitempty"`
}

// NUMA are the nodes of the guest.
type NUMA struct {
	Cell []Cell `json:"cell" xml:"cell"`
}

// Cell is a node of the guest.
type Cell struct {
	ID        int64  `json:"id" xml:"id,attr"`
	CPUs      string `json:"cpus" xml:"cpus,attr,omitempty"`
	Memory    int64  `json:"memory" xml:"memory,attr"`
	Unit      string `json:"unit" xml:"unit,attr,omitempty"`
	MemAccess string `json:"mem_access" xml:"memAccess,attr,omitempty"`
	Discard   *YesNo `json:"discard" xml:"discard,attr,omitempty"`
}

// Clock is the time of the guest.
type Clock struct {
	Offset string `json:"offset" xml:"offset,attr"`
	// Start is seconds since 1970, for offset absolute.
	Start      *int64 `json:"start" xml:"start,attr,omitempty"`
	Adjustment string `json:"adjustment" xml:"adjustment,attr,omitempty"`
	Timezone   string `json:"timezone" xml:"timezone,attr,omitempty"`
	// Timers are by name: rtc, pit, hpet, kvmclock, hypervclock, tsc.
	Timers Named[Timer] `json:"timers" xml:"timer"`
}

// Timer is a source of time.
type Timer struct {
	Track      string `json:"track" xml:"track,attr,omitempty"`
	TickPolicy string `json:"tickpolicy" xml:"tickpolicy,attr,omitempty"`
	Present    *YesNo `json:"present" xml:"present,attr,omitempty"`
	Mode       string `json:"mode" xml:"mode,attr,omitempty"`
}

// PM are the sleep states that the guest is offered.
type PM struct {
	SuspendToMem  *Enabled `json:"suspend_to_mem" xml:"suspend-to-mem"`
	SuspendToDisk *Enabled `json:"suspend_to_disk" xml:"suspend-to-disk"`
}

// Enabled is an element that is enabled or not.
type Enabled struct {
	Enabled YesNo `json:"enabled" xml:"enabled,attr"`
}

// LaunchSecurity is encrypted memory.
type LaunchSecurity struct {
	Type            string `json:"type" xml:"type,attr"`
	KernelHashes    *YesNo `json:"kernel_hashes" xml:"kernelHashes,attr,omitempty"`
	CBitPos         int64  `json:"cbitpos" xml:"cbitpos,omitempty"`
	ReducedPhysBits int64  `json:"reduced_phys_bits" xml:"reducedPhysBits,omitempty"`
	Policy          string `json:"policy" xml:"policy,omitempty"`
}

// Commandline is handed to QEMU as it is.
type Commandline struct {
	Arg []Value `json:"arg" xml:"qemu:arg"`
	Env []Env   `json:"env" xml:"qemu:env"`
}

// Override are properties of QEMU's devices that libvirt has no words for.
type Override struct {
	Devices Keyed[*DeviceOverride] `json:"devices" xml:"qemu:device"`
}

// DeviceOverride is about the device of an alias.
type DeviceOverride struct {
	Alias    string            `json:"alias" xml:"alias,attr"`
	Frontend *FrontendOverride `json:"frontend" xml:"qemu:frontend"`
}

// FrontendOverride is the side that the guest sees.
type FrontendOverride struct {
	Properties Keyed[*PropertyOverride] `json:"properties" xml:"qemu:property"`
}

// PropertyOverride is a property by its name in QEMU.
type PropertyOverride struct {
	Name string `json:"name" xml:"name,attr"`
	// Type is string, signed, unsigned, bool or remove.
	Type  string `json:"type" xml:"type,attr"`
	Value string `json:"value" xml:"value,attr,omitempty"`
}

// Value is an element that has a value alone.
type Value struct {
	Value string `json:"value" xml:"value,attr"`
}

// Env is a variable of QEMU's environment.
type Env struct {
	Name  string `json:"name" xml:"name,attr"`
	Value string `json:"value" xml:"value,attr"`
}
