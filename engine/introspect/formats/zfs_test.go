package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var sameZFS = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.ZFSPool{}, snapshot.ZFSProperty{}, snapshot.ZFSFeature{}, snapshot.ZFSDevice{}, snapshot.ZFSDataset{})}

func TestZpoolList(t *testing.T) {
	got, err := ZpoolList([]byte("rpool\t1234567890123456789\tDEGRADED\t498216206336\t325118418944\t34\ntank\t7\tSUSPENDED\t-\t-\t-\n"))
	want := []snapshot.ZFSPool{
		{Name: "rpool", Imported: true, GUID: "1234567890123456789", Health: "DEGRADED", SizeBytes: 498216206336, FreeBytes: 325118418944, CapacityPercent: percent(34)},
		{Name: "tank", Imported: true, GUID: "7", Health: "SUSPENDED"},
	}
	if d := cmp.Diff(want, got, sameZFS); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if got, err := ZpoolList(nil); err != nil || len(got) != 0 {
		t.Errorf("no pools: %v %v", got, err)
	}
	if _, err := ZpoolList([]byte("no pools available\n")); err == nil {
		t.Error("a line without columns is taken")
	}
}

func TestZpoolProperties(t *testing.T) {
	properties, features, err := ZpoolProperties([]byte(strings.Join([]string{
		"rpool\tsize\t498216206336\t-", "rpool\tbootfs\trpool/ROOT/pve-1\tlocal", "rpool\tautotrim\toff\tdefault", "rpool\tashift\t12\tlocal",
		"rpool\tcomment\tdisks of\tthe\told box\tlocal", "rpool\tguid\t12345\t-", "rpool\tfeature@lz4_compress\tactive\tlocal",
		"rpool\tfeature@async_destroy\tenabled\tlocal", "rpool\tfeature@draid\tdisabled\tlocal", "rpool\tunsupported@com.x:y\tinactive\tlocal",
		"rpool\torg.example:api_token\tPLANTED\tlocal", "tank\tashift\t0\tdefault", "",
	}, "\n")))
	want := map[string][]snapshot.ZFSProperty{
		"rpool": {
			{Name: "ashift", Value: "12", Origin: "local"}, {Name: "autotrim", Value: "off", Origin: "default"}, {Name: "bootfs", Value: "rpool/ROOT/pve-1", Origin: "local"},
			{Name: "comment", Value: "disks of\tthe\told box", Origin: "local"}, {Name: "org.example:api_token", Value: hide("PLANTED"), Origin: "local"},
		},
		"tank": {{Name: "ashift", Value: "0", Origin: "default"}},
	}
	if d := cmp.Diff(want, properties, sameZFS); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if d := cmp.Diff(map[string][]snapshot.ZFSFeature{"rpool": {{Name: "async_destroy", State: "enabled"}, {Name: "lz4_compress", State: "active"}}}, features, sameZFS); d != "" {
		t.Error(d)
	}
}

const poolStatus = `  pool: rpool
 state: DEGRADED
status: One or more devices could not be used because the label is missing or
	invalid.  Sufficient replicas exist for the pool to continue
	functioning in a degraded state.
action: Replace the device using 'zpool replace'.
   see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-4J
  scan: scrub repaired 0B in 00:01:02 with 0 errors on Sun Nov  9 00:25:03 2025
config:

	NAME                                            STATE     READ WRITE CKSUM
	rpool                                           DEGRADED     0     0     0
	  mirror-0                                      DEGRADED     0     0     0
	    /dev/disk/by-id/ata-KINGSTON_S-1-part3      ONLINE       0     0     0
	    12345678901234567890                        UNAVAIL      0     0     0  was /dev/disk/by-id/ata-OLD-part3
	  replacing-1                                   ONLINE       0     0     0
	    spare-0                                     ONLINE       0     0     0
	      /tank/my disk ONLINE.img                  ONLINE       0     0     0  (resilvering)
	special	
	  mirror-2                                      ONLINE       0     0     0
	    /dev/nvme0n1p4                              ONLINE       0     0     0
	logs	
	  /dev/nvme0n1p1                                ONLINE       0     0     0
	cache
	  /dev/nvme0n1p2                                FAULTED      0     0     0  too many errors
	spares
	  /dev/sdz1                                     INUSE     currently in use
	  /dev/sdy1                                     AVAIL   

errors: No known data errors

  pool: logs
 state: ONLINE
config:

	NAME        STATE     READ WRITE CKSUM
	logs        ONLINE       0     0     0
	  /dev/sdc  ONLINE       0     0     0
	logs	
	  /dev/sdd  ONLINE       0     0     0

errors: 2 data errors, use '-v' for a list
`

func TestZpoolStatus(t *testing.T) {
	want := map[string][]snapshot.ZFSDevice{
		"rpool": {
			{Name: "mirror-0", Depth: 1, State: "DEGRADED"},
			{Name: "/dev/disk/by-id/ata-KINGSTON_S-1-part3", Depth: 2, State: "ONLINE"}, {Name: "12345678901234567890", Depth: 2, State: "UNAVAIL"},
			{Name: "replacing-1", Depth: 1, State: "ONLINE"}, {Name: "spare-0", Depth: 2, State: "ONLINE"},
			{Name: "/tank/my disk ONLINE.img", Depth: 3, State: "ONLINE"},
			{Name: "special", Depth: 1}, {Name: "mirror-2", Depth: 2, State: "ONLINE"}, {Name: "/dev/nvme0n1p4", Depth: 3, State: "ONLINE"},
			{Name: "logs", Depth: 1}, {Name: "/dev/nvme0n1p1", Depth: 2, State: "ONLINE"},
			{Name: "cache", Depth: 1}, {Name: "/dev/nvme0n1p2", Depth: 2, State: "FAULTED"},
			{Name: "spares", Depth: 1}, {Name: "/dev/sdz1", Depth: 2, State: "INUSE"}, {Name: "/dev/sdy1", Depth: 2, State: "AVAIL"},
		},
		"logs": {{Name: "/dev/sdc", Depth: 1, State: "ONLINE"}, {Name: "logs", Depth: 1}, {Name: "/dev/sdd", Depth: 2, State: "ONLINE"}},
	}
	if d := cmp.Diff(want, ZpoolStatus([]byte(poolStatus)), sameZFS); d != "" {
		t.Error(d)
	}
	if got := ZpoolStatus([]byte("no pools available\n")); got == nil || len(got) != 0 {
		t.Errorf("no pools: %v", got)
	}
}

const (
	toldDatasets = "rpool\ttype\tfilesystem\t-\nrpool\tused\t1000\t-\nrpool\tmounted\tyes\t-\nrpool\tmountpoint\t/rpool\tdefault\nrpool\tencryption\toff\tdefault\nrpool\tkeystatus\t-\t-\n" +
		"rpool/secure\ttype\tfilesystem\t-\nrpool/secure\tused\t200\t-\nrpool/secure\tmounted\tno\t-\nrpool/secure\tmountpoint\tnone\tlocal\nrpool/secure\tencryption\taes-256-gcm\t-\nrpool/secure\tkeystatus\tunavailable\t-\n" +
		"rpool/data/vm-100-disk-0\ttype\tvolume\t-\nrpool/data/vm-100-disk-0\tused\t300\t-\nrpool/data/vm-100-disk-0\tmounted\t-\t-\nrpool/data/vm-100-disk-0\tmountpoint\t-\t-\nrpool/data/vm-100-disk-0\tencryption\toff\tdefault\n" +
		"rpool/data\ttype\tfilesystem\t-\nrpool/data\tmountpoint\t/rpool/data\tinherited from rpool\n" +
		"rpool/data@snap\ttype\tsnapshot\t-\n"
	setDatasets = "rpool\tcompression\ton\tlocal\nrpool\tatime\toff\tlocal\nrpool/secure\tmountpoint\tnone\tlocal\nrpool/secure\tkeylocation\thttps://u:PLANTED@keys.example/k\tlocal\n" +
		"rpool/secure\tcom.sun:auto-snapshot\tfalse\treceived\nrpool/secure\torg.x:key\tPLANTED\tlocal\nrpool/secure\tkeyformat\tpassphrase\t-\nrpool/secure\torg.x:note\tthe password is: PLANTED\tlocal\n" +
		"rpool/data/vm-100-disk-0\tvolsize\t34359738368\tlocal\nrpool/data\torg.x:text\tone\ntwo PLANTED\tlocal\n"
)

func TestZFSDatasets(t *testing.T) {
	got, err := ZFSDatasets([]byte(toldDatasets), []byte(setDatasets))
	want := []snapshot.ZFSDataset{
		{Name: "rpool", Kind: "filesystem", UsedBytes: 1000, Mounted: true, Properties: []snapshot.ZFSProperty{
			{Name: "atime", Value: "off", Origin: "local"}, {Name: "compression", Value: "on", Origin: "local"},
			{Name: "encryption", Value: "off", Origin: "default"}, {Name: "mountpoint", Value: "/rpool", Origin: "default"},
		}},
		{Name: "rpool/data", Kind: "filesystem", Properties: []snapshot.ZFSProperty{{Name: "mountpoint", Value: "/rpool/data", Origin: "inherited"}}},
		{Name: "rpool/data/vm-100-disk-0", Kind: "volume", UsedBytes: 300, Properties: []snapshot.ZFSProperty{
			{Name: "encryption", Value: "off", Origin: "default"}, {Name: "volsize", Value: "34359738368", Origin: "local"},
		}},
		{Name: "rpool/secure", Kind: "filesystem", UsedBytes: 200, Properties: []snapshot.ZFSProperty{
			{Name: "com.sun:auto-snapshot", Value: "false", Origin: "received"}, {Name: "encryption", Value: "aes-256-gcm", Origin: "none"},
			{Name: "keyformat", Value: "passphrase", Origin: "none"}, {Name: "keylocation", Value: hide("https://u:PLANTED@keys.example/k"), Origin: "local"},
			{Name: "keystatus", Value: "unavailable", Origin: "none"}, {Name: "mountpoint", Value: "none", Origin: "local"},
			{Name: "org.x:key", Value: hide("PLANTED"), Origin: "local"}, {Name: "org.x:note", Value: hide("the password is: PLANTED"), Origin: "local"},
		}},
	}
	if d := cmp.Diff(want, got, sameZFS); d != "" {
		t.Error(d)
	}
	// A value with a line break is two lines that mean nothing.
	if err == nil || strings.Contains(err.Error(), "PLANTED") || !strings.Contains(err.Error(), "line 10") {
		t.Errorf("error %v", err)
	}
}

func FuzzZFS(f *testing.F) {
	f.Add([]byte(poolStatus), []byte(toldDatasets))
	f.Add([]byte("  pool: a\nconfig:\n\n\ta\n\t \n\t  b ONLINE\n\t  \n"), []byte(setDatasets))
	f.Add([]byte("a\t1\tONLINE\t1\t2\t3\n"), []byte("a\tfeature@x\tactive\tlocal\na\tb:key\tv\t-\n"))
	f.Fuzz(func(t *testing.T, status, rows []byte) {
		for _, devices := range ZpoolStatus(status) {
			facts(t, fuzzPath, 0, devices)
			for _, d := range devices {
				if d.Depth < 1 || d.Name == "" {
					t.Fatalf("%+v", d)
				}
			}
		}
		pools, _ := ZpoolList(status)
		facts(t, fuzzPath, 0, pools)
		text := append([]byte("rpool\ttype\tfilesystem\t-\nrpool\torg:password\t"+planted+"\tlocal\n"), rows...)
		properties, features, _ := ZpoolProperties(text)
		datasets, _ := ZFSDatasets(text, text)
		for _, result := range []any{properties, features, datasets} {
			hidden(t, result)
		}
		facts(t, fuzzPath, 0, datasets)
	})
}
