package introspect

import (
	"context"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// recordedHost is a running host whose files are a tree and whose commands answer as recorded, by their name.
type recordedHost struct {
	*machine
	answers map[string]answer
}

type answer struct {
	out string
	err error
}

func (h recordedHost) Live() bool                       { return true }
func (h recordedHost) Bus(context.Context) (Bus, error) { return nil, errors.New("no bus") }
func (h recordedHost) Network() (Network, error)        { return nil, errNoNetwork }

func (h recordedHost) Run(_ context.Context, command Command) ([]byte, error) {
	recorded, known := h.answers[command.Name]
	if !known {
		return nil, errNoProgram
	}
	return []byte(recorded.out), recorded.err
}

func captureRecorded(t *testing.T, files map[string]string, answers map[string]answer) *snapshot.Snapshot {
	t.Helper()
	m, err := openMachine(writeTree(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	s, err := Capture(context.Background(), Options{
		Host: recordedHost{m, answers}, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	encode(t, s)
	assertProblemsExplainAreas(t, s)
	return s
}

// liveFiles is what every running host has.
var liveFiles = map[string]string{
	"etc/passwd": "root:x:0:0::/root:/bin/sh\n", "etc/pve/nodes/a/config": "", "etc/pve/authkey.pub": "key",
	"proc/1/mountinfo": "1 0 0:1 / / rw - ext4 /dev/mapper/pve-root rw\n", "proc/self/status": "Name:\tx\nUid:\t0\t0\t0\t0\n",
	"sys/class/x/y": "", "run/udev/data/c1:1": "",
}

func with(more map[string]string) map[string]string {
	files := maps.Clone(liveFiles)
	maps.Copy(files, more)
	return files
}

const noGroups = `{"report":[{"vg":[],"pv":[],"lv":[]}]}`

var emptyLVM = map[string]answer{"vgs": {out: noGroups}, "pvs": {out: noGroups}, "lvs": {out: noGroups}}

func and(more map[string]answer) map[string]answer {
	answers := maps.Clone(emptyLVM)
	maps.Copy(answers, more)
	return answers
}

func TestBlockDevicesOfTheRunningHost(t *testing.T) {
	const pci = "sys/devices/pci0000:00/0000:00:17.0/"
	s := captureRecorded(t, with(map[string]string{
		pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/size": "4096\n", pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/dev": "8:0\n",
		pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/queue/logical_block_size": "4096\n",
		pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1/size":                "2048\n", pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1/partition": "1\n",
		pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1/dev": "8:1\n", pci + "ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1/holders/dm-0/x": "",
		"sys/class/block/sda":  "-> ../../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda",
		"sys/class/block/sda1": "-> ../../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1",
		"sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb/size":      "8\n",
		"sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb/removable": "1\n",
		"sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb/ro":        "1\n",
		"sys/class/block/sdb": "-> ../../devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb",
		"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1/size": "8\n", "sys/class/block/nvme0n1": "-> ../../devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1",
		"sys/devices/pci0000:00/0000:02:00.0/virtio3/block/vda/size": "8\n", "sys/class/block/vda": "-> ../../devices/pci0000:00/0000:02:00.0/virtio3/block/vda",
		"sys/devices/pci0000:00/0000:03:00.0/virtio4/host7/target7:0:0/7:0:0:0/block/sdc/size": "8\n", "sys/class/block/sdc": "-> ../../devices/pci0000:00/0000:03:00.0/virtio4/host7/target7:0:0/7:0:0:0/block/sdc",
		"sys/class/block/dm-0/size": "8\n", "sys/class/block/dm-0/dev": "252:0\n", "sys/class/block/dm-0/dm/name": "luks-a\n", "sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-1-luks-a\n",
		"sys/class/block/dm-1/size": "8\n", "sys/class/block/dm-1/dm/name": "my--vg-a--b\n", "sys/class/block/dm-1/dm/uuid": "LVM-1234\n",
		"sys/class/block/dm-2/size": "8\n", "sys/class/block/dm-2/dm/name": "mpatha\n", "sys/class/block/dm-2/dm/uuid": "mpath-3600a\n",
		"sys/class/block/dm-2/slaves/sdb/x": "", "sys/class/block/dm-2/slaves/sdc/x": "",
		"sys/class/block/dm-3/size": "8\n", "sys/class/block/dm-3/dm/name": "mpatha-part1\n", "sys/class/block/dm-3/dm/uuid": "part1-mpath-3600a\n",
		"sys/class/block/dm-4/size": "8\n", "sys/class/block/dm-4/dm/name": "other\n",
		"run/udev/data/b8:0":   "E:ID_PART_TABLE_TYPE=gpt\nE:ID_BUS=ata\n",
		"run/udev/data/b8:1":   "E:ID_FS_TYPE=crypto_LUKS\nE:ID_FS_VERSION=2\nE:ID_FS_UUID=u\nE:ID_FS_UUID_ENC=u\\x2d1\nE:ID_FS_LABEL_ENC=my\\x20disk\nE:ID_PART_TABLE_TYPE=gpt\nE:ID_PART_ENTRY_UUID=p\nE:ID_PART_ENTRY_TYPE=0fc63daf\nE:ID_PART_ENTRY_NAME=a\\x20b\n",
		"run/udev/data/b252:0": "E:ID_FS_TYPE=ext4\nE:ID_FS_VERSION=1.0\nE:ID_FS_UUID_ENC=e\n",
	}), emptyLVM)
	want := []snapshot.BlockDevice{
		{Name: "dm-0", SizeBytes: 4096, Kind: "dm", Mapping: "crypt luks-a", Content: "ext4", ContentVersion: "1.0", UUID: "e"},
		{Name: "dm-1", SizeBytes: 4096, Kind: "dm", Mapping: "lvm my-vg/a-b"},
		{Name: "dm-2", SizeBytes: 4096, Kind: "dm", Mapping: "mpath mpatha"},
		{Name: "dm-3", SizeBytes: 4096, Kind: "dm", Mapping: "part mpatha-part1"},
		{Name: "dm-4", SizeBytes: 4096, Kind: "dm", Mapping: "dm other"},
		{Name: "nvme0n1", SizeBytes: 4096, Kind: "disk", Transport: "nvme"},
		{Name: "sda", SizeBytes: 2 << 20, Kind: "disk", Transport: "ata", LogicalSectorBytes: 4096, PartitionTable: "gpt"},
		{Name: "sda1", SizeBytes: 1 << 20, Kind: "part", Parent: "sda", Holders: []string{"dm-0"}, Content: "crypto_LUKS", ContentVersion: "2",
			UUID: "u-1", Label: "my disk", PartitionUUID: "p", PartitionType: "0fc63daf", PartitionName: "a b"},
		{Name: "sdb", SizeBytes: 4096, Kind: "disk", Transport: "usb", ReadOnly: true, Removable: true},
		{Name: "sdc", SizeBytes: 4096, Kind: "disk", Transport: "scsi"},
		{Name: "vda", SizeBytes: 4096, Kind: "disk", Transport: "virtio"},
	}
	if d := cmp.Diff(want, s.Storage.BlockDevices, allFields); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]snapshot.MultipathMap{{Name: "mpatha", WWID: "3600a", Paths: []string{"sdb", "sdc"}}}, s.Storage.Multipath, allFields); d != "" {
		t.Error(d)
	}
}

func TestVolumeGroupsOfTheRunningHost(t *testing.T) {
	s := captureRecorded(t, with(map[string]string{
		"etc/pve/storage.cfg":   "lvmthin: aa\n\tvgname pve\n\tthinpool data\n\nlvm: bb\n\tvgname elsewhere\n\n",
		"etc/pve/ceph.conf":     "[global]\nfsid = f\n",
		"etc/lvm/backup/pve":    "contents = \"Text Format Volume Group\"\npve { id = \"old\" }\n",
		"sys/class/block/sda/x": "",
	}), map[string]answer{
		"vgs": {out: `{"report":[{"vg":[{"vg_name":"pve","vg_uuid":"1","vg_size":"100","vg_free":"10","vg_missing_pv_count":"0"}]}]}`},
		"pvs": {out: `{"report":[{"pv":[{"pv_name":"/dev/sda3","vg_uuid":"1"}]}]}`},
		"lvs": {out: `{"report":[{"lv":[{"vg_uuid":"1","lv_name":"[data_tmeta]","segtype":"linear","lv_size":"1"},{"vg_uuid":"1","lv_name":"data","segtype":"thin-pool","lv_size":"80","lv_active":"active","data_percent":"12.34"},
			{"vg_uuid":"1","lv_name":"osd","segtype":"linear","lv_size":"5","lv_tags":"ceph.osd_id=2,ceph.type=block,ceph.osd_fsid=of,ceph.encrypted=1,ceph.db_device=/dev/sdb1"}]}]}`},
	})
	thirteen := 13
	want := []snapshot.VolumeGroup{
		{Name: "elsewhere"},
		{Name: "pve", Root: true, Volumes: []string{"data", "osd", "root"}, UUID: "1", SizeBytes: 100, FreeBytes: 10, PhysicalVolumes: []string{"/dev/sda3"}, LogicalVolumes: []snapshot.LogicalVolume{
			{Name: "data", Kind: "thin-pool", SizeBytes: 80, Active: true, DataPercent: &thirteen},
			{Name: "data_tmeta", Kind: "linear", SizeBytes: 1},
			{Name: "osd", Kind: "linear", SizeBytes: 5, Tags: []string{"ceph.db_device=/dev/sdb1", "ceph.encrypted=1", "ceph.osd_fsid=of", "ceph.osd_id=2", "ceph.type=block"}},
		}},
	}
	if d := cmp.Diff(want, s.Storage.VolumeGroups, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "storage.volume_groups"); a.Status != statusKnown || a.Source != sourceCommand {
		t.Errorf("%+v", a)
	}
	osds := []snapshot.CephOSD{{ID: 2, FSID: "of", Devices: []string{"block=/dev/pve/osd", "db=/dev/sdb1"}, Encrypted: true}}
	if d := cmp.Diff(osds, s.Storage.Ceph.OSDs, allFields); d != "" {
		t.Error(d)
	}
}

// What lies below a tree is what LVM last wrote; the mapped devices say what is in use.
func TestVolumeGroupsOfATree(t *testing.T) {
	backup, err := os.ReadFile("../../golden/clustered/raw/etc/lvm/backup/pve")
	if err != nil {
		t.Fatal(err)
	}
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/fstab": "/dev/pve/root / ext4 defaults 0 1\n", "etc/lvm/backup/pve": string(backup), "etc/lvm/backup/odd": "nothing",
		"sys/class/block/dm-1/dm/name": "pve-root\n", "sys/class/block/dm-1/dm/uuid": "LVM-x\n", "sys/class/block/dm-1/size": "8\n",
		"sys/class/block/dm-2/dm/name": "pve-data-tpool\n", "sys/class/block/dm-2/dm/uuid": "LVM-x-tpool\n", "sys/class/block/dm-2/size": "8\n",
		"sys/class/block/dm-3/dm/name": "pve-data\n", "sys/class/block/dm-3/dm/uuid": "LVM-x-pool\n", "sys/class/block/dm-3/size": "8\n",
		"sys/class/block/dm-4/dm/name": "pve-swap-real\n", "sys/class/block/dm-4/dm/uuid": "LVM-x-real\n", "sys/class/block/dm-4/size": "8\n",
	}))
	if len(s.Storage.VolumeGroups) != 1 {
		t.Fatalf("%+v", s.Storage.VolumeGroups)
	}
	group := s.Storage.VolumeGroups[0]
	if !group.Root || group.SizeBytes != 228794*4<<20 || group.FreeBytes != (228794-2048-24576-195000-2048)*4<<20 || len(group.Volumes) != 17 || len(group.LogicalVolumes) != 19 {
		t.Errorf("%d bytes, %d free, volumes %v", group.SizeBytes, group.FreeBytes, group.Volumes)
	}
	for _, v := range group.LogicalVolumes {
		if v.Active != (v.Name == "root" || v.Name == "data") {
			t.Errorf("%+v", v)
		}
	}
	if a := areaOf(t, s, "storage.volume_groups"); a.Status != statusPartial {
		t.Errorf("%+v", a)
	}
	if !hasProblem(s, "storage.volume_groups", "/etc/lvm/backup/odd", "not the metadata") {
		t.Errorf("problems %v", s.Problems)
	}
}

func TestPoolsOfTheRunningHost(t *testing.T) {
	files := with(map[string]string{
		"sys/module/zfs/x": "", "etc/zfs/zpool.cache": string(poolCache("rpool", "away")), "proc/spl/kstat/zfs/rpool/state": "ONLINE\n",
		"proc/spl/kstat/zfs/late/state": "DEGRADED\n", "proc/spl/kstat/zfs/arcstats": "x", "proc/spl/kstat/zfs/notes/x": "",
		"proc/1/mountinfo": "1 0 0:1 / / rw - zfs rpool/ROOT/pve-1 rw\n",
	})
	answers := and(map[string]answer{
		"zpool list":   {out: "rpool\t1\tONLINE\t100\t60\t40\n"},
		"zpool get":    {out: "rpool\tashift\t12\tlocal\nrpool\tfeature@lz4\tactive\tlocal\n"},
		"zpool status": {out: "  pool: rpool\nconfig:\n\n\tNAME STATE\n\trpool  ONLINE\n\t  /dev/sda3  ONLINE 0 0 0\n"},
		"zfs get":      {out: "rpool\ttype\tfilesystem\t-\nrpool\tused\t40\t-\nrpool\tmounted\tyes\t-\nrpool\tencryption\toff\tdefault\n"},
		"zfs get set":  {out: "rpool\tatime\toff\tlocal\n"},
	})
	s := captureRecorded(t, files, answers)
	forty := 40
	want := []snapshot.ZFSPool{
		{Name: "away"}, {Name: "late", Imported: true, Health: "DEGRADED"},
		{Name: "rpool", Root: true, Imported: true, GUID: "1", Health: "ONLINE", SizeBytes: 100, FreeBytes: 60, CapacityPercent: &forty,
			Properties: []snapshot.ZFSProperty{{Name: "ashift", Value: "12", Origin: "local"}}, Features: []snapshot.ZFSFeature{{Name: "lz4", State: "active"}},
			Devices: []snapshot.ZFSDevice{{Name: "/dev/sda3", Depth: 1, State: "ONLINE"}},
			Datasets: []snapshot.ZFSDataset{{Name: "rpool", Kind: "filesystem", UsedBytes: 40, Mounted: true, Properties: []snapshot.ZFSProperty{
				{Name: "atime", Value: "off", Origin: "local"}, {Name: "encryption", Value: "off", Origin: "default"}}}}},
	}
	if d := cmp.Diff(want, s.Storage.Pools, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "storage.zfs_pools"); a.Status != statusKnown || a.Source != sourceCommand {
		t.Errorf("%+v", a)
	}
	// Where zpool does not answer, the kernel still says which pools it has.
	answers["zpool list"] = answer{err: errors.New("exit status 1: permission denied")}
	s = captureRecorded(t, files, answers)
	want[2] = snapshot.ZFSPool{Name: "rpool", Root: true, Imported: true, Health: "ONLINE"}
	if d := cmp.Diff(want, s.Storage.Pools, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "storage.zfs_pools"); a.Status != statusPartial {
		t.Errorf("%+v", a)
	}
}

// The numbers are those of a real file system, of which statfs says 3221225472 bytes, 2628780032 of them free.
func TestRoomOfBtrfsIsWhatItsProfileLeaves(t *testing.T) {
	files := map[string]string{
		"sys/class/block/sda/size": "6291456\n", "sys/class/block/sdb/size": "6291456\n",
		"sys/fs/btrfs/u-1/devices/sda/x": "", "sys/fs/btrfs/u-1/devices/sdb/x": "",
		"sys/fs/btrfs/u-1/allocation/data/raid1/x": "", "sys/fs/btrfs/u-1/allocation/data/total_bytes": "322109440\n", "sys/fs/btrfs/u-1/allocation/data/bytes_used": "314572800\n",
		"sys/fs/btrfs/u-1/allocation/metadata/disk_total": "536870912\n", "sys/fs/btrfs/u-1/allocation/system/disk_total": "16777216\n",
		"proc/1/mountinfo": "1 0 0:1 / / rw - btrfs /dev/sda rw\n",
	}
	one := map[string]string{"sys/fs/btrfs/u-1/devices/sdb/x": "", "sys/class/block/sdb/size": "12582912\n"}
	for _, test := range []struct {
		name       string
		change     map[string]string
		size, free int64
	}{
		{"mirror", nil, 2944401408, 2629828608},
		{"a mirror has no more room than its smaller device", one, 3036676096, 2722103296},
		{"full", map[string]string{"sys/fs/btrfs/u-1/allocation/data/bytes_used": "322109440\n", "sys/fs/btrfs/u-1/allocation/metadata/disk_total": "6425673728\n"}, 0, 0},
		{"two profiles", map[string]string{"sys/fs/btrfs/u-1/allocation/data/single/x": ""}, 0, -1},
		{"a device that the kernel says nothing of", map[string]string{"sys/fs/btrfs/u-1/devices/sdc/x": ""}, 0, -1},
		{"a size beyond all disks", map[string]string{"sys/class/block/sdb/size": "9223372036854775807\n"}, 0, -1},
		{"no number", map[string]string{"sys/fs/btrfs/u-1/allocation/system/disk_total": "many\n"}, 0, -1},
		{"more used than there is", map[string]string{"sys/fs/btrfs/u-1/allocation/data/bytes_used": "322109441\n"}, 0, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := maps.Clone(files)
			maps.Copy(tree, test.change)
			got := captureRecorded(t, with(tree), and(map[string]answer{"btrfs subvolume list": {out: ""}})).Storage.Btrfs
			if len(got) != 1 {
				t.Fatalf("%+v", got)
			}
			free := int64(-1)
			if got[0].FreeBytes != nil {
				free = *got[0].FreeBytes
			}
			if got[0].SizeBytes != test.size || free != test.free {
				t.Errorf("size %d, free %d", got[0].SizeBytes, free)
			}
		})
	}
}

func TestUsableBytesOfAProfile(t *testing.T) {
	for profile, want := range map[string]int64{"single": 60, "raid0": 60, "dup": 30, "raid1": 30, "raid10": 30, "raid5": 20, "raid6": 10, "raid1c3": 10, "raid1c4": -1, "": -1, "raid9": -1, "single dup": -1} {
		got, ok := btrfsUsable(profile, []int64{10, 20, 30})
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, not %d", profile, got, want)
		}
	}
	if _, ok := btrfsUsable("single", nil); ok {
		t.Error("no device has room")
	}
}

func TestArraysBtrfsAndSessionsOfTheRunningHost(t *testing.T) {
	const session = "sys/devices/platform/host3/session1/target3:0:0/3:0:0:0/block/sdb"
	s := captureRecorded(t, with(map[string]string{
		"sys/class/block/md127/size": "8\n", "sys/class/block/md127/dev": "9:127\n", "sys/class/block/md127/md/level": "raid1\n", "sys/class/block/md127/md/array_state": "write-pending\n",
		"sys/class/block/md127/md/degraded": "1\n", "sys/class/block/md127/md/metadata_version": "1.2\n", "sys/class/block/md127/md/dev-sdb1/x": "", "sys/class/block/md127/md/dev-sda1/x": "",
		"run/udev/data/b9:127":     "E:MD_UUID=aaaaaaaa:bbbbbbbb:cccccccc:dddddddd\nE:MD_DEVNAME=root\n",
		"sys/class/block/md0/size": "0\n", "sys/class/block/md0/md/level": "raid0\n", "sys/class/block/md0/md/array_state": "inactive\n",
		"etc/mdadm/mdadm.conf":              "ARRAY /dev/md/root UUID=aaaaaaaa:bbbbbbbb:cccccccc:dddddddd\nARRAY /dev/md/0\nARRAY /dev/md/gone UUID=1\nARRAY <ignore> UUID=2\n",
		"sys/fs/btrfs/features/x":           "",
		"sys/fs/btrfs/u-1/label":            "my disk\n",
		"sys/fs/btrfs/u-1/devices/sda2/x":   "",
		"sys/fs/btrfs/u-1/devices/dm-3/x":   "",
		"dev/dm-3":                          "",
		"dev/mapper/luks":                   "-> ../dm-3",
		"sys/fs/btrfs/u-1/allocation/flags": "1\n", "sys/fs/btrfs/u-1/allocation/data/raid1/x": "", "sys/fs/btrfs/u-1/allocation/data/flags": "1\n", "sys/fs/btrfs/u-1/allocation/metadata/dup/x": "",
		"proc/1/mountinfo": "1 0 0:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:2 / /mnt/b rw - btrfs /dev/mapper/luks rw,subvol=/x\n3 1 0:3 / /mnt/a rw - btrfs /dev/sda2 rw\n",
		session + "/size":  "8\n", "sys/class/block/sdb": "-> ../../devices/platform/host3/session1/target3:0:0/3:0:0:0/block/sdb",
		"sys/class/iscsi_session/session1/targetname": "iqn.a:1\n", "sys/class/iscsi_session/session1/state": "LOGGED_IN\n", "sys/class/iscsi_session/session10/targetname": "iqn.a:0\n",
		"sys/class/iscsi_connection/connection1:0/persistent_address": "fd00::1\n", "sys/class/iscsi_connection/connection1:0/persistent_port": "3260\n",
		"etc/iscsi/nodes/iqn.a:1/192.0.2.7,3260,1/default": "node.name = iqn.a:1\nnode.conn[0].address = 192.0.2.7\nnode.conn[0].port = 3260\nnode.startup = onboot\n",
		"etc/iscsi/nodes/iqn.a:0/192.0.2.8,3260":           "node.name = iqn.a:0\nnode.session.auth.authmethod = CHAP\n",
	}), and(map[string]answer{"btrfs subvolume list": {out: "ID 256 gen 1 top level 5 path <FS_TREE>/@\n"}}))
	arrays := []snapshot.MDArray{
		{Name: "md/gone", UUID: "1", Configured: true, Source: "/etc/mdadm/mdadm.conf:3"},
		{Name: "md0", Level: "raid0", State: "inactive", Configured: true, Source: "/etc/mdadm/mdadm.conf:2"},
		{Name: "md127", Level: "raid1", UUID: "aaaaaaaa:bbbbbbbb:cccccccc:dddddddd", Metadata: "1.2", State: "active", Degraded: 1, Members: []string{"sda1", "sdb1"}, Configured: true, Source: "/etc/mdadm/mdadm.conf:1"},
	}
	if d := cmp.Diff(arrays, s.Storage.MDArrays, allFields); d != "" {
		t.Error(d)
	}
	btrfs := []snapshot.BtrfsFilesystem{{UUID: "u-1", Label: "my disk", Devices: []string{"dm-3", "sda2"}, Data: "raid1", Metadata: "dup", Mounts: []string{"/mnt/a", "/mnt/b"}, Subvolumes: []string{"@"}}}
	if d := cmp.Diff(btrfs, s.Storage.Btrfs, allFields); d != "" {
		t.Error(d)
	}
	if command := "btrfs subvolume list -a -- /mnt/a"; !strings.Contains(strings.Join(s.Capture.Commands, "\n"), command) {
		t.Errorf("commands %v", s.Capture.Commands)
	}
	sessions := []snapshot.ISCSISession{{Target: "iqn.a:0"}, {Target: "iqn.a:1", State: "LOGGED_IN", Portal: "[fd00::1]:3260", Devices: []string{"sdb"}}}
	if d := cmp.Diff(sessions, s.Storage.ISCSI.Sessions, allFields); d != "" {
		t.Error(d)
	}
	nodes := []snapshot.ISCSINode{
		{Target: "iqn.a:0", Startup: "manual", Authentication: "CHAP", Source: "/etc/iscsi/nodes/iqn.a:0/192.0.2.8,3260"},
		{Target: "iqn.a:1", Portal: "192.0.2.7:3260", Startup: "onboot", Authentication: "None", Source: "/etc/iscsi/nodes/iqn.a:1/192.0.2.7,3260,1/default"},
	}
	if d := cmp.Diff(nodes, s.Storage.ISCSI.Nodes, allFields); d != "" {
		t.Error(d)
	}
}

func TestStateOfCeph(t *testing.T) {
	files := with(map[string]string{
		"etc/pve/ceph.conf":             "[global]\nfsid = 1\nmon_host = 192.0.2.1 192.0.2.2\n",
		"var/lib/ceph/osd/ceph-4/fsid":  "raw\n",
		"var/lib/ceph/osd/ceph-4/block": "-> /dev/sdq", "var/lib/ceph/osd/ceph-4/block.db": "-> /dev/sdr1", "var/lib/ceph/osd/ceph-5/x": "", "var/lib/ceph/osd/odd/fsid": "x\n",
	})
	s := captureRecorded(t, files, and(map[string]answer{
		"ceph status":   {out: `{"fsid":"1","health":{"status":"HEALTH_OK","checks":{}},"quorum_names":["a"],"osdmap":{"num_osds":2,"num_up_osds":2,"num_in_osds":1}}`},
		"ceph versions": {out: `{"osd":{"ceph version 19.2.1 (x) squid (stable)":2},"overall":{}}`},
	}))
	got := s.Storage.Ceph
	got.Config, got.Daemons = nil, nil
	want := snapshot.Ceph{
		FSID: "1", Health: "HEALTH_OK", Quorum: []string{"a"}, OSDsTotal: 2, OSDsUp: 2, OSDsIn: 1,
		OSDs: []snapshot.CephOSD{{ID: 4, FSID: "raw", Devices: []string{"block=/dev/sdq", "db=/dev/sdr1"}}}, Versions: []snapshot.CephVersion{{Daemon: "osd", Version: "19.2.1", Count: 2}},
	}
	if d := cmp.Diff(want, got, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "storage.ceph_state"); a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
	// A cluster that does not answer leaves what is configured as known as it is, and no time of day in the problem.
	s = captureRecorded(t, files, and(map[string]answer{"ceph status": {err: errors.New("exit status 1: 2026-11-23T06:40:11.918 auth: unable")}}))
	if a := areaOf(t, s, "storage.ceph"); a.Status != statusKnown || s.Storage.Ceph.FSID != "1" {
		t.Errorf("%+v, fsid %q", a, s.Storage.Ceph.FSID)
	}
	if a := areaOf(t, s, "storage.ceph_state"); a.Status != statusUnknown || strings.Contains(a.Detail, "2026") {
		t.Errorf("%+v", a)
	}
}

func TestUnknownStorageIsNotNone(t *testing.T) {
	disk := map[string]string{"sys/class/block/sda/size": "8\n"}
	user := map[string]string{"proc/self/status": "Uid:\t1000\t1000\t1000\t1000\n", "sys/class/block/sda/size": "8\n"}
	for _, c := range []struct {
		name    string
		files   map[string]string
		answers map[string]answer
		area    string
		status  string
	}{
		{"LVM reports no group", disk, emptyLVM, "storage.volume_groups", statusKnown},
		{"LVM is not installed", disk, nil, "storage.volume_groups", statusKnown},
		{"to an ordinary user LVM says that there is nothing", user, emptyLVM, "storage.volume_groups", statusPartial},
		{"LVM fails", disk, and(map[string]answer{"lvs": {err: errors.New("exit status 5")}}), "storage.volume_groups", statusPartial},
		{"LVM answers something else", disk, and(map[string]answer{"pvs": {out: "x"}}), "storage.volume_groups", statusPartial},
		{"one of the groups is broken, and LVM tells of the others", disk, and(map[string]answer{"vgs": {noGroups, errors.New("exit status 5")}}), "storage.volume_groups", statusPartial},
		{"no ZFS, and nothing names a pool", disk, emptyLVM, "storage.zfs_pools", statusKnown},
		{"no ZFS, and a storage on a pool", map[string]string{"etc/pve/storage.cfg": "zfspool: aa\n\tpool tank\n\n"}, emptyLVM, "storage.zfs_pools", statusPartial},
		{"the driver of ZFS without its programs", map[string]string{"sys/module/zfs/x": ""}, emptyLVM, "storage.zfs_pools", statusPartial},
		{"ZFS without a pool", map[string]string{"sys/module/zfs/x": ""}, and(map[string]answer{"zpool list": {}}), "storage.zfs_pools", statusKnown},
		{"properties of ZFS cannot be read", map[string]string{"sys/module/zfs/x": ""}, and(map[string]answer{"zpool list": {out: "a\t1\tONLINE\t1\t1\t1\n"}}), "storage.zfs_pools", statusPartial},
		{"no btrfs", disk, emptyLVM, "storage.btrfs", statusKnown},
		{"subvolumes that only root may list", map[string]string{"sys/fs/btrfs/u/devices/sda/x": "", "proc/1/mountinfo": "1 0 0:1 / /b rw - btrfs /dev/sda rw\n"}, emptyLVM, "storage.btrfs", statusPartial},
		{"no arrays", disk, emptyLVM, "storage.md_arrays", statusKnown},
		{"no initiator", disk, emptyLVM, "storage.iscsi", statusKnown},
		{"no sessions", disk, emptyLVM, "storage.iscsi_sessions", statusKnown},
		{"records of targets that cannot be read", map[string]string{"etc/iscsi/nodes/iqn.a/portal": "-> /nowhere"}, emptyLVM, "storage.iscsi", statusPartial},
		{"no maps", disk, emptyLVM, "storage.multipath", statusKnown},
		{"no Ceph", disk, emptyLVM, "storage.ceph_state", statusKnown},
		{"Ceph without a monitor to ask", map[string]string{"etc/pve/ceph.conf": "[global]\nfsid = 1\n"}, emptyLVM, "storage.ceph_state", statusUnknown},
		{"Ceph without its client", map[string]string{"etc/pve/ceph.conf": "[global]\nmon_host = 1\n"}, emptyLVM, "storage.ceph_state", statusUnknown},
		{"Ceph tells no versions", map[string]string{"etc/pve/ceph.conf": "[mon.a]\nhost = a\n"}, and(map[string]answer{"ceph status": {out: "{}"}}), "storage.ceph_state", statusPartial},
		{"OSDs on volumes that are not known", map[string]string{"proc/self/status": "", "etc/pve/ceph.conf": "[global]\nfsid = 1\n"}, emptyLVM, "storage.ceph", statusPartial},
		{"devices that udev knows nothing of", disk, emptyLVM, "storage.block_devices", statusKnown},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := areaOf(t, captureRecorded(t, with(c.files), c.answers), c.area); a.Status != c.status {
				t.Errorf("%+v, want %s", a, c.status)
			}
		})
	}
	for _, c := range []struct {
		name         string
		files        map[string]string
		area, status string
	}{
		{"devices without a database of udev", disk, "storage.block_devices", statusPartial},
		{"a whole /etc/pve without ceph.conf has no Ceph", liveFiles, "storage.ceph_state", statusKnown},
		{"a tree cannot ask the cluster", with(map[string]string{"etc/pve/ceph.conf": "[global]\nmon_host = 1\n"}), "storage.ceph_state", statusUnknown},
		{"a part of /etc/pve may have had a ceph.conf", map[string]string{"etc/pve/storage.cfg": ""}, "storage.ceph_state", statusUnknown},
		{"a whole /etc without mdadm has no arrays", with(map[string]string{"var/lib/dpkg/status": "Package: dpkg\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n"}), "storage.md_arrays", statusKnown},
		{"arrays are assembled without a line for them", with(map[string]string{"etc/mdadm/mdadm.conf": "MAILADDR root\n"}), "storage.md_arrays", statusUnknown},
		{"arrays that are configured", map[string]string{"etc/mdadm/mdadm.conf": "ARRAY /dev/md0 UUID=1\n"}, "storage.md_arrays", statusPartial},
		{"a copy of mdstat", map[string]string{"proc/mdstat": "md0 : active raid1 sda1[0]\n"}, "storage.md_arrays", statusKnown},
		{"maps that there have been", with(map[string]string{"etc/multipath/wwids": "/3600/\n"}), "storage.multipath", statusPartial},
		{"a whole /etc without maps", liveFiles, "storage.multipath", statusKnown},
		{"btrfs of fstab", map[string]string{"etc/fstab": "UUID=\"A-1\" /b btrfs defaults 0 0\nUUID=a-1 /c btrfs subvol=x 0 0\n"}, "storage.btrfs", statusPartial},
		{"no btrfs in fstab may be one that is mounted by hand", liveFiles, "storage.btrfs", statusUnknown},
		{"a tree has no sessions to show", liveFiles, "storage.iscsi_sessions", statusUnknown},
		{"pools that a tree names", with(map[string]string{"etc/zfs/zpool.cache": string(poolCache("a"))}), "storage.zfs_pools", statusPartial},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.files))
			if a := areaOf(t, s, c.area); a.Status != c.status {
				t.Errorf("%+v, want %s", a, c.status)
			}
			assertProblemsExplainAreas(t, s)
		})
	}
}
