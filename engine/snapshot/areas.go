package snapshot

// Storage holds PVE storages and what they rest on.
type Storage struct {
	// Storages are the sections of /etc/pve/storage.cfg, with those that PVE adds.
	Storages []Section `json:"storages"`
	// Anomalies are places where storage.cfg does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Fstab are the lines of /etc/fstab.
	Fstab []FstabEntry `json:"fstab"`
	// Mounts are the mounted file systems, without those of the kernel itself.
	Mounts []Mount `json:"mounts"`
	// Swaps are the active swap areas.
	Swaps []Swap `json:"swaps"`
	// Crypttab are the lines of /etc/crypttab.
	Crypttab []CrypttabEntry `json:"crypttab"`
	// BlockDevices are disks and partitions.
	BlockDevices []BlockDevice `json:"block_devices"`
	// Pools are the ZFS pools.
	Pools []ZFSPool `json:"zfs_pools"`
	// VolumeGroups are the LVM volume groups.
	VolumeGroups []VolumeGroup `json:"volume_groups"`
	// Ceph is ceph.conf.
	Ceph Ceph `json:"ceph"`
	// ISCSI is the initiator.
	ISCSI ISCSI `json:"iscsi"`
}

// FstabEntry is a line of /etc/fstab.
type FstabEntry struct {
	_ struct{} `schema:"account"`
	// Spec is the device, label, UUID or remote.
	Spec string `json:"spec"`
	// File is the mount point, or none.
	File string `json:"file"`
	// Type is the file system type.
	Type string `json:"type"`
	// Options are the mount options.
	Options []string `json:"options"`
	// Freq and PassNo are the last two columns.
	Freq   int `json:"freq"`
	PassNo int `json:"passno"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Mount is a mounted file system.
type Mount struct {
	// Target is the mount point.
	Target string `json:"target"`
	// Source is the device, dataset or remote.
	Source string `json:"source"`
	// Type is the file system type.
	Type string `json:"type"`
	// Options are the mount options in alphabetical order.
	Options []string `json:"options"`
}

// Swap is an active swap area.
type Swap struct {
	// Path is the device or file.
	Path string `json:"path"`
	// Kind is partition or file.
	Kind string `json:"kind"`
	// SizeKiB is the size.
	SizeKiB int64 `json:"size_kib"`
}

// CrypttabEntry is a line of /etc/crypttab.
type CrypttabEntry struct {
	_ struct{} `schema:"account"`
	// Name is the mapped device.
	Name string `json:"name"`
	// Device is what is encrypted.
	Device string `json:"device"`
	// KeyFile is the third column as it stands: none, -, or a path, which some readers follow by a colon and a device; secret:DIGEST
	// in the place of anything else; absent where the line ends before it.
	KeyFile string `json:"key_file,omitempty"`
	// Options are the options.
	Options []string `json:"options"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// BlockDevice is a disk or partition.
type BlockDevice struct {
	// Name is the kernel's name without /dev.
	Name string `json:"name"`
	// SizeBytes is the size.
	SizeBytes int64 `json:"size_bytes"`
	// Kind is disk, part, md, dm, loop or zvol.
	Kind string `json:"kind"`
	// Rotational is true for spinning disks.
	Rotational bool `json:"rotational,omitempty"`
	// Model is the disk's model.
	Model string `json:"model,omitempty"`
	// Links are stable names below /dev/disk.
	Links []string `json:"links"`
}

// ZFSPool is a ZFS pool.
type ZFSPool struct {
	_ struct{} `schema:"account"`
	// Name is the pool.
	Name string `json:"name"`
	// Root is true when the root file system is on it.
	Root bool `json:"root"`
}

// VolumeGroup is an LVM volume group.
type VolumeGroup struct {
	_ struct{} `schema:"account"`
	// Name is the group.
	Name string `json:"name"`
	// Root is true when the root file system is on it.
	Root bool `json:"root"`
	// Volumes are the logical volumes that are known.
	Volumes []string `json:"volumes"`
}

// Ceph is the configuration of Ceph.
type Ceph struct {
	// Config are the lines of ceph.conf; the key is section.key.
	Config []Property `json:"config"`
	// Daemons are the daemons of this host, as type.id (mon.pve1, osd.3).
	Daemons []string `json:"daemons"`
}

// ISCSI is the iSCSI initiator.
type ISCSI struct {
	// InitiatorName is the IQN of this host.
	InitiatorName string `json:"initiator_name,omitempty"`
}

// Guest is a virtual machine or container.
type Guest struct {
	_ struct{} `schema:"account"`
	// VMID is the id, unique in the cluster.
	VMID int `json:"vmid"`
	// Type is qemu or lxc.
	Type string `json:"type" schema:"enum=qemu|lxc"`
	// Node is the node that owns it.
	Node string `json:"node"`
	// Local is true when that node is this host.
	Local bool `json:"local"`
	// Config is the current configuration, all keys.
	Config []Property `json:"config"`
	// Pending are changes that wait for a restart.
	Pending []Property `json:"pending"`
	// Snapshots are the snapshot sections.
	Snapshots []GuestSnapshot `json:"snapshots"`
	// Special are sections such as special:cloudinit and unknown ones.
	Special []GuestSnapshot `json:"special"`
	// Anomalies are places where the file does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Source is the path of the configuration.
	Source string `json:"source"`
}

// GuestSnapshot is a named section of a guest configuration.
type GuestSnapshot struct {
	_ struct{} `schema:"account"`
	// Name is the section's.
	Name string `json:"name"`
	// Config are its keys.
	Config []Property `json:"config"`
}

// Cluster is corosync, the nodes, HA and replication.
type Cluster struct {
	// Name is the name of the cluster; absent on a standalone host.
	Name string `json:"name,omitempty"`
	// Nodes are the members.
	Nodes []ClusterNode `json:"nodes"`
	// Links are the numbers of the corosync links.
	Links []int `json:"links"`
	// QDevice is the host of the quorum device, where there is one.
	QDevice string `json:"qdevice,omitempty"`
	// Corosync are the lines of corosync.conf; the key is the path of blocks, list members numbered from 0 (nodelist.node.0.name).
	Corosync []Property `json:"corosync"`
	// HAResources, HAGroups and HARules are the sections of /etc/pve/ha.
	HAResources []Section `json:"ha_resources"`
	HAGroups    []Section `json:"ha_groups"`
	HARules     []Section `json:"ha_rules"`
	// Replication are the jobs of replication.cfg.
	Replication []Section `json:"replication"`
}

// ClusterNode is a member of the cluster.
type ClusterNode struct {
	_ struct{} `schema:"account"`
	// Name is the node.
	Name string `json:"name"`
	// ID is its corosync id; 0 where corosync does not name the node.
	ID int `json:"id"`
	// Votes are its votes.
	Votes int `json:"votes"`
	// Addresses are its link addresses, link 0 first.
	Addresses []string `json:"addresses"`
	// Local is true for this host.
	Local bool `json:"local"`
	// Config are the lines of its file /etc/pve/nodes/NAME/config.
	Config []Property `json:"config"`
}

// Access is who may do what in the PVE API.
type Access struct {
	// Users are the records of user.cfg.
	Users []AccessUser `json:"users"`
	// Groups are the groups.
	Groups []AccessGroup `json:"groups"`
	// Roles are the roles that are not built in.
	Roles []AccessRole `json:"roles"`
	// ACLs are the permissions.
	ACLs []ACL `json:"acls"`
	// Tokens are the API tokens, without their values.
	Tokens []AccessToken `json:"tokens"`
	// Pools are the resource pools.
	Pools []Pool `json:"pools"`
	// Realms are the sections of domains.cfg, with the implicit ones.
	Realms []Section `json:"realms"`
	// Anomalies are places where user.cfg and domains.cfg do not mean what they say.
	Anomalies []Anomaly `json:"anomalies"`
}

// AccessUser is a user of the API.
type AccessUser struct {
	_ struct{} `schema:"account"`
	// ID is user@realm.
	ID string `json:"id"`
	// Enabled is false for a user who may not log in.
	Enabled bool `json:"enabled"`
	// Expire is seconds since 1970, 0 for never.
	Expire int64 `json:"expire"`
	// TwoFactor is true when a second factor is set up.
	TwoFactor bool `json:"two_factor"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessGroup is a group of users.
type AccessGroup struct {
	_ struct{} `schema:"account"`
	// ID is the group.
	ID string `json:"id"`
	// Users are its members.
	Users []string `json:"users"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessRole is a set of privileges.
type AccessRole struct {
	_ struct{} `schema:"account"`
	// ID is the role.
	ID string `json:"id"`
	// Privileges are its privileges.
	Privileges []string `json:"privileges"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// ACL is a permission.
type ACL struct {
	_ struct{} `schema:"account"`
	// Path is the object.
	Path string `json:"path"`
	// Propagate is true when it holds below the path too.
	Propagate bool `json:"propagate"`
	// Subjects are users, tokens and @groups.
	Subjects []string `json:"subjects"`
	// Roles are what they get.
	Roles []string `json:"roles"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AccessToken is an API token.
type AccessToken struct {
	_ struct{} `schema:"account"`
	// ID is user@realm!token.
	ID string `json:"id"`
	// PrivilegeSeparation is true when it has permissions of its own.
	PrivilegeSeparation bool `json:"privilege_separation"`
	// Expire is seconds since 1970, 0 for never.
	Expire int64 `json:"expire"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Pool is a resource pool.
type Pool struct {
	_ struct{} `schema:"account"`
	// ID is the pool.
	ID string `json:"id"`
	// Guests are vmids.
	Guests []string `json:"guests"`
	// Storages are storage ids.
	Storages []string `json:"storages"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// Datacenter is /etc/pve/datacenter.cfg.
type Datacenter struct {
	// Options are its lines.
	Options []Property `json:"options"`
	// Anomalies are places where it does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
}

// Jobs are scheduled PVE jobs and the defaults of backups.
type Jobs struct {
	// Scheduled are the sections of jobs.cfg.
	Scheduled []Section `json:"scheduled"`
	// VzdumpCron are the jobs of the older vzdump.cron.
	VzdumpCron []CronEntry `json:"vzdump_cron"`
	// VzdumpDefaults are the lines of vzdump.conf.
	VzdumpDefaults []Property `json:"vzdump_defaults"`
}

// ACME is accounts and plugins for certificates.
type ACME struct {
	// Accounts are the names of the accounts.
	Accounts []string `json:"accounts"`
	// Plugins are the sections of acme/plugins.cfg.
	Plugins []Section `json:"plugins"`
}

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
	// IOMMUGroups is the number of IOMMU groups; 0 when the IOMMU is off.
	IOMMUGroups int `json:"iommu_groups"`
	// TPM is true when there is one.
	TPM bool `json:"tpm"`
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
}

// Firmware is how the machine boots.
type Firmware struct {
	// Kind is uefi or bios; absent when it could not be learnt.
	Kind string `json:"kind,omitempty" schema:"enum=uefi|bios"`
	// SecureBoot is true when the firmware enforces it.
	SecureBoot bool `json:"secure_boot"`
}

// PCIDevice is a PCI device.
type PCIDevice struct {
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
}

// System is the Debian system below PVE.
type System struct {
	// Boot is how the system starts.
	Boot Boot `json:"boot"`
	// Users are the lines of /etc/passwd.
	Users []OSUser `json:"users"`
	// Groups are the lines of /etc/group.
	Groups []OSGroup `json:"groups"`
	// AuthorizedKeys are the public keys that may log in, without the keys themselves.
	AuthorizedKeys []AuthorizedKey `json:"authorized_keys"`
	// SSHD are the lines of sshd_config and its directory.
	SSHD []Property `json:"sshd"`
	// Cron are the jobs of cron.
	Cron []CronEntry `json:"cron"`
	// Sysctl are the lines of sysctl.conf and sysctl.d below /etc.
	Sysctl []Property `json:"sysctl"`
	// ModulesLoad are the modules of /etc/modules and modules-load.d.
	ModulesLoad []Property `json:"modules_load"`
	// Modprobe are the lines of modprobe.d below /etc; the key is the command and module (options kvm).
	Modprobe []Property `json:"modprobe"`
	// Subordinate are the lines of subuid and subgid; the key is uid or gid, the value the line.
	Subordinate []Property `json:"subordinate"`
	// Mail are the lines of postfix's main.cf.
	Mail []Property `json:"mail"`
	// NTP are the directives of chrony, or the servers of timesyncd.
	NTP []Property `json:"ntp"`
	// TimeZone is the zone's name.
	TimeZone string `json:"time_zone,omitempty"`
	// Locale is LANG.
	Locale string `json:"locale,omitempty"`
	// Keymap is the console's keyboard layout.
	Keymap string `json:"keymap,omitempty"`
}

// Boot is how the system starts.
type Boot struct {
	// Loader is the boot loader that PVE uses; absent when it could not be learnt.
	Loader string `json:"loader,omitempty" schema:"enum=grub|systemd-boot|other"`
	// ESPs are the file-system UUIDs that proxmox-boot-tool keeps.
	ESPs []string `json:"esps"`
	// KernelParameters are those of the running kernel, or of the loader's configuration in root mode.
	KernelParameters []Property `json:"kernel_parameters"`
	// Kernels are the installed kernel releases.
	Kernels []string `json:"kernels"`
}

// OSUser is a line of /etc/passwd.
type OSUser struct {
	_ struct{} `schema:"account"`
	// Name is the login.
	Name string `json:"name"`
	// UID and GID are the ids.
	UID int `json:"uid"`
	GID int `json:"gid"`
	// Gecos is the comment.
	Gecos string `json:"gecos,omitempty"`
	// Home is the home directory.
	Home string `json:"home"`
	// Shell is the login shell.
	Shell string `json:"shell"`
	// Password is set, locked, none, or unknown when shadow could not be read.
	Password string `json:"password" schema:"enum=set|locked|none|unknown"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// OSGroup is a line of /etc/group.
type OSGroup struct {
	_ struct{} `schema:"account"`
	// Name is the group.
	Name string `json:"name"`
	// GID is its id.
	GID int `json:"gid"`
	// Members are its members.
	Members []string `json:"members"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// AuthorizedKey is a public key that may log in.
type AuthorizedKey struct {
	_ struct{} `schema:"account"`
	// User is whose account it opens.
	User string `json:"user"`
	// Type is the key's algorithm.
	Type string `json:"type"`
	// Fingerprint is SHA256:….
	Fingerprint string `json:"fingerprint"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// CronEntry is a job of cron.
type CronEntry struct {
	_ struct{} `schema:"account"`
	// Schedule is the five fields, or @daily and the like.
	Schedule string `json:"schedule"`
	// User runs it.
	User string `json:"user"`
	// Program is the first word of the command; the rest may hold secrets and is not kept.
	Program string `json:"program"`
	// Command stands for the whole command line.
	Command *Secret `json:"command,omitempty"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}
