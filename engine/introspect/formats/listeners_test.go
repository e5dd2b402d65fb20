package formats

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const socketHeadings = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

// socketLine is a line of /proc/net/tcp as the kernel writes it.
func socketLine(local, remote, state string, inode uint64) string {
	return fmt.Sprintf("   0: %s %s %s 00000000:00000000 00:00000000 00000000     0        0 %d 1 0000000000000000 100 0 0 10 0\n", local, remote, state, inode)
}

func TestSocketsThatWait(t *testing.T) {
	const any6 = "00000000000000000000000000000000"
	tcp := socketHeadings +
		socketLine("00000000:1F46", "00000000:0000", "0A", 11) +
		socketLine("0100007F:0050", "00000000:0000", "0A", 12) +
		socketLine("0A01A8C0:1F46", "0B01A8C0:C001", "01", 13) + // a connection
		socketLine("0A01A8C0:1F46", "0B01A8C0:C002", "06", 0) // one that ended
	tcp6 := socketHeadings +
		socketLine(any6+":0016", any6+":0000", "0A", 21) +
		socketLine("00000000000000000000000001000000:0019", any6+":0000", "0A", 22) +
		socketLine("B80D0120000000000000000001000000:0035", any6+":0000", "0A", 23) +
		socketLine("0000000000000000FFFF00000100007F:270F", any6+":0000", "0A", 24)
	udp := socketHeadings +
		socketLine("00000000:006F", "00000000:0000", "07", 31) +
		socketLine("0A01A8C0:9C40", "0101A8C0:0035", "01", 32) + // connected
		socketLine("0A01A8C0:9C41", "0101A8C0:0035", "07", 33) +
		socketLine("00000000:0000", "00000000:0000", "07", 34) // without a port
	for _, c := range []struct {
		protocol, text, want, err string
	}{
		{"tcp", tcp, "0.0.0.0:8006 11, 127.0.0.1:80 12", ""},
		{"tcp", tcp6, "[::]:22 21, [::1]:25 22, [2001:db8::1]:53 23, 127.0.0.1:9999 24", ""},
		{"udp", udp, "0.0.0.0:111 31", ""},
		{"tcp", udp, "", ""},
		{"tcp", "", "", ""},
		{"tcp", socketHeadings + "\n", "", ""},
		{"tcp", socketHeadings + "half a line\n" + socketLine("0100007F:0050", "00000000:0000", "0A", 12), "127.0.0.1:80 12", "line 2"},
		{"tcp", socketHeadings + socketLine("0100007F", "00000000:0000", "0A", 12), "", "line 2"},
		{"tcp", socketHeadings + socketLine("0100007G:0050", "00000000:0000", "0A", 12), "", "line 2"},
		{"tcp", socketHeadings + socketLine("0100007F:10050", "00000000:0000", "0A", 12), "", "line 2"},
		{"tcp", socketHeadings + strings.Replace(socketLine("0100007F:0050", "00000000:0000", "0A", 12), " 12 1", " x 1", 1), "", "line 2"},
	} {
		sockets, err := Sockets(c.protocol, []byte(c.text))
		var got []string
		for _, s := range sockets {
			got = append(got, fmt.Sprint(netip.AddrPortFrom(s.Address, uint16(s.Port)), " ", s.Inode))
		}
		if d := cmp.Diff(c.want, strings.Join(got, ", ")); d != "" {
			t.Error(d)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("error %v, want %q", err, c.err)
		}
	}
}

func TestSocketInode(t *testing.T) {
	for target, want := range map[string]uint64{
		"socket:[12345]": 12345, "socket:[]": 0, "socket:[1": 0, "pipe:[12345]": 0, "/dev/null": 0, "": 0, "socket:[-1]": 0, "anon_inode:[eventpoll]": 0,
	} {
		if inode, found := SocketInode(target); inode != want && found || found != (want != 0) {
			t.Errorf("%q: %d %t", target, inode, found)
		}
	}
}

func TestUnitOfProcess(t *testing.T) {
	for text, want := range map[string]string{
		"0::/system.slice/pveproxy.service\n":                                  "pveproxy.service",
		"0::/system.slice/system-getty.slice/getty@tty1.service\n":             "getty@tty1.service",
		"0::/qemu.slice/100.scope\n":                                           "100.scope",
		"0::/user.slice/user-0.slice/user@0.service/app.slice/a.service\n":     "user@0.service",
		"0::/init.scope\n":                                                     "init.scope",
		"0::/system.slice/_cpu.service\n":                                      "cpu.service",
		"12:pids:/x.service\n1:name=systemd:/system.slice/ssh.service\n0::/\n": "ssh.service",
		"0::/\n":           "",
		"0::/lxc/101/ns\n": "",
		"":                 "",
		"0:\n":             "",
		"0::/system.slice/docker.service/sub.scope": "docker.service",
		"0::/a\xff.service":                         "a\uFFFD.service",
	} {
		if got := CgroupUnit([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzSockets(f *testing.F) {
	f.Add([]byte(socketHeadings+socketLine("00000000:1F46", "00000000:0000", "0A", 11)), "tcp")
	f.Add([]byte(socketHeadings+socketLine("0100007F:0035", "00000000:0000", "07", 11)+"\n x\n"), "udp")
	f.Add([]byte("0::/system.slice/a.service\n1:name=systemd:/b"), "")
	f.Fuzz(func(t *testing.T, data []byte, protocol string) {
		sockets, _ := Sockets(protocol, data)
		if sockets == nil {
			t.Fatal("a nil list")
		}
		for _, s := range sockets {
			if !s.Address.IsValid() || s.Port < 1 || s.Port > 65535 {
				t.Fatalf("%+v", s)
			}
		}
		if unit := CgroupUnit(data); strings.ContainsAny(unit, "/\n") {
			t.Fatalf("unit %q", unit)
		}
		if name := ProcessName(data); strings.Contains(name, "\n") {
			t.Fatalf("name %q", name)
		}
		for _, name := range LegacyFilters(data) {
			if name == "" || strings.Contains(name, "\n") {
				t.Fatalf("table %q", name)
			}
		}
	})
}
