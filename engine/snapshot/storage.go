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
	// Drives are the drives that block devices are on, as UDisks2 knows them.
	Drives []Drive `json:"drives"`
	// MDArrays are the arrays of Linux software RAID.
	MDArrays []MDArray `json:"md_arrays"`
	// Btrfs are the btrfs file systems.
	Btrfs []BtrfsFilesystem `json:"btrfs"`
	// Multipath are the maps of multipathd.
	Multipath []MultipathMap `json:"multipath"`
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
	_ struct{} `schema:"account" key:"spec file"`
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
	_ struct{} `key:"target"`
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
	_ struct{} `key:"path"`
	// Path is the device or file.
	Path string `json:"path"`
	// Kind is partition or file.
	Kind string `json:"kind"`
	// SizeKiB is the size.
	SizeKiB int64 `json:"size_kib"`
}

// CrypttabEntry is a line of /etc/crypttab.
type CrypttabEntry struct {
	_ struct{} `schema:"account" key:"name"`
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
	_ struct{} `key:"name"`
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
	// Parent is the disk that a partition is on.
	Parent string `json:"parent,omitempty"`
	// Holders are the devices that rest on this one.
	Holders []string `json:"holders"`
	// Transport is how the disk is attached: nvme, ata, scsi, usb, virtio, iscsi …
	Transport string `json:"transport,omitempty"`
	// ReadOnly and Removable are the kernel's.
	ReadOnly  bool `json:"read_only,omitempty"`
	Removable bool `json:"removable,omitempty"`
	// LogicalSectorBytes is the smallest unit that can be written.
	LogicalSectorBytes int `json:"logical_sector_bytes,omitempty"`
	// Mapping is, of a device of the device mapper, its kind and name: lvm pve/root, crypt luks-…, mpath mpatha.
	Mapping string `json:"mapping,omitempty"`
	// Content is what udev found on it: ext4, vfat, LVM2_member, zfs_member, crypto_LUKS, linux_raid_member, swap …
	Content string `json:"content,omitempty"`
	// ContentVersion is the version of the format, as 2 for LUKS2.
	ContentVersion string `json:"content_version,omitempty"`
	// UUID and Label are those of the content.
	UUID  string `json:"uuid,omitempty"`
	Label string `json:"label,omitempty"`
	// PartitionTable is gpt or dos, of a whole disk.
	PartitionTable string `json:"partition_table,omitempty"`
	// PartitionUUID, PartitionType (a GUID or a number as 0x83) and PartitionName are those of a partition.
	PartitionUUID string `json:"partition_uuid,omitempty"`
	PartitionType string `json:"partition_type,omitempty"`
	PartitionName string `json:"partition_name,omitempty"`
}

// Drive is a drive as UDisks2 knows it.
type Drive struct {
	_ struct{} `key:"id"`
	// ID is UDisks2's name, made of model and serial number.
	ID string `json:"id"`
	// Vendor, Model, Revision and Serial are the drive's own words.
	Vendor   string `json:"vendor,omitempty"`
	Model    string `json:"model,omitempty"`
	Revision string `json:"revision,omitempty"`
	Serial   string `json:"serial,omitempty"`
	// WWN is its world wide name.
	WWN string `json:"wwn,omitempty"`
	// Bus is how it is connected: usb, sdio, ieee1394; absent for others.
	Bus string `json:"bus,omitempty"`
	// SizeBytes is the size.
	SizeBytes int64 `json:"size_bytes,omitempty"`
	// RotationRate is revolutions per minute, 0 for drives that do not turn, -1 where it is not known.
	RotationRate int `json:"rotation_rate"`
	// Devices are the block devices on it, without /dev.
	Devices []string `json:"devices"`
}

// MDArray is an array of Linux software RAID, assembled or named in mdadm.conf.
type MDArray struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the device without /dev, md0 or md/root.
	Name string `json:"name"`
	// Level is raid1, raid5 …
	Level string `json:"level,omitempty"`
	// UUID is the array's, Metadata the version of its superblock.
	UUID     string `json:"uuid,omitempty"`
	Metadata string `json:"metadata,omitempty"`
	// State is active, whether it is being written to or not, or the kernel's word for anything else: inactive, readonly,
	// read-auto …; absent where it is not assembled.
	State string `json:"state,omitempty"`
	// Degraded is the number of members that are missing.
	Degraded int `json:"degraded"`
	// Members are the devices in it.
	Members []string `json:"members"`
	// Configured is true when mdadm.conf names it.
	Configured bool `json:"configured"`
	// Source is path:line of mdadm.conf.
	Source string `json:"source,omitempty"`
}

// BtrfsFilesystem is a btrfs file system.
type BtrfsFilesystem struct {
	_ struct{} `key:"uuid"`
	// UUID and Label are its names.
	UUID  string `json:"uuid"`
	Label string `json:"label,omitempty"`
	// Devices are the devices that it is on.
	Devices []string `json:"devices"`
	// Data and Metadata are the profiles: single, dup, raid1 …
	Data     string `json:"data,omitempty"`
	Metadata string `json:"metadata,omitempty"`
	// SizeBytes is what can be written to it in all with its profile of data, FreeBytes what still can.
	SizeBytes int64  `json:"size_bytes,omitempty"`
	FreeBytes *int64 `json:"free_bytes,omitempty"`
	// Mounts are where it is mounted.
	Mounts []string `json:"mounts"`
	// Subvolumes are the paths of its subvolumes, from the top of the file system.
	Subvolumes []string `json:"subvolumes"`
}

// MultipathMap is a map of multipathd.
type MultipathMap struct {
	_ struct{} `key:"wwid"`
	// Name is the device, WWID what it is bound to.
	Name string `json:"name"`
	WWID string `json:"wwid"`
	// Paths are the devices that lead to it.
	Paths []string `json:"paths"`
}

// ZFSPool is a ZFS pool.
type ZFSPool struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the pool.
	Name string `json:"name"`
	// Root is true when the root file system is on it.
	Root bool `json:"root"`
	// Imported is true when the running kernel has it.
	Imported bool `json:"imported"`
	// GUID is the pool's number.
	GUID string `json:"guid,omitempty"`
	// Health is ONLINE, DEGRADED, FAULTED …
	Health string `json:"health,omitempty"`
	// SizeBytes and FreeBytes are what it holds; CapacityPercent is how full it is.
	SizeBytes       int64 `json:"size_bytes,omitempty"`
	FreeBytes       int64 `json:"free_bytes,omitempty"`
	CapacityPercent *int  `json:"capacity_percent,omitempty"`
	// Properties are the pool's properties that are not read-only.
	Properties []ZFSProperty `json:"properties"`
	// Features are the feature flags that are enabled or active.
	Features []ZFSFeature `json:"features"`
	// Devices are the devices of the pool, in the order and nesting of zpool status.
	Devices []ZFSDevice `json:"devices"`
	// Datasets are its file systems and volumes, without those of guests' snapshots.
	Datasets []ZFSDataset `json:"datasets"`
}

// ZFSProperty is a property of a pool or dataset.
type ZFSProperty struct {
	_ struct{} `key:"name"`
	// Name is the property, Value its text; secret:DIGEST in the place of a secret.
	Name  string `json:"name"`
	Value string `json:"value"`
	// Origin is where the value comes from: default, local, received, inherited, or none.
	Origin string `json:"origin" schema:"enum=default|local|received|inherited|temporary|none"`
}

// ZFSFeature is a feature flag of a pool.
type ZFSFeature struct {
	_ struct{} `key:"name"`
	// Name is the flag without feature@.
	Name string `json:"name"`
	// State is enabled (may be used) or active (is on disk).
	State string `json:"state" schema:"enum=enabled|active"`
}

// ZFSDevice is a device of a pool, or a group of them.
type ZFSDevice struct {
	_ struct{} `key:"name"`
	// Name is the path of a disk, or the group: mirror-0, raidz1-0, logs, cache, spares, special.
	Name string `json:"name"`
	// Depth is 1 for the top level, and for the headings logs, cache, spares, special and dedup; what is below them is deeper.
	Depth int `json:"depth"`
	// State is ONLINE, DEGRADED, UNAVAIL …; absent for a heading.
	State string `json:"state,omitempty"`
}

// ZFSDataset is a file system or volume.
type ZFSDataset struct {
	_ struct{} `key:"name"`
	// Name is the full name.
	Name string `json:"name"`
	// Kind is filesystem or volume.
	Kind string `json:"kind" schema:"enum=filesystem|volume"`
	// UsedBytes is what it and all below it take.
	UsedBytes int64 `json:"used_bytes"`
	// Mounted is true when it is mounted.
	Mounted bool `json:"mounted"`
	// Properties are those that are set on it or received, and encryption, keystatus and mountpoint in any case.
	Properties []ZFSProperty `json:"properties"`
}

// VolumeGroup is an LVM volume group.
type VolumeGroup struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the group.
	Name string `json:"name"`
	// Root is true when the root file system is on it.
	Root bool `json:"root"`
	// Volumes are the logical volumes that are known.
	Volumes []string `json:"volumes"`
	// UUID is the group's.
	UUID string `json:"uuid,omitempty"`
	// SizeBytes and FreeBytes are those of its extents.
	SizeBytes int64 `json:"size_bytes,omitempty"`
	FreeBytes int64 `json:"free_bytes,omitempty"`
	// PhysicalVolumes are the devices that it is on.
	PhysicalVolumes []string `json:"physical_volumes"`
	// Missing is true when one of them is not there.
	Missing bool `json:"missing,omitempty"`
	// LogicalVolumes are the volumes as LVM itself describes them.
	LogicalVolumes []LogicalVolume `json:"logical_volumes"`
}

// LogicalVolume is a volume of LVM.
type LogicalVolume struct {
	_ struct{} `key:"name"`
	// Name is the volume.
	Name string `json:"name"`
	// Kind is LVM's first segment type: linear, striped, thin-pool, thin, raid1, cache …
	Kind string `json:"kind"`
	// Pool is the thin pool that it is in, Origin what it is a snapshot of.
	Pool   string `json:"pool,omitempty"`
	Origin string `json:"origin,omitempty"`
	// SizeBytes is the size.
	SizeBytes int64 `json:"size_bytes"`
	// Active is true when it is mapped.
	Active bool `json:"active"`
	// DataPercent and MetadataPercent say how full a pool or a snapshot is, rounded up.
	DataPercent     *int `json:"data_percent,omitempty"`
	MetadataPercent *int `json:"metadata_percent,omitempty"`
	// Tags are its tags; of one that is key=secret, the value is secret:DIGEST.
	Tags []string `json:"tags"`
}

// Ceph is the configuration of Ceph.
type Ceph struct {
	// Config are the lines of ceph.conf; the key is section.key.
	Config []Property `json:"config"`
	// Daemons are the daemons of this host, as type.id (mon.pve1, osd.3).
	Daemons []string `json:"daemons"`
	// FSID is the cluster's.
	FSID string `json:"fsid,omitempty"`
	// Health is HEALTH_OK, HEALTH_WARN or HEALTH_ERR; Checks are the codes that are not well.
	Health string   `json:"health,omitempty"`
	Checks []string `json:"checks"`
	// Quorum are the monitors that are in it.
	Quorum []string `json:"quorum"`
	// OSDs are the OSDs of this host.
	OSDs []CephOSD `json:"osds"`
	// Versions are the versions that run in the cluster, as in "osd 18.2.4", with the number of daemons.
	Versions []CephVersion `json:"versions"`
	// OSDsTotal, OSDsUp and OSDsIn count those of the cluster.
	OSDsTotal int `json:"osds_total,omitempty"`
	OSDsUp    int `json:"osds_up,omitempty"`
	OSDsIn    int `json:"osds_in,omitempty"`
}

// CephOSD is an OSD of this host.
type CephOSD struct {
	_ struct{} `key:"id"`
	// ID is its number.
	ID int `json:"id"`
	// FSID is its own id.
	FSID string `json:"fsid,omitempty"`
	// Devices are its volumes as type=device: block, db, wal.
	Devices []string `json:"devices"`
	// Encrypted is true for an OSD on dm-crypt, whose key is with the monitors.
	Encrypted bool `json:"encrypted"`
}

// CephVersion is a version that daemons of the cluster run.
type CephVersion struct {
	_ struct{} `key:"daemon version"`
	// Daemon is mon, mgr, osd, mds or rgw.
	Daemon string `json:"daemon"`
	// Version is the number, as in 18.2.4.
	Version string `json:"version"`
	// Count is how many run it.
	Count int `json:"count"`
}

// ISCSI is the iSCSI initiator.
type ISCSI struct {
	// InitiatorName is the IQN of this host.
	InitiatorName string `json:"initiator_name,omitempty"`
	// Nodes are the targets that the initiator keeps.
	Nodes []ISCSINode `json:"nodes"`
	// Sessions are the open ones.
	Sessions []ISCSISession `json:"sessions"`
}

// ISCSINode is a target that open-iscsi keeps.
type ISCSINode struct {
	_ struct{} `schema:"account" key:"target portal"`
	// Target is its IQN, Portal its address and port.
	Target string `json:"target"`
	Portal string `json:"portal"`
	// Startup is automatic, manual or onboot.
	Startup string `json:"startup"`
	// Authentication is None or CHAP.
	Authentication string `json:"authentication"`
	// Source is the file.
	Source string `json:"source"`
}

// ISCSISession is an open session.
type ISCSISession struct {
	_ struct{} `key:"target portal"`
	// Target is the IQN, State the kernel's.
	Target string `json:"target"`
	State  string `json:"state"`
	// Portal is the address and port.
	Portal string `json:"portal,omitempty"`
	// Devices are its disks, without /dev.
	Devices []string `json:"devices"`
}
