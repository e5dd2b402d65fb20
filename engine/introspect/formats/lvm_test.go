package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// The answers of LVM 2.03 to a thin pool, a classic snapshot, a RAID and the volumes of an OSD.
const (
	vgsReport = `  {
      "report": [
          {
              "vg": [
                  {"vg_name":"pve", "vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "vg_size":"511096913920", "vg_free":"17175674880", "vg_missing_pv_count":"0"},
                  {"vg_name":"ceph-0b1c", "vg_uuid":"u2", "vg_size":"107369988096", "vg_free":"0", "vg_missing_pv_count":"1"}
              ]
          }
      ]
      ,
      "log": [
      ]
  }
`
	pvsReport = `{"report":[{"pv":[
	{"pv_name":"[unknown]", "vg_uuid":"u2"},{"pv_name":"/dev/sdb", "vg_uuid":"u2"},
	{"pv_name":"/dev/nvme0n1p3", "vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk"},{"pv_name":"/dev/sdz", "vg_uuid":""}]}]}`
	lvsReport = `{"report":[{"lv":[
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"data", "segtype":"thin-pool", "pool_lv":"", "origin":"", "lv_size":"365041287168", "lv_active":"active", "data_percent":"99.02", "metadata_percent":"1.41", "lv_tags":""},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"[data_tdata]", "segtype":"linear", "pool_lv":"", "origin":"", "lv_size":"365041287168", "lv_active":"active", "data_percent":"", "metadata_percent":"", "lv_tags":""},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"root", "segtype":"linear", "pool_lv":"", "origin":"", "lv_size":"103079215104", "lv_active":"active", "data_percent":"", "metadata_percent":"", "lv_tags":""},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"root", "segtype":"striped", "pool_lv":"", "origin":"", "lv_size":"103079215104", "lv_active":"active", "data_percent":"", "metadata_percent":"", "lv_tags":""},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"snap_vm-100-disk-0_a-b", "segtype":"thin", "pool_lv":"data", "origin":"vm-100-disk-0", "lv_size":"34359738368", "lv_active":"", "data_percent":"", "metadata_percent":"", "lv_tags":""},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"vm-100-disk-0", "segtype":"thin", "pool_lv":"data", "origin":"", "lv_size":"34359738368", "lv_active":"active", "data_percent":"100.00", "metadata_percent":"", "lv_tags":"pve-vm-100"},
	{"vg_uuid":"GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", "lv_name":"fast", "segtype":"cache", "pool_lv":"[fast_cpool]", "origin":"[fast_corig]", "lv_size":"1073741824", "lv_active":"active", "data_percent":"0.00", "metadata_percent":"3.00", "lv_tags":""},
	{"vg_uuid":"u2", "lv_name":"osd-block-1", "segtype":"linear", "pool_lv":"", "origin":"", "lv_size":"107369988096", "lv_active":"active", "data_percent":"", "metadata_percent":"", "lv_tags":"ceph.osd_id=3,ceph.cephx_lockbox_secret=AQDPLANTED==,ceph.encrypted=1"}
	]}]}`
)

func percent(n int) *int { return &n }

func TestLVMReport(t *testing.T) {
	got, err := LVMReport([]byte(vgsReport), []byte(pvsReport), []byte(lvsReport))
	want := []snapshot.VolumeGroup{
		{
			Name: "ceph-0b1c", UUID: "u2", SizeBytes: 107369988096, Missing: true, Volumes: []string{"osd-block-1"},
			PhysicalVolumes: []string{"/dev/sdb", "[unknown]"}, LogicalVolumes: []snapshot.LogicalVolume{
				{Name: "osd-block-1", Kind: "linear", SizeBytes: 107369988096, Active: true,
					Tags: []string{"ceph.cephx_lockbox_secret=" + hide("AQDPLANTED=="), "ceph.encrypted=1", "ceph.osd_id=3"}},
			},
		},
		{
			Name: "pve", UUID: "GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", SizeBytes: 511096913920, FreeBytes: 17175674880,
			Volumes: []string{"data", "fast", "root", "snap_vm-100-disk-0_a-b", "vm-100-disk-0"}, PhysicalVolumes: []string{"/dev/nvme0n1p3"},
			LogicalVolumes: []snapshot.LogicalVolume{
				{Name: "data", Kind: "thin-pool", SizeBytes: 365041287168, Active: true, DataPercent: percent(100), MetadataPercent: percent(2)},
				{Name: "data_tdata", Kind: "linear", SizeBytes: 365041287168, Active: true},
				{Name: "fast", Kind: "cache", Pool: "fast_cpool", Origin: "fast_corig", SizeBytes: 1 << 30, Active: true, DataPercent: percent(0), MetadataPercent: percent(3)},
				{Name: "root", Kind: "linear", SizeBytes: 103079215104, Active: true},
				{Name: "snap_vm-100-disk-0_a-b", Kind: "thin", Pool: "data", Origin: "vm-100-disk-0", SizeBytes: 1 << 35},
				{Name: "vm-100-disk-0", Kind: "thin", Pool: "data", SizeBytes: 1 << 35, Active: true, DataPercent: percent(100), Tags: []string{"pve-vm-100"}},
			},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.VolumeGroup{}, snapshot.LogicalVolume{})); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	none := `{"report":[{"vg":[]}]}`
	if got, err := LVMReport([]byte(none), []byte(none), []byte(`{"report":[{"lv":[]}]}`)); err != nil || got == nil || len(got) != 0 {
		t.Errorf("no groups: %v %v", got, err)
	}
	for _, bad := range []string{"", "x", "[]", `{"report":[{"vg":3}]}`, `{"report":[{"vg":[{"vg_name":{}}]}]}`, vgsReport[:100]} {
		if _, err := LVMReport([]byte(bad), []byte(none), []byte(none)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// hide is what stands for a secret in a text.
func hide(value string) string { return "secret:" + secretOf("", value).SHA256Prefix }

// backupText is metadata as LVM 2.03.16 writes it.
const backupText = `# Generated by LVM2 version 2.03.16(2) (2022-05-18): Tue Nov  4 09:12:40 2025

contents = "Text Format Volume Group"
version = 1

description = "Created *after* executing '/sbin/lvcreate -n \"x\" { pve'"

creation_host = "pve1"	# Linux pve1 6.8.12-15-pve x86_64
creation_time = 1762243960	# Tue Nov  4 09:12:40 2025

my-vg {
	id = "GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk"
	seqno = 63
	format = "lvm2"			# informational
	status = ["RESIZEABLE", "READ", "WRITE"]
	flags = []
	extent_size = 8192		# 4 Megabytes
	max_lv = 0

	physical_volumes {

		pv0 {
			id = "UzazIm-lOVX-anit-dApy-tSwB-Tp3I-dZAuip"
			device = "/dev/sda3"	# Hint only

			status = ["ALLOCATABLE"]
			flags = []
			dev_size = 1874282447
			pe_start = 2048
			pe_count = 1000
		}
		pv1 {
			id = "b"
			device = "/dev/sdb"
			status = ["ALLOCATABLE"]
			flags = ["MISSING"]
			pe_count = 200
		}
	}

	logical_volumes {

		root {
			id = "HnZhKE"
			status = ["READ", "WRITE", "VISIBLE"]
			flags = []
			tags = ["b", "ceph.cephx_lockbox_secret=AQDPLANTED=="]
			segment_count = 2

			segment1 {
				start_extent = 0
				extent_count = 100

				type = "striped"
				stripe_count = 1	# linear

				stripes = [
					"pv0", 0
				]
			}
			segment2 {
				start_extent = 100
				extent_count = 20
				type = "striped"
				stripe_count = 2
				stripes = ["pv0", 100, "pv1", 0]
			}
		}
		before-upgrade {
			status = ["READ", "WRITE"]
			segment1 {
				extent_count = 10
				type = "striped"
				stripe_count = 1
				stripes = ["pv0", 200]
			}
		}
		snapshot0 {
			status = ["READ", "WRITE", "VISIBLE"]
			segment1 {
				extent_count = 120
				type = "snapshot"
				chunk_size = 8
				origin = "root"
				cow_store = "before-upgrade"
			}
		}
		data {
			status = ["READ", "WRITE", "VISIBLE"]
			segment1 {
				extent_count = 400
				type = "thin-pool"
				metadata = "data_tmeta"
				pool = "data_tdata"
			}
		}
		data_tdata {
			status = ["READ", "WRITE"]
			segment1 {
				extent_count = 400
				type = "striped"
				stripe_count = 1
				stripes = ["pv0", 300]
			}
		}
		vm-100-disk-0 {
			status = ["READ", "WRITE", "VISIBLE"]
			segment1 {
				extent_count = 8192
				type = "thin"
				thin_pool = "data"
				device_id = 1
				origin = "base-9-disk-0"
			}
		}
		mirror {
			status = ["READ", "WRITE", "VISIBLE"]
			segment1 {
				extent_count = 5
				type = "raid1"
				device_count = 2
				raids = ["mirror_rmeta_0", "mirror_rimage_0"]
			}
		}
	}
}
`

func TestLVMBackup(t *testing.T) {
	const extent = 4 << 20
	got, err := LVMBackup([]byte(backupText))
	want := snapshot.VolumeGroup{
		Name: "my-vg", UUID: "GAFJvQ-FoiN-JtZG-spv8-10uj-EAUl-wL37fk", SizeBytes: 1200 * extent, FreeBytes: 670 * extent, Missing: true,
		PhysicalVolumes: []string{"/dev/sda3", "/dev/sdb"}, Volumes: []string{"before-upgrade", "data", "mirror", "root", "vm-100-disk-0"},
		LogicalVolumes: []snapshot.LogicalVolume{
			{Name: "before-upgrade", Kind: "linear", Origin: "root", SizeBytes: 10 * extent},
			{Name: "data", Kind: "thin-pool", SizeBytes: 400 * extent},
			{Name: "data_tdata", Kind: "linear", SizeBytes: 400 * extent},
			{Name: "mirror", Kind: "raid1", SizeBytes: 5 * extent},
			{Name: "root", Kind: "linear", SizeBytes: 120 * extent, Tags: []string{"b", "ceph.cephx_lockbox_secret=" + hide("AQDPLANTED==")}},
			{Name: "vm-100-disk-0", Kind: "thin", Pool: "data", Origin: "base-9-disk-0", SizeBytes: 8192 * extent},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.VolumeGroup{}, snapshot.LogicalVolume{})); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

func TestLVMBackupThatIsNone(t *testing.T) {
	const head = "contents = \"Text Format Volume Group\"\n"
	for name, c := range map[string]struct{ text, message string }{
		"empty":           {"", "not the metadata"},
		"another text":    {"vg { id = \"x\" }\n", "not the metadata"},
		"no group":        {head, "not the metadata"},
		"cut off":         {backupText[:1500], "the text ends in a block"},
		"too deep":        {head + strings.Repeat("a {\n", 1000), "line 18: blocks lie too deep"},
		"no value":        {head + "a =\n}", "line 3: a value is missing"},
		"an open list":    {head + "a = [1, 2\n=", "line 3: a list does not end"},
		"a lonely name":   {head + "a b\n", "line 2: neither a value nor a block"},
		"a brace at once": {head + "}\n", "line 2: a name is missing"},
	} {
		if _, err := LVMBackup([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %v, want %q", name, err, c.message)
		}
	}
	// What stands before the end of a text that was cut off is kept.
	if got, _ := LVMBackup([]byte(backupText[:1500])); got.Name != "my-vg" || len(got.PhysicalVolumes) != 2 {
		t.Errorf("%+v", got)
	}
	huge := strings.NewReplacer("extent_size = 8192", "extent_size = 9223372036854775807", "pe_count = 1000", "pe_count = 9223372036854775807").Replace(backupText)
	if got, err := LVMBackup([]byte(huge)); err != nil || got.SizeBytes < 0 || got.FreeBytes < 0 {
		t.Errorf("sizes run over: %+v %v", got, err)
	}
}

func FuzzLVM(f *testing.F) {
	f.Add([]byte(backupText), []byte(lvsReport))
	f.Add([]byte("contents = \"Text Format Volume Group\"\nv { id = 1 a { b = [ \"\\"), []byte(vgsReport))
	f.Fuzz(func(t *testing.T, text, report []byte) {
		group, _ := LVMBackup(text)
		groups, _ := LVMReport([]byte(vgsReport), report, report)
		more, _ := LVMReport(report, report, report)
		for _, g := range append(append(groups, more...), group) {
			facts(t, fuzzPath, 0, g)
			if g.SizeBytes < 0 || g.FreeBytes < 0 || len(g.LogicalVolumes) > len(text)+len(report) {
				t.Fatalf("%+v", g)
			}
			for _, v := range g.LogicalVolumes {
				if v.SizeBytes < 0 || v.DataPercent != nil && (*v.DataPercent < 0 || *v.DataPercent > 100) {
					t.Fatalf("%+v", v)
				}
			}
		}
	})
}
