package introspect

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// poolCache is a zpool.cache with pairs of the names and some content that is not looked at.
func poolCache(names ...string) []byte {
	word := func(v int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(v)) }
	out := append([]byte{1, 1, 0, 0}, append(word(0), word(1)...)...)
	for _, name := range names {
		padded := append([]byte(name), make([]byte, (4-len(name)%4)%4)...)
		body := append(append(word(len(name)), padded...), "a nested list of pairs.."...)
		out = append(append(append(out, word(len(body)+8)...), word(64)...), body...)
	}
	return append(append(out, word(0)...), word(0)...)
}

func TestCachedPools(t *testing.T) {
	whole := poolCache("rpool", "tank", "a-long.name_1")
	names, err := cachedPools(whole)
	if d := cmp.Diff([]string{"rpool", "tank", "a-long.name_1"}, names); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"empty", nil}, {"text", []byte("not a cache at all")}, {"cut off", whole[:len(whole)-8]}, {"cut in a pair", whole[:40]},
		{"a pair that is too short", append(whole[:12:12], 0, 0, 0, 4, 0, 0, 0, 0)},
		{"a name that is too long", append(whole[:12:12], 0, 0, 0, 12, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)},
		{"a size beyond the file", append(whole[:12:12], 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)},
	} {
		if _, err := cachedPools(c.data); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

// realPoolCache is what OpenZFS 2.1 wrote for a mirror and a pool of one file.
func realPoolCache(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/zpool.cache")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPoolsOfTheCacheThatOpenZFSWrites(t *testing.T) {
	whole := realPoolCache(t)
	names, err := cachedPools(whole)
	if d := cmp.Diff([]string{"second-one", "tank"}, names); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	// At every place where the file may be cut off, all that is told is the beginning of the truth.
	for size := range len(whole) - 8 {
		names, err := cachedPools(whole[:size])
		if err == nil || len(names) > 2 || len(names) > 0 && names[0] != "second-one" {
			t.Fatalf("%d bytes: %v %v", size, names, err)
		}
	}
	if _, err := cachedPools(append(whole[:12:12], bytes.Repeat([]byte{0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0}, 100)...)); err == nil {
		t.Error("lists within lists without end are taken")
	}
}

func FuzzCachedPools(f *testing.F) {
	f.Add(realPoolCache(f))
	f.Add(poolCache("rpool"))
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 4})
	f.Fuzz(func(t *testing.T, data []byte) {
		names, _ := cachedPools(data)
		if len(names)*12 > len(data) {
			t.Errorf("%d names from %d bytes", len(names), len(data))
		}
	})
}

func TestVolumeOf(t *testing.T) {
	for name, want := range map[string]logicalVolume{
		"pve-root":             {"pve", "root"},
		"pve-vm--100--disk--0": {"pve", "vm-100-disk-0"},
		"my--vg-my--lv":        {"my-vg", "my-lv"},
		"a----b-c":             {"a--b", "c"},
	} {
		if got, ok := volumeOf(name); !ok || got != want {
			t.Errorf("%s: %v %t, want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "-", "luks", "crypt--data", "-x", "x-"} {
		if got, ok := volumeOf(name); ok {
			t.Errorf("%q is %v", name, got)
		}
	}
}

func TestVolumeGroupsAndPoolsComeFromWhateverNamesThem(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"proc/1/mountinfo":             "1 0 0:1 / / rw - ext4 /dev/mapper/pve-root rw\n2 1 0:2 / /tank rw - zfs tank/data rw\n3 1 0:3 / /srv rw - ext4 /dev/dm-3 rw\n4 1 0:4 / /md rw - ext4 /dev/md/0 rw\n",
		"proc/swaps":                   "Filename Type Size Used Priority\n/dev/dm-1 partition 8388604 0 -2\n",
		"proc/cmdline":                 "root=ZFS=rpool/ROOT/pve-1 boot=zfs\n",
		"etc/fstab":                    "/dev/backup/store /mnt ext4 defaults 0 0\n",
		"etc/zfs/zpool.cache":          string(poolCache("cold")),
		"etc/pve/storage.cfg":          "lvmthin: aa\n\tvgname fast\n\tthinpool data\n\nlvm: bb\n\tvgname shared\n\nzfspool: cc\n\tpool rpool/data\n\n",
		"sys/class/block/dm-1/dm/name": "pve-swap\n", "sys/class/block/dm-1/dm/uuid": "LVM-x\n", "sys/class/block/dm-1/size": "8\n",
		"sys/class/block/dm-3/dm/name": "pve-srv\n", "sys/class/block/dm-3/dm/uuid": "LVM-x\n", "sys/class/block/dm-3/size": "8\n",
		"sys/class/block/dm-4/dm/name": "pve-data_tmeta\n", "sys/class/block/dm-4/dm/uuid": "LVM-x\n", "sys/class/block/dm-4/size": "8\n",
		"sys/class/block/dm-5/dm/name": "luks-abc\n", "sys/class/block/dm-5/dm/uuid": "CRYPT-x\n", "sys/class/block/dm-5/size": "8\n",
	}))
	groups := []snapshot.VolumeGroup{
		{Name: "backup", Volumes: []string{"store"}}, {Name: "fast", Volumes: []string{"data"}},
		{Name: "pve", Root: true, Volumes: []string{"root", "srv", "swap"}}, {Name: "shared", Volumes: []string{}},
	}
	if d := cmp.Diff(groups, s.Storage.VolumeGroups, allFields); d != "" {
		t.Error(d)
	}
	pools := []snapshot.ZFSPool{{Name: "cold"}, {Name: "rpool", Root: true}, {Name: "tank"}}
	if d := cmp.Diff(pools, s.Storage.Pools, allFields); d != "" {
		t.Error(d)
	}
}

func TestBlockDevices(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"sys/class/block/sda/size": "2048\n", "sys/class/block/sda/queue/rotational": "1\n", "sys/class/block/sda/device/model": "ST2000  \n",
		"sys/class/block/sda1/size": "1024\n", "sys/class/block/sda1/partition": "1\n",
		"sys/class/block/md0/size": "4\n", "sys/class/block/md0/md/level": "raid1\n",
		"sys/class/block/zd0/size": "4\n", "sys/class/block/loop0/size": "0\n", "sys/class/block/loop1/size": "4\n", "sys/class/block/ram0/size": "8\n",
		"sys/class/block/sr0/size": "0\n", "sys/class/block/odd/size": "many\n",
		"dev/disk/by-id/ata-ST": "-> ../../sda", "dev/disk/by-path/pci-1-part1": "-> ../../sda1", "dev/disk/by-uuid/1-2": "-> ../../sda1",
	}))
	want := []snapshot.BlockDevice{
		{Name: "loop1", SizeBytes: 2048, Kind: "loop", Links: []string{}},
		{Name: "md0", SizeBytes: 2048, Kind: "md", Links: []string{}},
		{Name: "sda", SizeBytes: 1 << 20, Kind: "disk", Rotational: true, Model: "ST2000", Links: []string{"/dev/disk/by-id/ata-ST"}},
		{Name: "sda1", SizeBytes: 1 << 19, Kind: "part", Parent: "sda", Links: []string{"/dev/disk/by-path/pci-1-part1", "/dev/disk/by-uuid/1-2"}},
		{Name: "zd0", SizeBytes: 2048, Kind: "zvol", Links: []string{}},
	}
	if d := cmp.Diff(want, s.Storage.BlockDevices, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "storage.block_devices"); a.Status != statusPartial {
		t.Errorf("%+v", a)
	}
}

func TestCephDaemons(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/ceph/ceph.conf":                                                        "[global]\nfsid = 1\n",
		"var/lib/ceph/mon/ceph-pve1/kv":                                             "",
		"var/lib/ceph/osd/ceph-3/type":                                              "",
		"proc/1/mountinfo":                                                          "1 0 0:1 / /var/lib/ceph/osd/ceph-4 rw - tmpfs tmpfs rw\n",
		"lib/systemd/system/ceph-mgr@.service":                                      "[Install]\nWantedBy=ceph-mgr.target\n",
		"lib/systemd/system/ceph-volume@.service":                                   "[Install]\nWantedBy=multi-user.target\n",
		"etc/systemd/system/ceph-mgr.target.wants/ceph-mgr@pve1.service":            "-> /lib/systemd/system/ceph-mgr@.service",
		"etc/systemd/system/multi-user.target.wants/ceph-volume@lvm-5-0b1c.service": "-> /lib/systemd/system/ceph-volume@.service",
	}))
	if d := cmp.Diff([]string{"mgr.pve1", "mon.pve1", "osd.3", "osd.4", "osd.5"}, s.Storage.Ceph.Daemons); d != "" {
		t.Error(d)
	}
	if len(s.Storage.Ceph.Config) != 1 {
		t.Errorf("config %v", s.Storage.Ceph.Config)
	}
}
