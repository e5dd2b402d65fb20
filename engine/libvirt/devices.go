package libvirt

// Devices are what is built into the machine, in the order in which libvirt writes them.
type Devices struct {
	Emulator    string             `json:"emulator" xml:"emulator,omitempty"`
	Disks       Keyed[*Disk]       `json:"disks" xml:"disk"`
	Controllers Keyed[*Controller] `json:"controllers" xml:"controller"`
	Filesystems Keyed[*Filesystem] `json:"filesystems" xml:"filesystem"`
	Interfaces  Keyed[*Interface]  `json:"interfaces" xml:"interface"`
	Serials     Keyed[*Chardev]    `json:"serials" xml:"serial"`
	Parallels   Keyed[*Chardev]    `json:"parallels" xml:"parallel"`
	Consoles    Keyed[*Chardev]    `json:"consoles" xml:"console"`
	Channels    Keyed[*Chardev]    `json:"channels" xml:"channel"`
	Inputs      Keyed[*Input]      `json:"inputs" xml:"input"`
	TPM         *TPM               `json:"tpm" xml:"tpm"`
	Graphics    Keyed[*Graphics]   `json:"graphics" xml:"graphics"`
	Sounds      Keyed[*Sound]      `json:"sounds" xml:"sound"`
	Audios      Keyed[*Audio]      `json:"audios" xml:"audio"`
	Videos      Keyed[*Video]      `json:"videos" xml:"video"`
	Hostdevs    Keyed[*Hostdev]    `json:"hostdevs" xml:"hostdev"`
	Redirdevs   Keyed[*Redirdev]   `json:"redirdevs" xml:"redirdev"`
	Watchdog    *Watchdog          `json:"watchdog" xml:"watchdog"`
	Memballoon  *Memballoon        `json:"memballoon" xml:"memballoon"`
	RNGs        Keyed[*RNG]        `json:"rngs" xml:"rng"`
	Panics      Keyed[*Panic]      `json:"panics" xml:"panic"`
	Shmems      Keyed[*Shmem]      `json:"shmems" xml:"shmem"`
	IOMMU       *IOMMU             `json:"iommu" xml:"iommu"`
	VSock       *VSock             `json:"vsock" xml:"vsock"`
}

// Boot is the place of a device in the boot order; it comes from BootOrder of the domain.
type Boot struct {
	Order int64 `xml:"order,attr"`
}

// Address is where a device is plugged: type pci (domain, bus, slot, function in hex, multifunction), drive
// (controller, bus, target, unit), usb (bus, port), virtio-serial, isa.
type Address struct {
	Type          string `json:"type" xml:"type,attr,omitempty"`
	Controller    string `json:"controller" xml:"controller,attr,omitempty"`
	Domain        string `json:"domain" xml:"domain,attr,omitempty"`
	Bus           string `json:"bus" xml:"bus,attr,omitempty"`
	Target        string `json:"target" xml:"target,attr,omitempty"`
	Unit          string `json:"unit" xml:"unit,attr,omitempty"`
	Slot          string `json:"slot" xml:"slot,attr,omitempty"`
	Function      string `json:"function" xml:"function,attr,omitempty"`
	Multifunction *OnOff `json:"multifunction" xml:"multifunction,attr,omitempty"`
	Device        string `json:"device" xml:"device,attr,omitempty"`
	Port          string `json:"port" xml:"port,attr,omitempty"`
	UUID          string `json:"uuid" xml:"uuid,attr,omitempty"`
	IOBase        string `json:"iobase" xml:"iobase,attr,omitempty"`
	IRQ           string `json:"irq" xml:"irq,attr,omitempty"`
}

// Alias is a name for a device; libvirt takes those that begin with ua-.
type Alias struct {
	Name string `json:"name" xml:"name,attr"`
}

// Disk is a disk, a CD drive or a floppy.
type Disk struct {
	// Type is file, block, network or volume; Device is disk, cdrom, floppy or lun.
	Type      string        `json:"type" xml:"type,attr"`
	Device    string        `json:"device" xml:"device,attr,omitempty"`
	SGIO      string        `json:"sgio" xml:"sgio,attr,omitempty"`
	Snapshot  string        `json:"snapshot" xml:"snapshot,attr,omitempty"`
	Driver    *DiskDriver   `json:"driver" xml:"driver"`
	Source    *DiskSource   `json:"source" xml:"source"`
	Target    *DiskTarget   `json:"target" xml:"target"`
	IOTune    *IOTune       `json:"iotune" xml:"iotune"`
	Readonly  Flag          `json:"readonly" xml:"readonly,omitempty"`
	Shareable Flag          `json:"shareable" xml:"shareable,omitempty"`
	Transient Flag          `json:"transient" xml:"transient,omitempty"`
	Serial    string        `json:"serial" xml:"serial,omitempty"`
	WWN       string        `json:"wwn" xml:"wwn,omitempty"`
	Vendor    string        `json:"vendor" xml:"vendor,omitempty"`
	Product   string        `json:"product" xml:"product,omitempty"`
	BlockIO   *BlockIO      `json:"blockio" xml:"blockio"`
	Geometry  *DiskGeometry `json:"geometry" xml:"geometry"`
	Boot      *Boot         `json:"-" xml:"boot"`
	Alias     *Alias        `json:"alias" xml:"alias"`
	Address   *Address      `json:"address" xml:"address"`
}

// DiskDriver is how QEMU reaches the image.
type DiskDriver struct {
	Name         string `json:"name" xml:"name,attr,omitempty"`
	Type         string `json:"type" xml:"type,attr,omitempty"`
	Cache        string `json:"cache" xml:"cache,attr,omitempty"`
	ErrorPolicy  string `json:"error_policy" xml:"error_policy,attr,omitempty"`
	RErrorPolicy string `json:"rerror_policy" xml:"rerror_policy,attr,omitempty"`
	IO           string `json:"io" xml:"io,attr,omitempty"`
	CopyOnRead   *OnOff `json:"copy_on_read" xml:"copy_on_read,attr,omitempty"`
	Discard      string `json:"discard" xml:"discard,attr,omitempty"`
	IOThread     int64  `json:"iothread" xml:"iothread,attr,omitempty"`
	DetectZeroes string `json:"detect_zeroes" xml:"detect_zeroes,attr,omitempty"`
	Queues       int64  `json:"queues" xml:"queues,attr,omitempty"`
	QueueSize    int64  `json:"queue_size" xml:"queue_size,attr,omitempty"`
	IOMMU        *OnOff `json:"iommu" xml:"iommu,attr,omitempty"`
}

// DiskSource is where the image is.
type DiskSource struct {
	File          string      `json:"file" xml:"file,attr,omitempty"`
	Dev           string      `json:"dev" xml:"dev,attr,omitempty"`
	Protocol      string      `json:"protocol" xml:"protocol,attr,omitempty"`
	Name          string      `json:"name" xml:"name,attr,omitempty"`
	Pool          string      `json:"pool" xml:"pool,attr,omitempty"`
	Volume        string      `json:"volume" xml:"volume,attr,omitempty"`
	StartupPolicy string      `json:"startup_policy" xml:"startupPolicy,attr,omitempty"`
	Host          []Host      `json:"host" xml:"host"`
	Snapshot      *Name       `json:"snapshot" xml:"snapshot"`
	Config        *ConfigFile `json:"config" xml:"config"`
	Auth          *Auth       `json:"auth" xml:"auth"`
	Initiator     *Initiator  `json:"initiator" xml:"initiator"`
}

// Host is a server of the image or pool.
type Host struct {
	Name      string `json:"name" xml:"name,attr,omitempty"`
	Port      int64  `json:"port" xml:"port,attr,omitempty"`
	Transport string `json:"transport" xml:"transport,attr,omitempty"`
	Socket    string `json:"socket" xml:"socket,attr,omitempty"`
}

// ConfigFile is a ceph.conf.
type ConfigFile struct {
	File string `json:"file" xml:"file,attr"`
}

// Auth names a secret that libvirt keeps.
type Auth struct {
	Type     string  `json:"type" xml:"type,attr,omitempty"`
	Username string  `json:"username" xml:"username,attr"`
	Secret   *Secret `json:"secret" xml:"secret"`
}

// Secret is found by its UUID or by its usage.
type Secret struct {
	Type  string `json:"type" xml:"type,attr,omitempty"`
	UUID  string `json:"uuid" xml:"uuid,attr,omitempty"`
	Usage string `json:"usage" xml:"usage,attr,omitempty"`
}

// Initiator is who logs in to iSCSI.
type Initiator struct {
	IQN *Name `json:"iqn" xml:"iqn"`
}

// DiskTarget is the name and bus that the guest sees.
type DiskTarget struct {
	Dev          string `json:"dev" xml:"dev,attr"`
	Bus          string `json:"bus" xml:"bus,attr,omitempty"`
	Tray         string `json:"tray" xml:"tray,attr,omitempty"`
	Removable    *OnOff `json:"removable" xml:"removable,attr,omitempty"`
	RotationRate int64  `json:"rotation_rate" xml:"rotation_rate,attr,omitempty"`
}

// IOTune are limits of a disk.
type IOTune struct {
	TotalBytes          int64  `json:"total_bytes_sec" xml:"total_bytes_sec,omitempty"`
	ReadBytes           int64  `json:"read_bytes_sec" xml:"read_bytes_sec,omitempty"`
	WriteBytes          int64  `json:"write_bytes_sec" xml:"write_bytes_sec,omitempty"`
	TotalIOPS           int64  `json:"total_iops_sec" xml:"total_iops_sec,omitempty"`
	ReadIOPS            int64  `json:"read_iops_sec" xml:"read_iops_sec,omitempty"`
	WriteIOPS           int64  `json:"write_iops_sec" xml:"write_iops_sec,omitempty"`
	TotalBytesMax       int64  `json:"total_bytes_sec_max" xml:"total_bytes_sec_max,omitempty"`
	ReadBytesMax        int64  `json:"read_bytes_sec_max" xml:"read_bytes_sec_max,omitempty"`
	WriteBytesMax       int64  `json:"write_bytes_sec_max" xml:"write_bytes_sec_max,omitempty"`
	TotalIOPSMax        int64  `json:"total_iops_sec_max" xml:"total_iops_sec_max,omitempty"`
	ReadIOPSMax         int64  `json:"read_iops_sec_max" xml:"read_iops_sec_max,omitempty"`
	WriteIOPSMax        int64  `json:"write_iops_sec_max" xml:"write_iops_sec_max,omitempty"`
	SizeIOPS            int64  `json:"size_iops_sec" xml:"size_iops_sec,omitempty"`
	GroupName           string `json:"group_name" xml:"group_name,omitempty"`
	TotalBytesMaxLength int64  `json:"total_bytes_sec_max_length" xml:"total_bytes_sec_max_length,omitempty"`
	ReadBytesMaxLength  int64  `json:"read_bytes_sec_max_length" xml:"read_bytes_sec_max_length,omitempty"`
	WriteBytesMaxLength int64  `json:"write_bytes_sec_max_length" xml:"write_bytes_sec_max_length,omitempty"`
	TotalIOPSMaxLength  int64  `json:"total_iops_sec_max_length" xml:"total_iops_sec_max_length,omitempty"`
	ReadIOPSMaxLength   int64  `json:"read_iops_sec_max_length" xml:"read_iops_sec_max_length,omitempty"`
	WriteIOPSMaxLength  int64  `json:"write_iops_sec_max_length" xml:"write_iops_sec_max_length,omitempty"`
}

// BlockIO are the block sizes that the guest sees.
type BlockIO struct {
	LogicalBlockSize  int64 `json:"logical_block_size" xml:"logical_block_size,attr,omitempty"`
	PhysicalBlockSize int64 `json:"physical_block_size" xml:"physical_block_size,attr,omitempty"`
}

// DiskGeometry is that of old disks.
type DiskGeometry struct {
	Cyls  int64  `json:"cyls" xml:"cyls,attr"`
	Heads int64  `json:"heads" xml:"heads,attr"`
	Secs  int64  `json:"secs" xml:"secs,attr"`
	Trans string `json:"trans" xml:"trans,attr,omitempty"`
}

// Controller is what devices are plugged into. Its key is PVE's word or one of the rule's own.
type Controller struct {
	Type    string            `json:"type" xml:"type,attr"`
	Index   *int64            `json:"index" xml:"index,attr,omitempty"`
	Model   string            `json:"model" xml:"model,attr,omitempty"`
	Ports   int64             `json:"ports" xml:"ports,attr,omitempty"`
	Vectors int64             `json:"vectors" xml:"vectors,attr,omitempty"`
	Name    *Name             `json:"model_name" xml:"model"`
	Target  *ControllerTarget `json:"target" xml:"target"`
	Driver  *ControllerDriver `json:"driver" xml:"driver"`
	// Master says which ports of an EHCI controller a companion has.
	Master  *Master  `json:"master" xml:"master"`
	Alias   *Alias   `json:"alias" xml:"alias"`
	Address *Address `json:"address" xml:"address"`
}

// Master is the first port of a companion.
type Master struct {
	StartPort int64 `json:"startport" xml:"startport,attr"`
}

// ControllerTarget is the place of a bridge of PCI.
type ControllerTarget struct {
	ChassisNr *int64 `json:"chassis_nr" xml:"chassisNr,attr,omitempty"`
	Chassis   *int64 `json:"chassis" xml:"chassis,attr,omitempty"`
	Port      string `json:"port" xml:"port,attr,omitempty"`
	Hotplug   *OnOff `json:"hotplug" xml:"hotplug,attr,omitempty"`
}

// ControllerDriver is how a controller works.
type ControllerDriver struct {
	Queues   int64  `json:"queues" xml:"queues,attr,omitempty"`
	IOThread int64  `json:"iothread" xml:"iothread,attr,omitempty"`
	IOMMU    *OnOff `json:"iommu" xml:"iommu,attr,omitempty"`
}

// Filesystem is a folder of the host.
type Filesystem struct {
	Type       string            `json:"type" xml:"type,attr"`
	AccessMode string            `json:"access_mode" xml:"accessmode,attr,omitempty"`
	Driver     *FilesystemDriver `json:"driver" xml:"driver"`
	Binary     *Binary           `json:"binary" xml:"binary"`
	Source     *Dir              `json:"source" xml:"source"`
	Target     *Dir              `json:"target" xml:"target"`
	Readonly   Flag              `json:"readonly" xml:"readonly,omitempty"`
	Alias      *Alias            `json:"alias" xml:"alias"`
	Address    *Address          `json:"address" xml:"address"`
}

// FilesystemDriver is path or virtiofs.
type FilesystemDriver struct {
	Type  string `json:"type" xml:"type,attr"`
	Queue int64  `json:"queue" xml:"queue,attr,omitempty"`
}

// Binary is virtiofsd and how it is started.
type Binary struct {
	Path    string `json:"path" xml:"path,attr,omitempty"`
	XAttr   *OnOff `json:"xattr" xml:"xattr,attr,omitempty"`
	Cache   *Mode  `json:"cache" xml:"cache"`
	Sandbox *Mode  `json:"sandbox" xml:"sandbox"`
}

// Dir is a folder, or the tag that the guest mounts.
type Dir struct {
	Dir string `json:"dir" xml:"dir,attr"`
}

// Interface is a network card.
type Interface struct {
	// Type is bridge, network, direct, ethernet or user.
	Type                string           `json:"type" xml:"type,attr"`
	TrustGuestRXFilters *YesNo           `json:"trust_guest_rx_filters" xml:"trustGuestRxFilters,attr,omitempty"`
	MAC                 *MAC             `json:"mac" xml:"mac"`
	Source              *InterfaceSource `json:"source" xml:"source"`
	VirtualPort         *VirtualPort     `json:"virtualport" xml:"virtualport"`
	VLAN                *VLAN            `json:"vlan" xml:"vlan"`
	Port                *Port            `json:"port" xml:"port"`
	IP                  []IPAddress      `json:"ip" xml:"ip"`
	Target              *InterfaceTarget `json:"target" xml:"target"`
	Model               *Type            `json:"model" xml:"model"`
	Driver              *InterfaceDriver `json:"driver" xml:"driver"`
	FilterRef           *FilterRef       `json:"filterref" xml:"filterref"`
	Bandwidth           *Bandwidth       `json:"bandwidth" xml:"bandwidth"`
	Link                *Link            `json:"link" xml:"link"`
	MTU                 *MTU             `json:"mtu" xml:"mtu"`
	Boot                *Boot            `json:"-" xml:"boot"`
	ROM                 *ROM             `json:"rom" xml:"rom"`
	Alias               *Alias           `json:"alias" xml:"alias"`
	Address             *Address         `json:"address" xml:"address"`
}

// MAC is the address of a card.
type MAC struct {
	Address string `json:"address" xml:"address,attr"`
}

// InterfaceSource is what the card is connected to.
type InterfaceSource struct {
	Bridge    string `json:"bridge" xml:"bridge,attr,omitempty"`
	Network   string `json:"network" xml:"network,attr,omitempty"`
	Portgroup string `json:"portgroup" xml:"portgroup,attr,omitempty"`
	Dev       string `json:"dev" xml:"dev,attr,omitempty"`
	Mode      string `json:"mode" xml:"mode,attr,omitempty"`
}

// VirtualPort is the kind of switch: openvswitch.
type VirtualPort struct {
	Type       string                 `json:"type" xml:"type,attr,omitempty"`
	Parameters *VirtualPortParameters `json:"parameters" xml:"parameters"`
}

// VirtualPortParameters name the port.
type VirtualPortParameters struct {
	InterfaceID string `json:"interfaceid" xml:"interfaceid,attr,omitempty"`
	ProfileID   string `json:"profileid" xml:"profileid,attr,omitempty"`
}

// VLAN are the tags of a card or network.
type VLAN struct {
	Trunk *YesNo    `json:"trunk" xml:"trunk,attr,omitempty"`
	Tag   []VLANTag `json:"tag" xml:"tag"`
}

// VLANTag is one tag.
type VLANTag struct {
	ID         int64  `json:"id" xml:"id,attr"`
	NativeMode string `json:"native_mode" xml:"nativeMode,attr,omitempty"`
}

// Port is what a bridge does with the card.
type Port struct {
	Isolated YesNo `json:"isolated" xml:"isolated,attr"`
}

// InterfaceTarget is the name of the card on the host.
type InterfaceTarget struct {
	Dev     string `json:"dev" xml:"dev,attr"`
	Managed *YesNo `json:"managed" xml:"managed,attr,omitempty"`
}

// InterfaceDriver is how packets are moved.
type InterfaceDriver struct {
	Name        string `json:"name" xml:"name,attr,omitempty"`
	Queues      int64  `json:"queues" xml:"queues,attr,omitempty"`
	RXQueueSize int64  `json:"rx_queue_size" xml:"rx_queue_size,attr,omitempty"`
	TXQueueSize int64  `json:"tx_queue_size" xml:"tx_queue_size,attr,omitempty"`
	IOMMU       *OnOff `json:"iommu" xml:"iommu,attr,omitempty"`
	Packed      *OnOff `json:"packed" xml:"packed,attr,omitempty"`
}

// FilterRef names a filter.
type FilterRef struct {
	Filter    string      `json:"filter" xml:"filter,attr"`
	Parameter []Parameter `json:"parameter" xml:"parameter"`
}

// Parameter is a value for a filter.
type Parameter struct {
	Name  string `json:"name" xml:"name,attr"`
	Value string `json:"value" xml:"value,attr"`
}

// Bandwidth are limits in KiB.
type Bandwidth struct {
	Inbound  *Rate `json:"inbound" xml:"inbound"`
	Outbound *Rate `json:"outbound" xml:"outbound"`
}

// Rate is a limit in KiB a second.
type Rate struct {
	Average int64 `json:"average" xml:"average,attr,omitempty"`
	Peak    int64 `json:"peak" xml:"peak,attr,omitempty"`
	Burst   int64 `json:"burst" xml:"burst,attr,omitempty"`
}

// Link is up or down.
type Link struct {
	State string `json:"state" xml:"state,attr"`
}

// MTU is that of a card or network.
type MTU struct {
	Size int64 `json:"size" xml:"size,attr"`
}

// ROM is the option ROM of a card.
type ROM struct {
	Enabled *YesNo `json:"enabled" xml:"enabled,attr,omitempty"`
	Bar     *OnOff `json:"bar" xml:"bar,attr,omitempty"`
	File    string `json:"file" xml:"file,attr,omitempty"`
}

// Chardev is a serial or parallel port, a console or a channel.
type Chardev struct {
	// Type is pty, unix, dev, spicevmc, qemu-vdagent or null.
	Type      string         `json:"type" xml:"type,attr"`
	Source    *ChardevSource `json:"source" xml:"source"`
	Target    *ChardevTarget `json:"target" xml:"target"`
	Clipboard *Copypaste     `json:"clipboard" xml:"clipboard"`
	Mouse     *Mode          `json:"mouse" xml:"mouse"`
	Alias     *Alias         `json:"alias" xml:"alias"`
	Address   *Address       `json:"address" xml:"address"`
}

// ChardevSource is a socket or a device of the host.
type ChardevSource struct {
	Mode    string `json:"mode" xml:"mode,attr,omitempty"`
	Path    string `json:"path" xml:"path,attr,omitempty"`
	Channel string `json:"channel" xml:"channel,attr,omitempty"`
}

// ChardevTarget is the port that the guest sees.
type ChardevTarget struct {
	Type  string `json:"type" xml:"type,attr,omitempty"`
	Name  string `json:"name" xml:"name,attr,omitempty"`
	Port  *int64 `json:"port" xml:"port,attr,omitempty"`
	Model *Name  `json:"model" xml:"model"`
}

// Copypaste is the clipboard.
type Copypaste struct {
	Copypaste YesNo `json:"copypaste" xml:"copypaste,attr"`
}

// Input is a tablet, mouse or keyboard.
type Input struct {
	Type    string   `json:"type" xml:"type,attr"`
	Bus     string   `json:"bus" xml:"bus,attr,omitempty"`
	Alias   *Alias   `json:"alias" xml:"alias"`
	Address *Address `json:"address" xml:"address"`
}

// TPM is a trusted platform module.
type TPM struct {
	Model   string      `json:"model" xml:"model,attr,omitempty"`
	Backend *TPMBackend `json:"backend" xml:"backend"`
}

// TPMBackend is swtpm.
type TPMBackend struct {
	Type            string `json:"type" xml:"type,attr"`
	Version         string `json:"version" xml:"version,attr,omitempty"`
	PersistentState *YesNo `json:"persistent_state" xml:"persistent_state,attr,omitempty"`
}

// Graphics is how people see the screen.
type Graphics struct {
	Type      string        `json:"type" xml:"type,attr"`
	Port      *int64        `json:"port" xml:"port,attr,omitempty"`
	AutoPort  *YesNo        `json:"autoport" xml:"autoport,attr,omitempty"`
	Listen    string        `json:"listen" xml:"listen,attr,omitempty"`
	Socket    string        `json:"socket" xml:"socket,attr,omitempty"`
	Keymap    string        `json:"keymap" xml:"keymap,attr,omitempty"`
	Listens   []Listen      `json:"listens" xml:"listen"`
	Image     *Compression  `json:"image" xml:"image"`
	Streaming *Mode         `json:"streaming" xml:"streaming"`
	Clipboard *Copypaste    `json:"clipboard" xml:"clipboard"`
	FileXfer  *FileTransfer `json:"filetransfer" xml:"filetransfer"`
	GL        *GL           `json:"gl" xml:"gl"`
}

// Listen is an address or a socket.
type Listen struct {
	Type    string `json:"type" xml:"type,attr"`
	Address string `json:"address" xml:"address,attr,omitempty"`
	Network string `json:"network" xml:"network,attr,omitempty"`
	Socket  string `json:"socket" xml:"socket,attr,omitempty"`
}

// Compression is that of images.
type Compression struct {
	Compression string `json:"compression" xml:"compression,attr"`
}

// FileTransfer is drag and drop.
type FileTransfer struct {
	Enable YesNo `json:"enable" xml:"enable,attr"`
}

// GL is rendering by the host.
type GL struct {
	Enable     YesNo  `json:"enable" xml:"enable,attr"`
	RenderNode string `json:"rendernode" xml:"rendernode,attr,omitempty"`
}

// Sound is a sound card.
type Sound struct {
	Model   string   `json:"model" xml:"model,attr"`
	Codec   []Type   `json:"codec" xml:"codec"`
	Audio   *AudioID `json:"audio" xml:"audio"`
	Alias   *Alias   `json:"alias" xml:"alias"`
	Address *Address `json:"address" xml:"address"`
}

// AudioID names a backend.
type AudioID struct {
	ID int64 `json:"id" xml:"id,attr"`
}

// Audio is where sound goes: none, spice.
type Audio struct {
	ID   int64  `json:"id" xml:"id,attr"`
	Type string `json:"type" xml:"type,attr"`
}

// Video is a graphics card.
type Video struct {
	Driver  *VideoDriver `json:"driver" xml:"driver"`
	Model   *VideoModel  `json:"model" xml:"model"`
	Alias   *Alias       `json:"alias" xml:"alias"`
	Address *Address     `json:"address" xml:"address"`
}

// VideoDriver is who renders.
type VideoDriver struct {
	Name string `json:"name" xml:"name,attr,omitempty"`
}

// VideoModel is the kind of card; sizes are KiB.
type VideoModel struct {
	Type         string        `json:"type" xml:"type,attr"`
	RAM          int64         `json:"ram" xml:"ram,attr,omitempty"`
	VRAM         int64         `json:"vram" xml:"vram,attr,omitempty"`
	VRAM64       int64         `json:"vram64" xml:"vram64,attr,omitempty"`
	VGAMem       int64         `json:"vgamem" xml:"vgamem,attr,omitempty"`
	Heads        int64         `json:"heads" xml:"heads,attr,omitempty"`
	Primary      *YesNo        `json:"primary" xml:"primary,attr,omitempty"`
	Acceleration *Acceleration `json:"acceleration" xml:"acceleration"`
	Resolution   *Resolution   `json:"resolution" xml:"resolution"`
}

// Acceleration is rendering by the host.
type Acceleration struct {
	Accel3D *YesNo `json:"accel3d" xml:"accel3d,attr,omitempty"`
}

// Resolution is the size of the screen.
type Resolution struct {
	X int64 `json:"x" xml:"x,attr"`
	Y int64 `json:"y" xml:"y,attr"`
}

// Hostdev is a device of the host.
type Hostdev struct {
	Mode string `json:"mode" xml:"mode,attr,omitempty"`
	// Type is pci, usb, mdev or scsi.
	Type      string         `json:"type" xml:"type,attr"`
	Managed   *YesNo         `json:"managed" xml:"managed,attr,omitempty"`
	Model     string         `json:"model" xml:"model,attr,omitempty"`
	Display   *OnOff         `json:"display" xml:"display,attr,omitempty"`
	RAMFB     *OnOff         `json:"ramfb" xml:"ramfb,attr,omitempty"`
	Driver    *Name          `json:"driver" xml:"driver"`
	Source    *HostdevSource `json:"source" xml:"source"`
	Readonly  Flag           `json:"readonly" xml:"readonly,omitempty"`
	Shareable Flag           `json:"shareable" xml:"shareable,omitempty"`
	Boot      *Boot          `json:"-" xml:"boot"`
	ROM       *ROM           `json:"rom" xml:"rom"`
	Alias     *Alias         `json:"alias" xml:"alias"`
	Address   *Address       `json:"address" xml:"address"`
}

// HostdevSource is which device.
type HostdevSource struct {
	StartupPolicy  string   `json:"startup_policy" xml:"startupPolicy,attr,omitempty"`
	WriteFiltering *YesNo   `json:"write_filtering" xml:"writeFiltering,attr,omitempty"`
	GuestReset     string   `json:"guest_reset" xml:"guestReset,attr,omitempty"`
	Vendor         *ID      `json:"vendor" xml:"vendor"`
	Product        *ID      `json:"product" xml:"product"`
	Adapter        *Name    `json:"adapter" xml:"adapter"`
	Address        *Address `json:"address" xml:"address"`
}

// ID is a number of a vendor or product, 0x1234.
type ID struct {
	ID string `json:"id" xml:"id,attr"`
}

// Redirdev is a port for devices of the viewer.
type Redirdev struct {
	Bus     string         `json:"bus" xml:"bus,attr"`
	Type    string         `json:"type" xml:"type,attr"`
	Source  *ChardevSource `json:"source" xml:"source"`
	Boot    *Boot          `json:"-" xml:"boot"`
	Alias   *Alias         `json:"alias" xml:"alias"`
	Address *Address       `json:"address" xml:"address"`
}

// Watchdog resets a guest that hangs.
type Watchdog struct {
	Model   string   `json:"model" xml:"model,attr"`
	Action  string   `json:"action" xml:"action,attr,omitempty"`
	Alias   *Alias   `json:"alias" xml:"alias"`
	Address *Address `json:"address" xml:"address"`
}

// Memballoon takes memory back.
type Memballoon struct {
	Model             string   `json:"model" xml:"model,attr"`
	AutoDeflate       *OnOff   `json:"autodeflate" xml:"autodeflate,attr,omitempty"`
	FreePageReporting *OnOff   `json:"free_page_reporting" xml:"freePageReporting,attr,omitempty"`
	Stats             *Stats   `json:"stats" xml:"stats"`
	Address           *Address `json:"address" xml:"address"`
}

// Stats is how often the guest is asked, in seconds.
type Stats struct {
	Period int64 `json:"period" xml:"period,attr"`
}

// RNG is a source of random numbers.
type RNG struct {
	Model   string      `json:"model" xml:"model,attr"`
	Rate    *RNGRate    `json:"rate" xml:"rate"`
	Backend *RNGBackend `json:"backend" xml:"backend"`
	Alias   *Alias      `json:"alias" xml:"alias"`
	Address *Address    `json:"address" xml:"address"`
}

// RNGRate is bytes in a period of milliseconds.
type RNGRate struct {
	Period int64 `json:"period" xml:"period,attr,omitempty"`
	Bytes  int64 `json:"bytes" xml:"bytes,attr"`
}

// RNGBackend is random with a file, or builtin.
type RNGBackend struct {
	Model string `json:"model" xml:"model,attr"`
	Path  string `json:"path" xml:",chardata"`
}

// Panic reports crashes of the guest.
type Panic struct {
	Model string `json:"model" xml:"model,attr,omitempty"`
}

// Shmem is memory that guests share.
type Shmem struct {
	Name  string `json:"name" xml:"name,attr"`
	Role  string `json:"role" xml:"role,attr,omitempty"`
	Model *Type  `json:"model" xml:"model"`
	Size  *Size  `json:"size" xml:"size"`
}

// IOMMU is one for the guest: intel or virtio.
type IOMMU struct {
	Model  string       `json:"model" xml:"model,attr"`
	Driver *IOMMUDriver `json:"driver" xml:"driver"`
}

// IOMMUDriver is how it works.
type IOMMUDriver struct {
	IntRemap    *OnOff `json:"intremap" xml:"intremap,attr,omitempty"`
	CachingMode *OnOff `json:"caching_mode" xml:"caching_mode,attr,omitempty"`
	EIM         *OnOff `json:"eim" xml:"eim,attr,omitempty"`
	AWBits      int64  `json:"aw_bits" xml:"aw_bits,attr,omitempty"`
}

// VSock is a socket between host and guest.
type VSock struct {
	Model string `json:"model" xml:"model,attr,omitempty"`
	CID   *CID   `json:"cid" xml:"cid"`
}

// CID is the number of the guest.
type CID struct {
	Auto    *YesNo `json:"auto" xml:"auto,attr,omitempty"`
	Address int64  `json:"address" xml:"address,attr,omitempty"`
}
