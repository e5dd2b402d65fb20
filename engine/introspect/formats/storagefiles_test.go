package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func TestUdevProperties(t *testing.T) {
	got := UdevProperties([]byte("S:disk/by-id/x\nI:1234\nE:ID_FS_TYPE=ext4\nE:ID_FS_LABEL_ENC=a\\x20b\nE:ODD\nE:ID_MODEL=a=b\nG:systemd\n"))
	want := map[string]string{"ID_FS_TYPE": "ext4", "ID_FS_LABEL_ENC": `a\x20b`, "ID_MODEL": "a=b"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]string{
		"plain": "plain", `EFI\x20System\x20Partition`: "EFI System Partition", `\xc3\xa4`: "ä", `\x`: `\x`, `\x4`: `\x4`, `\xzz`: `\xzz`, `a\x00b`: `a\x00b`, `\xff`: "\uFFFD",
	} {
		if got := UdevDecoded(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestMdadmConf(t *testing.T) {
	const text = `# mdadm.conf
MAILADDR root
HOMEHOST <system>
ARRAY /dev/md/0  metadata=1.2 UUID=B5A2B5E7:0a5f3c11:2d4e6f80:91a2b3c4 name=pve1:0  # root
ARRAY /dev/md1 level=raid5
   num-devices=3 devices=/dev/sdc1,/dev/sdb1
   UUID=00000000111111112222222233333333
arr metadata=imsm UUID=4
ARRAY <ignore> UUID=0:0
ARRAY name=pve1:data
DEVICE partitions
   /dev/sdx
`
	want := []snapshot.MDArray{
		{Name: "md/0", Metadata: "1.2", UUID: "b5a2b5e7:0a5f3c11:2d4e6f80:91a2b3c4", Configured: true, Source: "/c:4"},
		{Name: "md1", Level: "raid5", UUID: "00000000:11111111:22222222:33333333", Members: []string{"sdb1", "sdc1"}, Configured: true, Source: "/c:5"},
		{Metadata: "imsm", UUID: "4", Configured: true, Source: "/c:8"},
		{Name: "<ignore>", UUID: "0:0", Configured: true, Source: "/c:9"},
		{Name: "md/pve1:data", Configured: true, Source: "/c:10"},
	}
	if d := cmp.Diff(want, MdadmConf("/c", []byte(text)), sameStorage); d != "" {
		t.Error(d)
	}
}

var sameStorage = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.MDArray{}, snapshot.ISCSINode{}, snapshot.MultipathMap{}, snapshot.CephVersion{}, snapshot.Ceph{})}

func TestMDStat(t *testing.T) {
	const text = `Personalities : [raid1] [raid6] [raid5] [raid4]
md127 : active raid1 sdb1[1](F) sda1[0]
      1046528 blocks super 1.2 [2/1] [U_]
      bitmap: 0/1 pages [0KB], 65536KB chunk

md0 : active (auto-read-only) raid5 sde[3] sdd[1] sdc[0]
      2093056 blocks level 5, 512k chunk, algorithm 2 [3/3] [UUU]
      	resync=PENDING

md9 : inactive sdx[0](S)
      1046528 blocks super external:/md8/0

unused devices: <none>
`
	want := []snapshot.MDArray{
		{Name: "md0", State: "auto-read-only", Level: "raid5", Metadata: "0.90", Members: []string{"sdc", "sdd", "sde"}},
		{Name: "md127", State: "active", Level: "raid1", Metadata: "1.2", Degraded: 1, Members: []string{"sda1", "sdb1"}},
		{Name: "md9", State: "inactive", Metadata: "external:/md8/0", Members: []string{"sdx"}},
	}
	if d := cmp.Diff(want, MDStat([]byte(text)), sameStorage); d != "" {
		t.Error(d)
	}
}

func TestISCSINode(t *testing.T) {
	const text = `# BEGIN RECORD 2.1.8
node.name = iqn.2003-01.org.linux-iscsi.nas:sn.1
node.tpgt = 1
node.startup = automatic
node.session.auth.authmethod = CHAP
node.session.auth.username = PLANTED
node.session.auth.password = PLANTED
node.session.auth.password_in = PLANTED
node.conn[0].address = fd00::7
node.conn[0].port = 3260
# END RECORD
`
	got := ISCSINode("/f", []byte(text))
	want := snapshot.ISCSINode{Target: "iqn.2003-01.org.linux-iscsi.nas:sn.1", Portal: "[fd00::7]:3260", Startup: "automatic", Authentication: "CHAP", Source: "/f"}
	if d := cmp.Diff(want, got, sameStorage); d != "" {
		t.Error(d)
	}
	if got := ISCSINode("/f", nil); got.Startup != "manual" || got.Authentication != "None" {
		t.Errorf("an empty record is %+v", got)
	}
	for _, c := range [][3]string{{"192.0.2.7", "3260", "192.0.2.7:3260"}, {"", "3260", ""}, {"[fd::1]", "", "[fd::1]"}} {
		if got := Portal(c[0], c[1]); got != c[2] {
			t.Errorf("%v is %q", c, got)
		}
	}
}

func TestMultipath(t *testing.T) {
	got := Multipath([]byte("# Multipath wwids, Version : 1.0\n# Valid WWIDs:\n/3600a098038303053/\n/3600b/\n/3600b/\n/open\n//\n"),
		[]byte("# alias wwid\nmpatha 3600a098038303053\nmpathb\n"))
	want := []snapshot.MultipathMap{{Name: "3600b", WWID: "3600b"}, {Name: "mpatha", WWID: "3600a098038303053"}}
	if d := cmp.Diff(want, got, sameStorage); d != "" {
		t.Error(d)
	}
}

func TestBtrfsSubvolumes(t *testing.T) {
	got := BtrfsSubvolumes([]byte("ID 256 gen 7 top level 5 path with blank\nID 257 gen 7 top level 5 path <FS_TREE>/dir/sub\nID 259 gen 8 top level 257 path dir/sub/inner\nERROR: x path y\n"))
	if d := cmp.Diff([]string{"dir/sub", "dir/sub/inner", "with blank"}, got); d != "" {
		t.Error(d)
	}
}

// The kernel writes a comma in a value as \054: what follows it belongs to the value.
func TestOptionsOfMountsAreCutBeforeTheyAreDecoded(t *testing.T) {
	got := MountInfo([]byte(`1 0 0:1 / /mnt rw - cifs //nas/a rw,username=u,password=PLANTED\054PLANTED,vers=3.0` + "\n"))
	if len(got) != 1 || strings.Contains(strings.Join(got[0].Options, " "), "PLANTED") {
		t.Fatalf("%+v", got)
	}
	if d := cmp.Diff([]string{"password=" + hide("PLANTED,PLANTED"), "rw", "username=u", "vers=3.0"}, got[0].Options); d != "" {
		t.Error(d)
	}
}

func FuzzStorageFiles(f *testing.F) {
	f.Add([]byte("ARRAY /dev/md0 devices=a,b\n UUID=1\nmd0 : active raid1 a[0]\n 1 blocks super 1.2 [2/1]\n"))
	f.Add([]byte("E:A=\\x20\nnode.name = x\n/36/\nID 1 gen 1 top level 5 path <FS_TREE>/\n"))
	f.Add([]byte("arr\n\tx\n#\n [-9/9999999999999999999]\nmd : \n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		arrays := MdadmConf(fuzzPath, data)
		facts(t, fuzzPath, countLines(data), arrays)
		for _, a := range append(MDStat(data), arrays...) {
			if a.Degraded < 0 || a.Degraded > maxMembers || len(a.Members) > len(data) {
				t.Fatalf("%+v", a)
			}
		}
		text := append([]byte("node.session.auth.password = "+planted+"\n"), data...)
		for _, result := range []any{MDStat(data), ISCSINode(fuzzPath, text), Multipath(data, data), BtrfsSubvolumes(data)} {
			facts(t, fuzzPath, countLines(text), result)
			hidden(t, result)
		}
		for _, value := range UdevProperties(data) {
			if decoded := UdevDecoded(value); len(decoded) > 3*len(value) {
				t.Fatalf("%q grew to %q", value, decoded)
			}
		}
	})
}
