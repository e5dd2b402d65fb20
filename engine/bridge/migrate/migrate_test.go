package migrate_test

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/bridge/migrate"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var storages = []migrate.Storage{{ID: "local", Type: "dir", At: "/var/lib/vz"}, {ID: "local-zfs", Type: "zfspool", At: "rpool/data"}, {ID: "fast", Type: "lvmthin", At: "vg0"}}

func lines(p *migrate.Proposal) []string {
	var out []string
	for _, l := range p.Lines {
		out = append(out, l.Before+" → "+l.After)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A machine that libvirt has otherwise than it was converted: each change is a line of PVE, and nothing else changes.
func TestADomainBecomesLinesOfPVE(t *testing.T) {
	now, err := migrate.Domain(sample(t, "domain.xml"))
	if err != nil {
		t.Fatal(err)
	}
	on := true
	now.OnBoot = &on
	was, description := false, "the shop"
	before := migrate.Guest{
		VMID: 100, Kind: migrate.QEMU, Name: "web", Description: &description, Memory: 2048, Less: 2048, CPUs: 4, Sockets: 2, Cores: 2, OnBoot: &was,
		Cards: map[string]migrate.Card{"net0": {MAC: "BC:24:11:00:00:01", Model: "virtio", Bridge: "vmbr0", Tag: 20}},
		Disks: map[string]migrate.Disk{
			"scsi0": {Source: "/dev/zvol/rpool/data/vm-100-disk-0", Bus: "scsi"}, "scsi1": {Source: "/dev/zvol/rpool/data/vm-100-disk-9", Bus: "scsi"},
			"ide2": {Source: "/var/lib/vz/template/iso/debian-12.iso", Bus: "ide", CD: true},
		},
	}
	p, err := migrate.Propose(migrate.QEMU, 100, sample(t, "100.conf"), migrate.Changes(before, now), storages)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "lines", lines(p), []string{
		"cores: 2 → cores: 3",
		" → #50 %25 of it",
		"memory: 2048 → memory: 4096",
		"net0: virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=20 → net0: virtio=BC:24:11:00:00:01,bridge=vmbr1,firewall=1,tag=20",
		"net0: virtio=BC:24:11:00:00:01,bridge=vmbr1,firewall=1,tag=20 → net0: virtio=BC:24:11:00:00:01,bridge=vmbr1,firewall=1,tag=30",
		" → net1: e1000e=52:54:00:AA:BB:CC,bridge=vmbr0",
		"ide2: local:iso/debian-12.iso,media=cdrom,size=600M → ide2: none,media=cdrom",
		"scsi1: local-zfs:vm-100-disk-9,size=8G → ",
		" → unused0: local-zfs:vm-100-disk-9",
		" → scsi1: local:100/vm-100-disk-1.qcow2",
	})
	same(t, "left", p.Left, nil)
	if _, rest, _ := strings.Cut(string(sample(t, "100.conf")), "[before]"); !strings.HasSuffix(string(p.Text), "[before]"+rest) {
		t.Errorf("the snapshot changed:\n%s", p.Text)
	}
	back, err := migrate.Config(migrate.QEMU, 100, p.Text)
	if err != nil {
		t.Fatal(err)
	}
	if back.Memory != 4096 || back.Sockets != 2 || back.Cores != 3 || back.Cards["net0"].Tag != 30 || back.Cards["net1"].Model != "e1000e" || back.Disks["scsi1"].Source != "local:100/vm-100-disk-1.qcow2" {
		t.Errorf("PVE reads %+v", back)
	}
}

func TestAnInstanceBecomesLinesOfPVE(t *testing.T) {
	now, err := migrate.Instance(sample(t, "instance.json"))
	if err != nil {
		t.Fatal(err)
	}
	swap, off, description := int64(512), false, ""
	before := migrate.Guest{
		VMID: 200, Kind: migrate.LXC, Name: "mail", Description: &description, Memory: 2048, Less: 2048, Swap: &swap, CPUs: 2, OnBoot: &off,
		Cards: map[string]migrate.Card{"net0": {MAC: "BC:24:11:00:00:02", Bridge: "vmbr0"}},
		Disks: map[string]migrate.Disk{"rootfs": {Size: 8 << 30}},
	}
	p, err := migrate.Propose(migrate.LXC, 200, sample(t, "200.conf"), migrate.Changes(before, now), storages)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "lines", lines(p), []string{
		"cores: 2 → cores: 4",
		" → #mail",
		"memory: 2048 → memory: 3072",
		" → onboot: 1",
		"swap: 512 → swap: 0",
		"net0: name=eth0,bridge=vmbr0,firewall=1,hwaddr=BC:24:11:00:00:02,ip=dhcp,type=veth → net0: name=eth0,bridge=vmbr0,firewall=1,hwaddr=BC:24:11:00:00:02,ip=dhcp,type=veth,tag=7",
		" → net1: name=eth1,bridge=vmbr1,hwaddr=00:16:3E:01:02:03,type=veth",
		"rootfs: local-zfs:subvol-200-disk-0,size=8G → rootfs: local-zfs:subvol-200-disk-0,size=16G",
	})
	same(t, "left", p.Left, nil)
}

func TestAContainerOfLXC(t *testing.T) {
	got, err := migrate.Container(200, []byte("# made by hand\nlxc.uts.name = mail\nlxc.cgroup2.cpuset.cpus = 0-1\nlxc.cgroup2.memory.max = 2G\nlxc.cgroup2.memory.swap.max = 0\n"+
		"lxc.net.0.type = veth\nlxc.net.0.link = vmbr0\nlxc.net.0.hwaddr = bc:24:11:00:00:02\nlxc.net.0.veth.vlan.id = 7\nlxc.net.1.type = macvlan\nlxc.net.2.type = veth\nlxc.tty.max = 2\n"))
	none := int64(0)
	want := migrate.Guest{
		VMID: 200, Kind: migrate.LXC, Name: "mail", Memory: 2048, Less: 2048, Swap: &none, CPUs: 2, Disks: map[string]migrate.Disk{},
		Cards: map[string]migrate.Card{"net0": {MAC: "BC:24:11:00:00:02", Bridge: "vmbr0", Tag: 7}, "net1": {Other: "macvlan"}, "net2": {Down: true}},
		Lines: []migrate.Setting{{Key: "lxc.tty.max", Value: "2"}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v %v", got, err)
	}
}

// Processors are named one by one, from 0.
func TestProcessorsOfAContainer(t *testing.T) {
	for text, want := range map[string]int64{"0": 1, "7": 1, "0-3": 4, "9,10,11": 3, "1,1,0-1": 2, "3-1": 0, "": 0, "x": 0, "1-": 0, "-1": 0, "99999": 0} {
		got, err := migrate.Container(1, []byte("lxc.cgroup2.cpuset.cpus = "+text+"\n"))
		if got.CPUs != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d %v", text, got.CPUs, err)
		}
	}
}

// What plain LXC has of a container and what PVE has of it say the same, and a change of one comes into the other, and back.
func TestContainersBothWays(t *testing.T) {
	files, err := filepath.Glob("../../../golden/*/want/nix/hosts/*/containers/*.conf")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		node, number := filepath.Base(filepath.Dir(filepath.Dir(file))), filepath.Base(file)
		golden, _, _ := strings.Cut(file, "/want/")
		original, err := os.ReadFile(filepath.Join(golden, "raw/etc/pve/nodes", node, "lxc", number))
		if errors.Is(err, fs.ErrNotExist) {
			original, err = os.ReadFile(filepath.Join(golden, "raw/etc/pve/lxc", number))
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // a host that is no tree of files
		}
		if bytes.IndexByte(original, 0) >= 0 {
			continue // no file that is proposed
		}
		text, wrong := os.ReadFile(file)
		vmid, none := strconv.Atoi(strings.TrimSuffix(number, ".conf"))
		if err := errors.Join(err, wrong, none); err != nil {
			t.Fatal(err)
		}
		lxc, err := migrate.Container(vmid, text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		pve, err := migrate.Config(migrate.LXC, vmid, original)
		if err != nil {
			t.Fatal(err)
		}
		for key, card := range pve.Cards {
			got := lxc.Cards[key]
			if card.MAC != got.MAC || card.Down != got.Down || !card.Down && !strings.HasPrefix(got.Bridge, card.Bridge) {
				t.Errorf("%s: %s is %+v, at PVE %+v", file, key, got, card)
			}
		}
		if pve.Memory != 0 && lxc.Memory != pve.Memory || pve.Swap != nil && *pve.Swap != *lxc.Swap || lxc.CPUs > pve.Cores { // a host with fewer has as many as it has
			t.Errorf("%s: %+v, at PVE %+v", file, lxc, pve)
		}
		if got := migrate.Changes(lxc, lxc); len(got) > 0 {
			t.Errorf("%s: changes of what is the same: %v", file, got)
		}

		edit := strings.NewReplacer("lxc.uts.name = ", "lxc.uts.name = new-", "swap.max = ", "swap.max = 1", "cpuset.cpus = ", "cpuset.cpus = 40,")
		now, err := migrate.Container(vmid, []byte(edit.Replace(string(text))+"lxc.mount.entry = /srv srv none bind 0 0\n"))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		there, err := migrate.Propose(migrate.LXC, vmid, original, migrate.Changes(lxc, now), nil)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if len(there.Left) != 1 || !strings.Contains(there.Left[0], "lxc.mount.entry: /srv srv none bind 0 0: a line of LXC") {
			t.Errorf("%s: left %q", file, there.Left)
		}
		read, err := migrate.Config(migrate.LXC, vmid, there.Text)
		if err != nil || read.Name != now.Name || now.Swap != nil && *read.Swap != *now.Swap || now.CPUs != 0 && read.Cores != now.CPUs || !reflect.DeepEqual(read.Cards, pve.Cards) || !reflect.DeepEqual(read.Disks, pve.Disks) {
			t.Errorf("%s: %v: PVE would read %+v of %+v", file, err, read, now)
			continue
		}
		back, err := migrate.Propose(migrate.LXC, vmid, there.Text, migrate.Changes(now, lxc), nil)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if got, err := migrate.Config(migrate.LXC, vmid, back.Text); err != nil || got.Name != cmp.Or(pve.Name, lxc.Name) || pve.Swap != nil && *got.Swap != *pve.Swap || lxc.CPUs != 0 && got.Cores != lxc.CPUs {
			t.Errorf("%s: back again PVE would read %+v, was %+v: %v", file, got, pve, err)
		}
	}
}

// Cards of plain LXC are plugged into bridges of VLANs, which PVE makes of bridge and tag, and into nothing while the cable is pulled.
func TestCardsOfContainers(t *testing.T) {
	const tagged, untagged = "net0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:02,tag=5,type=veth", "net0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:02,type=veth"
	for _, c := range []struct{ file, before, now, want string }{
		{tagged, "vmbr0v5", "vmbr0v6", strings.Replace(tagged, "tag=5", "tag=6", 1)},
		{tagged, "vmbr0v5", "vmbr1v5", strings.Replace(tagged, "vmbr0", "vmbr1", 1)},
		{tagged, "vmbr0v5", "vmbr0", untagged},
		{tagged, "vmbr0v5", "lan", strings.Replace(untagged, "vmbr0", "lan", 1)},
		{untagged, "vmbr0", "vmbr0v7", untagged + ",tag=7"},
		{untagged, "vmbr0", "dev5", strings.Replace(untagged, "vmbr0", "dev5", 1)},
		{tagged, "vmbr0v5", "", tagged + ",link_down=1"},
		{tagged + ",link_down=1", "", "vmbr0v5", tagged},
	} {
		guest := func(link string) migrate.Guest {
			text := "lxc.net.0.type = veth\n"
			if link != "" {
				text += "lxc.net.0.link = " + link + "\n"
			}
			g, err := migrate.Container(200, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			return g
		}
		p, err := migrate.Propose(migrate.LXC, 200, []byte(c.file+"\n"), migrate.Changes(guest(c.before), guest(c.now)), nil)
		if err != nil || string(p.Text) != c.want+"\n" || len(p.Left) > 0 {
			t.Errorf("%s to %s: %q %v, want %q", c.before, c.now, p.Text, err, c.want)
		}
	}
}

// Where PVE's file came along as it is now, changes of plain LXC come on top of it.
func TestAFileAndChangesOfAContainer(t *testing.T) {
	g := migrate.Recorded{VMID: 200, Kind: migrate.LXC, File: "hostname: mail\nmemory: 1024\n", Changes: []migrate.Change{{Key: "memory", Before: "512", After: "2048"}, {Key: "lxc.tty.max", After: "3"}}}
	p, err := g.Propose([]byte("hostname: old\nmemory: 512\n"), nil)
	if err != nil || string(p.Text) != "hostname: mail\nmemory: 2048\n" || len(p.Lines) != 4 || len(p.Left) != 1 {
		t.Errorf("%+v %v", p, err)
	}
	g.File = "memory: 1\n[no section!]\nmemory: 1024\n"
	if p, err := g.Propose(nil, nil); err == nil {
		t.Errorf("%q", p.Text)
	}
}

// What does not fit is refused with its place.
func TestHostileGuests(t *testing.T) {
	for _, c := range []struct {
		read func([]byte) (migrate.Guest, error)
		text string
		want string
	}{
		{migrate.Domain, "<domain>\n<name>a&#10;b</name></domain>", "line 2: name"},
		{migrate.Domain, "<domain>\n<memory unit='acre'>1</memory></domain>", "line 2: memory"},
		{migrate.Domain, "<domain>\n<memory>-1</memory></domain>", "line 2: memory"},
		{migrate.Domain, "<domain><devices>\n\n<interface type='bridge'><source bridge='a&#10;onboot: 1'/></interface></devices></domain>", "line 3: interface"},
		{migrate.Domain, "<domain><devices>\n<disk><source file='/a&#10;b'/></disk></devices></domain>", "line 2: disk"},
		{migrate.Domain, "<domain><devices>\n<disk><source file='/a'/><alias name='ua-scsi0'/></disk>\n<disk><source file='/b'/><alias name='ua-scsi0'/></disk></devices></domain>", "line 3: disk"},
		{migrate.Domain, "<domain>\n<metadata><g:guest xmlns:g='https://pve2nix.org/xmlns/libvirt/guest/1' vmid='-1'/></metadata></domain>", "line 2: guest"},
		{migrate.Domain, "<network/>", "no element domain"},
		{migrate.Domain, "<domain>" + strings.Repeat("<a>", 100), "deep"},
		{migrate.Domain, "<domain>\n<name>", "line 2"},
		{migrate.Instance, "name: a\ntype: stone\n", "line 2: type"},
		{migrate.Instance, "name: a\nconfig:\n  limits.memory: much\n", "line 3: limits.memory"},
		{migrate.Instance, "name: a\nconfig:\n  limits.cpu: 3-1\n", "line 3: limits.cpu"},
		{migrate.Instance, "name: a\nconfig:\n  user.pve.vmid: ../../1\n", "line 3: user.pve.vmid"},
		{migrate.Instance, "name: a\ndevices:\n  net0: {type: nic, nictype: bridged, parent: \"a\\nb\"}\n", "line 3: devices"},
		{migrate.Instance, "name: a\ndevices:\n  net0: {type: nic, vlan: x}\n", "line 3: vlan"},
		{migrate.Instance, "name: a\nname: b\n", "stands twice"},
		{migrate.Instance, "- a\n", "is no instance"},
	} {
		if _, err := c.read([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

// What PVE would not take, or would take for something else, is not in the file, and named.
func TestWhatPVEHasNoWordForIsLeft(t *testing.T) {
	original := sample(t, "100.conf")
	for _, c := range []struct {
		change migrate.Change
		want   string
	}{
		{migrate.Change{Key: "name", After: "a b"}, "domain name system"},
		{migrate.Change{Key: "memory", After: "8"}, "16 MiB"},
		{migrate.Change{Key: "cores", After: "x"}, "no number"},
		{migrate.Change{Key: "net0", Field: "bridge", After: "(direct)"}, "bridges"},
		{migrate.Change{Key: "net0", Field: "mac", After: "01:00:00:00:00:01"}, "no address"},
		{migrate.Change{Key: "net0", Field: "tag", After: "4095"}, "no VLAN"},
		{migrate.Change{Key: "net0", Field: "model", After: "igb"}, "no such model"},
		{migrate.Change{Key: "net7", Field: "tag", After: "7"}, "no such card"},
		{migrate.Change{Key: "net", After: "virtio,bridge=../x"}, "no card"},
		{migrate.Change{Key: "scsi", After: "/dev/zvol/rpool/data/vm-101-disk-0"}, "no storage"},
		{migrate.Change{Key: "scsi", After: "/var/lib/vz/images/100/../101/vm-101-disk-0.raw"}, "no storage"},
		{migrate.Change{Key: "scsi0", Field: "file", After: "/var/lib/vz/template/iso/a.iso"}, "no storage"},
		{migrate.Change{Key: "less memory", After: "1024"}, "no word"},
		{migrate.Change{Key: "hookscript", After: "local:snippets/x"}, "no word"},
	} {
		p, err := migrate.Propose(migrate.QEMU, 100, original, []migrate.Change{c.change}, storages)
		if err != nil {
			t.Errorf("%v: %v", c.change, err)
			continue
		}
		if len(p.Left) != 1 || !strings.Contains(p.Left[0], c.want) || string(p.Text) != string(original) {
			t.Errorf("%v: left %q, want %q; lines %q", c.change, p.Left, c.want, p.Lines)
		}
	}
}

func TestALineThatCountsTwiceIsTakenAwayTwice(t *testing.T) {
	p, err := migrate.Propose(migrate.QEMU, 100, []byte("net1: virtio,bridge=a0\r\nname: x\r\nnet1: virtio,bridge=b0\r\n[PENDING]\r\nmemory: 1\r\n"),
		[]migrate.Change{{Key: "net1", Before: "virtio"}, {Key: "memory", After: "512"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "name: x\r\nmemory: 512\r\n[PENDING]\r\nmemory: 1\r\n"; string(p.Text) != want {
		t.Errorf("%q, want %q", p.Text, want)
	}
	if len(p.Left) != 1 || !strings.Contains(p.Left[0], "pending") {
		t.Errorf("left %q", p.Left)
	}
}

// Where PVE reads a section otherwise than its look, nothing is proposed.
func TestAFileThatLooksOtherwiseThanItIsRead(t *testing.T) {
	if p, err := migrate.Propose(migrate.LXC, 200, []byte("memory: 1\n[no section!]\nmemory: 1024\n"), []migrate.Change{{Key: "memory", After: "512"}}, nil); err == nil {
		t.Errorf("%q", p.Text)
	}
	if _, err := migrate.Propose(migrate.QEMU, 1, []byte("name: a\n\x00"), nil, nil); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Error(err)
	}
}

// Files of guests, real and made: without a change they stay byte for byte, and a change that is taken back gives what PVE read before.
func TestFilesOfGuestsBothWays(t *testing.T) {
	seen := 0
	for _, root := range []string{"../../../golden", cmp.Or(os.Getenv("PVE2NIX_CORPUS"), "../../../../shared/corpus")} {
		if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
			continue // the corpus is not part of the project
		}
		if err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			folder := filepath.Base(filepath.Dir(file))
			kind := map[string]string{"qemu-server": migrate.QEMU, "lxc": migrate.LXC}[folder]
			vmid, number := strconv.Atoi(strings.TrimSuffix(filepath.Base(file), ".conf"))
			if err != nil || kind == "" || number != nil || !d.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			seen++
			bothWays(t, file, kind, vmid, text)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if seen < 20 {
		testhosts.Lacking(t, "files of guests: "+strconv.Itoa(seen))
	}
}

func bothWays(t *testing.T, file, kind string, vmid int, text []byte) {
	t.Helper()
	p, err := migrate.Propose(kind, vmid, text, nil, nil)
	if bytes.IndexByte(text, 0) >= 0 {
		if err == nil {
			t.Errorf("%s: holds a NUL", file)
		}
		return
	}
	if err != nil || string(p.Text) != string(text) || len(p.Lines) > 0 {
		t.Errorf("%s: changed without a change: %v", file, err)
		return
	}
	old, err := migrate.Config(kind, vmid, text)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	now := old
	now.Memory, now.Cores, now.Sockets = old.Memory+1024, old.Cores+1, max(old.Sockets, 1)
	now.Cards = map[string]migrate.Card{}
	for key, c := range old.Cards {
		c.Bridge, c.Tag = "vmbr99", 99
		now.Cards[key] = c
	}
	there, err := migrate.Propose(kind, vmid, text, migrate.Changes(old, now), nil)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	read, err := migrate.Config(kind, vmid, there.Text)
	if err != nil || read.Memory != now.Memory || read.Cores != now.Cores || !reflect.DeepEqual(read.Cards, now.Cards) || !reflect.DeepEqual(read.Disks, old.Disks) {
		t.Errorf("%s: %v: PVE would read %+v", file, err, read)
		return
	}
	back, err := migrate.Propose(kind, vmid, there.Text, migrate.Changes(read, old), nil)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	got, err := migrate.Config(kind, vmid, back.Text)
	if err != nil || !reflect.DeepEqual(got.Cards, old.Cards) || old.Memory > 0 && got.Memory != old.Memory || old.Cores > 0 && got.Cores != old.Cores {
		t.Errorf("%s: back again PVE would read %+v, was %+v: %v", file, got, old, err)
	}
}

const cron = `PATH="/usr/sbin:/usr/bin:/sbin:/bin"

0 2 * * 6           root vzdump 100 101 --mailto ops@example.org --storage nfs --mode snapshot --compress zstd --quiet 1
30 22 * * 1-5           root #vzdump --all 1 --storage local --maxfiles 3
15 3 * * *           root vzdump --pool prod --storage pbs --prune-backups 'keep-daily=7,keep-weekly=4'
0 1 * * mon root /usr/local/bin/other
61 2 * * mon           root vzdump 100
`

func TestJobsOfTheOldFormBothWays(t *testing.T) {
	got, left := migrate.Jobs([]byte(cron))
	want := `vzdump: cron-1
	schedule sat 02:00
	compress zstd
	enabled 1
	mailto ops@example.org
	mode snapshot
	quiet 1
	storage nfs
	vmid 100,101

vzdump: cron-2
	schedule mon,tue,wed,thu,fri 22:30
	all 1
	enabled 0
	prune-backups keep-last=3
	storage local

vzdump: cron-3
	schedule 03:15
	enabled 1
	pool prod
	prune-backups keep-daily=7,keep-weekly=4
	storage pbs

`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if len(left) != 2 || !strings.Contains(left[0], ":6: is no job") || !strings.Contains(left[1], ":7: 61 2") {
		t.Errorf("left %q", left)
	}
	lines, left := migrate.JobsBack([]byte(got + "vzdump: often\n\tschedule */15\n\tall 1\n\n"))
	if len(left) != 1 || !strings.Contains(left[0], "*/15") {
		t.Errorf("left %q", left)
	}
	again, left := migrate.Jobs([]byte(lines))
	if again != want || left != nil {
		t.Errorf("there and back: %s %q", again, left)
	}
}

func TestGroupsBecomeRules(t *testing.T) {
	rules, resources, left := migrate.Rules([]byte(`group: prefer-pve1
	comment home of the DC
	nodes pve1:2,pve2:1
	nofailback 0
	restricted 0

group: k8s
	nodes pve3,pve2
	nofailback 1
	restricted 1

group: unused
	nodes pve1

`), []byte(`vm: 100
	group prefer-pve1
	state started

vm: 110
	group k8s
	max_restart 2

ct: 200
	group k8s
	failback 1

ct: 201
	group gone

`))
	if want := `node-affinity: ha-group-prefer-pve1
	comment home of the DC
	nodes pve1:2,pve2:1
	resources vm:100

node-affinity: ha-group-k8s
	comment Generated from HA group 'k8s'.
	nodes pve2,pve3
	resources ct:200,vm:110
	strict 1

`; rules != want {
		t.Errorf("%s\nwant\n%s", rules, want)
	}
	if want := `vm: 100
	state started
	failback 1

vm: 110
	max_restart 2
	failback 0

ct: 200
	failback 1

ct: 201

`; resources != want {
		t.Errorf("%s\nwant\n%s", resources, want)
	}
	if len(left) != 1 || !strings.Contains(left[0], "gone") {
		t.Errorf("left %q", left)
	}
}

func FuzzGuests(f *testing.F) {
	for _, name := range []string{"domain.xml", "instance.json", "100.conf", "200.conf"} {
		f.Add(sample(f, name), sample(f, "100.conf"))
	}
	f.Add([]byte("lxc.net.0.type = veth\n"), []byte("cdrom: none\r\n[PENDING]\ndelete: net0"))
	f.Fuzz(func(t *testing.T, manager, file []byte) {
		for _, kind := range []string{migrate.QEMU, migrate.LXC} {
			before, err := migrate.Config(kind, 100, file)
			if err != nil {
				continue
			}
			for _, read := range []func([]byte) (migrate.Guest, error){
				migrate.Domain, migrate.Instance, func(b []byte) (migrate.Guest, error) { return migrate.Container(100, b) },
			} {
				now, err := read(manager)
				if err != nil {
					continue
				}
				p, err := migrate.Propose(kind, 100, file, migrate.Changes(before, now), storages)
				if err != nil {
					continue
				}
				for _, l := range p.Lines {
					if strings.ContainsAny(l.After, "\n\x00") {
						t.Fatalf("a change is more than its line: %q", l.After)
					}
				}
			}
		}
	})
}

func FuzzFiles(f *testing.F) {
	f.Add([]byte(cron), []byte("vm: 100\n\tgroup a\n"))
	f.Add([]byte("group: a\n\tnodes x:1\n\n"), []byte("vzdump: a\n\tschedule mon..fri 22:00\n\tvmid 1,2\n"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		jobs, _ := migrate.Jobs(a)
		for line := range strings.SplitSeq(strings.TrimSuffix(jobs, "\n"), "\n") {
			if line != "" && !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "vzdump: cron-") {
				t.Fatalf("%q is no line of a section", line)
			}
		}
		migrate.JobsBack(b)
		rules, _, _ := migrate.Rules(a, b)
		for line := range strings.SplitSeq(strings.TrimSuffix(rules, "\n"), "\n") {
			if line != "" && !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "node-affinity: ha-group-") {
				t.Fatalf("%q is no line of a rule", line)
			}
		}
	})
}
