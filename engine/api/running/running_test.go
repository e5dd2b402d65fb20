package running

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/api"
)

func TestProcessorTimes(t *testing.T) {
	first, ok := readStat("cpu  100 10 50 800 40 0 0 0 30 0\ncpu0 1 1 1 1 1 1 1 1\n")
	if !ok || first != (times{used: 160, wait: 40, total: 1000}) {
		t.Errorf("%+v %v", first, ok)
	}
	second, _ := readStat("cpu  200 10 50 1600 140 0 0 0 30 0\n")
	if used, wait := second.since(first); used != 0.1 || wait != 0.1 {
		t.Errorf("used %v, waited %v", used, wait)
	}
	for _, before := range []times{second, {total: 5000}, {used: 900, total: 10}} {
		if used, wait := second.since(before); used != 0 || wait != 0 {
			t.Errorf("since %+v: %v, %v", before, used, wait)
		}
	}
	for _, text := range []string{"", "cpu 1 2", "cpu a b c d e f g h", "intr 1 2 3 4 5 6 7 8 9"} {
		if _, ok := readStat(text); ok {
			t.Errorf("%q is read", text)
		}
	}
}

func TestMemory(t *testing.T) {
	m, swap := readMeminfo("MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\nHugePages_Total: 0\n")
	if m != (api.Memory{Total: 1000 << 10, Free: 100 << 10, Available: 600 << 10, Used: 400 << 10}) || swap != (api.Space{Total: 50 << 10, Used: 30 << 10, Available: 20 << 10}) {
		t.Errorf("%+v %+v", m, swap)
	}
}

func TestProcessors(t *testing.T) {
	one := func(n, socket string) string {
		return "processor\t: " + n + "\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel name\t: Xeon\ncpu MHz\t\t: 2400.000\nphysical id\t: " + socket + "\ncpu cores\t: 2\nflags\t\t: fpu vmx\n\n"
	}
	got := readCPUInfo(one("0", "0") + one("1", "0") + one("2", "1") + one("3", "1"))
	want := api.Processor{Vendor: "GenuineIntel", Family: "6", Model: "Xeon", MHz: "2400.000", Flags: "fpu vmx", Sockets: 2, Cores: 4, Threads: 4}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := readCPUInfo(""); got.Sockets != 1 || got.Cores != 1 {
		t.Errorf("nothing: %+v", got)
	}
}

func TestSmallFilesOfTheKernel(t *testing.T) {
	if got := readLoad("0.10 0.20 x 1/2 3"); got != [3]string{"0.10", "0.20", "0"} {
		t.Errorf("%q", got)
	}
	if got := readUptime("1234.56 99.0\n"); got != 1234 {
		t.Errorf("%d", got)
	}
	mounts := readMounts("36 35 98:0 / /mnt/pve/my\\040nas rw - nfs4 x y\n40 35 0:1 / / rw - ext4 /dev/sda rw\n")
	if !mounts["/mnt/pve/my nas"] || !mounts["/"] || len(mounts) != 2 {
		t.Errorf("%v", mounts)
	}
	p, ok := readProcess(7, "7 (a) b) S 1 7 7 0 -1 4194560 1 2 3 4 50 60 0 0 20 0 5 0 900 123456 250 18446744073709551615", 4096)
	if !ok || p != (process{pid: 7, used: 110, started: 900, resident: 250 * 4096}) {
		t.Errorf("%+v %v", p, ok)
	}
	for _, text := range []string{"", "7 (x", "7 (x) S 1"} {
		if _, ok := readProcess(7, text, 4096); ok {
			t.Errorf("%q is read", text)
		}
	}
}

func TestProcessesOfMachines(t *testing.T) {
	for _, c := range []struct {
		cmdline, uuid, name string
		vmid                int
		is                  bool
	}{
		{"/usr/bin/kvm\x00-id\x00100\x00-name\x00web,debug-threads=on\x00", "", "web", 100, true},
		{"/run/current-system/sw/bin/qemu-system-x86_64\x00-name\x00guest=db,debug-threads=on\x00-uuid\x00AB12\x00", "ab12", "db", 0, true},
		{"/bin/sh\x00-id\x00100\x00", "", "", 0, false},
		{"", "", "", 0, false},
	} {
		vmid, uuid, name, is := machineOf(c.cmdline)
		if vmid != c.vmid || uuid != c.uuid || name != c.name || is != c.is {
			t.Errorf("%q: %d %q %q %v", c.cmdline, vmid, uuid, name, is)
		}
	}
}

func TestDomainsAreFoundByTheirOldNumber(t *testing.T) {
	for text, want := range map[string]int{
		`<domain><metadata><pve:guest xmlns:pve="https://pve2nix.org/xmlns/libvirt/guest/1" vmid="101"/></metadata></domain>`: 101,
		`<domain><metadata><pve:guest xmlns:pve="https://elsewhere.example/1" vmid="101"/></metadata></domain>`:               0,
		`<domain><metadata/></domain>`: 0,
		`<domain>`:                     0,
		`<domain><metadata><pve:guest xmlns:pve="https://pve2nix.org/xmlns/libvirt/guest/1" vmid="-1"/></metadata></domain>`: 0,
	} {
		if got, is := vmidOf(text); got != want && is || is != (want > 0) {
			t.Errorf("%s: %d %v", text, got, is)
		}
	}
}

func TestStatesOfDomains(t *testing.T) {
	got, used := guestOf(map[string]uint64{
		"state.state": 1, "cpu.time": 77, "balloon.maximum": 2048, "balloon.current": 2048, "balloon.available": 2000, "balloon.unused": 500, "balloon.rss": 1024,
		"vcpu.current": 2, "net.count": 2, "net.0.rx.bytes": 1, "net.1.rx.bytes": 2, "net.0.tx.bytes": 4, "block.0.rd.bytes": 8, "block.0.wr.bytes": 16,
	})
	want := api.UnknownGuest()
	want.Running, want.MaxMemory, want.Memory, want.HostMemory, want.CPUs = true, 2048<<10, 1500<<10, 1024<<10, 2
	want.In, want.Out, want.Read, want.Written = 3, 4, 8, 16
	if diff := cmp.Diff(want, got); diff != "" || used != 77 {
		t.Errorf("%d, -want +got:\n%s", used, diff)
	}
	for state, want := range map[uint64]string{3: "paused", 7: "paused", 4: "shutdown"} {
		if got, _ := guestOf(map[string]uint64{"state.state": state}); !got.Running || got.State != want {
			t.Errorf("state %d: %+v", state, got)
		}
	}
	for _, state := range []uint64{0, 5, 6, 99} {
		if got, _ := guestOf(map[string]uint64{"state.state": state}); got.Running {
			t.Errorf("state %d: %+v", state, got)
		}
	}
}

func TestStatesOfInstances(t *testing.T) {
	data, err := os.ReadFile("testdata/instances.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []instance
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	web, used := list[0].guest(now)
	want := api.Guest{
		Running: true, PID: 4242, Uptime: 3600, CPU: -1, CPUs: -1, Memory: 1 << 20, HostMemory: 1 << 20, MaxMemory: 1 << 30, Swap: 0,
		Disk: 5 << 20, MaxDisk: -1, In: 100, Out: 200, Read: -1, Written: -1,
	}
	if diff := cmp.Diff(want, web); diff != "" || used != 9_000_000_000 {
		t.Errorf("%d, -want +got:\n%s", used, diff)
	}
	if db, _ := list[1].guest(now); db.Running {
		t.Errorf("stopped: %+v", db)
	}
	if frozen, _ := list[2].guest(now); !frozen.Running || frozen.State != "paused" {
		t.Errorf("frozen: %+v", frozen)
	}
}
