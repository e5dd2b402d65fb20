package validate

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/introspect"
)

// running is a running host over a tree of files: its sockets are those of a folder, its bus and its neighbours are told.
type running struct {
	introspect.Host
	sockets map[string]string
	// state is systemd's SystemState; empty for no bus.
	state string
	// hangs makes the bus one that never answers.
	hangs      bool
	neighbours map[string]error
}

func (running) Live() bool                           { return true }
func (running) Network() (introspect.Network, error) { return nil, errors.New("no netlink here") }
func (running) Run(context.Context, introspect.Command) ([]byte, error) {
	return nil, errors.New("not installed")
}

func (h running) Dial(ctx context.Context, path string) (net.Conn, error) {
	at, ok := h.sockets[path]
	if !ok {
		return nil, &fs.PathError{Op: "dial", Path: path, Err: fs.ErrNotExist}
	}
	return new(net.Dialer).DialContext(ctx, "unix", at)
}

func (h running) Bus(context.Context) (introspect.Bus, error) {
	if h.state == "" && !h.hangs {
		return nil, errors.New("no bus")
	}
	return stateBus{h}, nil
}

func (h running) Reach(_ context.Context, address netip.Addr, link string) (string, error) {
	return "02:00:00:00:00:01", h.neighbours[address.String()+" "+link]
}

// stateBus answers one question.
type stateBus struct{ host running }

func (b stateBus) Call(ctx context.Context, _ string, _ dbus.ObjectPath, method string, args ...any) ([]any, error) {
	if b.host.hangs {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if method == "org.freedesktop.DBus.Properties.Get" && args[1] == "SystemState" {
		return []any{dbus.MakeVariant(b.host.state)}, nil
	}
	return nil, errors.New("no such method")
}

func (stateBus) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}
func (stateBus) Close() error { return nil }

// newRunning makes a running host of files; a text that begins with -> is a link.
func newRunning(t *testing.T, files map[string]string) running {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		target, isLink := strings.CutPrefix(text, "-> ")
		if isLink {
			if err := os.Symlink(target, at); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	host, closeHost, err := introspect.Open(root, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeHost)
	return running{Host: host, sockets: map[string]string{}, neighbours: map[string]error{}}
}

// serve listens on a socket and says where it is.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "v") // a path of a socket has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	at := filepath.Join(dir, "s")
	l, err := net.Listen("unix", at)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: handler, ReadHeaderTimeout: time.Second}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close() })
	return at
}

func check(kind string, required bool, a assertion) Check { return newCheck(kind, a, required) }

// results runs checks on a host, and says of each its status and what was found, or why it was skipped.
func results(t *testing.T, host introspect.Host, checks ...Check) (map[string]string, *Report) {
	t.Helper()
	r, err := Run(t.Context(), &Baseline{Checks: checks}, host)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, one := range r.Results {
		out[one.ID] = strings.TrimSuffix(one.Status+": "+one.Found+one.Reason, ": ")
	}
	return out, r
}

func compareResults(t *testing.T, got, want map[string]string) {
	t.Helper()
	for id, text := range want {
		if got[id] != text {
			t.Errorf("%s: got %q, want %q", id, got[id], text)
		}
	}
}

func TestGatewaysSocketsAndProfileAreAsked(t *testing.T) {
	h := newRunning(t, map[string]string{
		"run/current-system/sw/bin/htop":       "-> /nix/store/0123456789abcdfghijklmnpqrsvwxyz-htop-3.3.0/bin/htop",
		"run/current-system/sw/share/man/man8": "-> /nix/store/0123456789abcdfghijklmnpqrsvwxyz-smartmontools-7.4-man/share/man/man8",
		"run/current-system/sw/lib/systemd":    "-> /nix/store/short",
		"etc/passwd":                           "root:x:0:0::/root:/bin/sh\n",
		"etc/ssh/authorized_keys.d/root":       "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHKbHCoGk1FZLZ5cCNmYXHZxMCyQYyXLQ0fFZhdbMv1f a@b\n",
	})
	h.sockets["/run/a"] = serve(t, nil)
	h.neighbours["192.0.2.2 vmbr0"] = errSilent
	h.neighbours["192.0.2.3 vmbr0"] = errNotPermitted
	got, r := results(t, h,
		check("gateway-reachable", true, &gatewayReachable{"192.0.2.1", "vmbr0"}),
		check("gateway-reachable", true, &gatewayReachable{"192.0.2.2", "vmbr0"}),
		check("gateway-reachable", true, &gatewayReachable{"192.0.2.3", "vmbr0"}),
		check("socket", true, &socket{"/run/a"}),
		check("socket", true, &socket{"/run/b"}),
		check("authorized-key", true, &authorizedKey{"root", "SHA256:rvP1+j5Uaq/xHQ7Xwh8JE/Bh7ieRMdzg2RPczTEao70"}),
		check("package", false, &program{"htop"}),
		check("package", false, &program{"smartmontools"}),
		check("package", false, &program{"smart"}),
		check("package", false, &program{"python3Packages.virt-firmware"}),
	)
	compareResults(t, got, map[string]string{
		"gateway-reachable 192.0.2.1 on vmbr0": "passed: 02:00:00:00:00:01 answers",
		"gateway-reachable 192.0.2.2 on vmbr0": "failed: no answer",
		"gateway-reachable 192.0.2.3 on vmbr0": "skipped: asking the neighbour is not permitted",
		"socket /run/a":                        "passed: accepts connections",
		"socket /run/b":                        "failed: file does not exist",
		"package htop":                         "passed: htop-3.3.0",
		"authorized-key root SHA256:rvP1+j5Uaq/xHQ7Xwh8JE/Bh7ieRMdzg2RPczTEao70": "passed: may log in as root",
		"package smartmontools":                 "passed: smartmontools-7.4-man",
		"package smart":                         "failed: not in the profile under this name",
		"package python3Packages.virt-firmware": "failed: not in the profile under this name",
	})
	if r.OK || r.Starting || r.Settling || r.Totals.RequiredFailed != 2 || r.Totals.RequiredSkipped != 1 || len(r.Required()) != 3 || len(r.Wanted()) != 2 {
		t.Errorf("%+v", r.Totals)
	}
}

func TestHostsWithoutNixOSHaveNoProfile(t *testing.T) {
	got, _ := results(t, newRunning(t, nil), check("package", false, &program{"htop"}))
	if text := got["package htop"]; !strings.HasPrefix(text, "skipped: there is no profile of NixOS") {
		t.Error(text)
	}
}

func TestManagersAreAskedForTheirGuests(t *testing.T) {
	h := newRunning(t, map[string]string{
		"var/lib/libvirt/qemu/web.xml": "<domain/>", "run/libvirt/qemu/web.xml": "<domstatus/>", "etc/libvirt/qemu/db.xml": "<domain/>",
		"var/lib/lxc/200/config": "lxc.uts.name = a\n", "run/qemu-server/100.pid": "4711\n", "proc/4711/comm": "kvm\n", "run/qemu-server/101.pid": "4712\n",
	})
	h.sockets[incusSocket] = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/1.0/instances" || r.URL.Query().Get("recursion") != "1" {
			w.WriteHeader(http.StatusNotFound)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"metadata": []any{
			map[string]any{"name": "web", "status": "Running", "config": map[string]any{"user.pve.vmid": "100"}},
			map[string]any{"name": "mail", "status": "Stopped", "config": map[string]any{}},
			map[string]any{"name": "other", "status": "Running", "config": map[string]any{"user.pve.vmid": "999"}},
		}})
	})
	g := func(vmid int, kind, manager, name string) guest { return guest{vmid, kind, manager, name} }
	for _, c := range []struct {
		guest            guest
		present, running string
	}{
		{g(100, "qemu", "libvirt", "web"), "passed: /var/lib/libvirt/qemu/web.xml", "passed: /run/libvirt/qemu/web.xml"},
		{g(101, "qemu", "libvirt", "db"), "passed: /etc/libvirt/qemu/db.xml", "failed: not running"},
		{g(102, "qemu", "libvirt", "gone"), "failed: libvirt has no domain gone", "failed: not running"},
		{g(200, "lxc", "lxc", ""), "passed: /var/lib/lxc/200/config", "skipped: units is not known: org.freedesktop.systemd1: no bus"},
		{g(201, "lxc", "lxc", ""), "failed: LXC has no container 201", "skipped: units is not known: org.freedesktop.systemd1: no bus"},
		{g(100, "qemu", "incus", "renamed"), "passed: instance web", "passed: Running"},
		{g(103, "qemu", "incus", "mail"), "passed: instance mail", "failed: Stopped"},
		{g(104, "qemu", "incus", "other"), "failed: Incus has no instance other", "failed: Incus has no instance other"},
		{g(100, "qemu", "", ""), "skipped", "passed: /proc/4711"},
		{g(101, "qemu", "pve", ""), "skipped", "failed: not running"},
		{g(102, "qemu", "pve", ""), "skipped", "failed: not running"},
	} {
		present, runs := check("guest-present", true, &guestPresent{c.guest}), check("guest-running", false, &guestRunning{c.guest})
		got, _ := results(t, h, present, runs)
		if !strings.HasPrefix(got[present.ID], c.present) {
			t.Errorf("%s of %s: %q, want %q", present.ID, c.guest.manager(), got[present.ID], c.present)
		}
		if got[runs.ID] != c.running {
			t.Errorf("%s of %s: %q, want %q", runs.ID, c.guest.manager(), got[runs.ID], c.running)
		}
	}
}

// What fails while the host starts may still come; a name that is wrong stays wrong.
func TestWhatStartsSettles(t *testing.T) {
	silent := check("gateway-reachable", true, &gatewayReachable{"192.0.2.2", "vmbr0"})
	name := check("host-name", true, &hostName{"pve1"})
	for _, c := range []struct {
		about, state, uptime string
		checks               []Check
		starting, settling   bool
	}{
		{"the boot goes on", "starting", "9000.1 1\n", []Check{silent}, true, true},
		{"the boot is over, not long ago", "running", "42.17 80.00\n", []Check{silent}, false, true},
		{"the boot is long over", "degraded", "9000.1 1\n", []Check{silent}, false, false},
		{"another name does not settle", "starting", "42.17 80.00\n", []Check{silent, name}, true, false},
	} {
		h := newRunning(t, map[string]string{"proc/uptime": c.uptime, "etc/hostname": "localhost\n"})
		h.state = c.state
		h.neighbours["192.0.2.2 vmbr0"] = errSilent
		_, r := results(t, h, c.checks...)
		if r.Starting != c.starting || r.Settling != c.settling || r.OK {
			t.Errorf("%s: starting %t, settling %t, ok %t", c.about, r.Starting, r.Settling, r.OK)
		}
	}
}

// A manager that takes the connection and says nothing costs its time limit once, however many guests it has.
func TestSilentManagersAreBounded(t *testing.T) {
	asked := make(chan bool, 100)
	h := newRunning(t, nil)
	h.sockets[incusSocket] = serve(t, func(_ http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	})
	var checks []Check
	for vmid := range 40 {
		checks = append(checks, check("guest-present", true, &guestPresent{guest{100 + vmid, "qemu", "incus", "x"}}))
	}
	s := &seen{host: h}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	startProbes(ctx, checks, s).Wait()
	if len(asked) != 1 || len(s.probed) != len(checks) {
		t.Errorf("asked %d times, %d answers", len(asked), len(s.probed))
	}
	for id, found := range s.probed {
		if found.status != Failed {
			t.Errorf("%s: %s", id, found.status)
		}
	}
	if _, err := Run(ctx, &Baseline{Checks: checks}, h); err == nil {
		t.Error("a report although there was no time for one")
	}
}

// The kernel finds a neighbour in another namespace of the network, and finds that there is none.
func TestKernelFindsNeighbours(t *testing.T) {
	runtime.LockOSThread() // and never unlocked: the thread ends with the test, and its namespace with it
	here, err := netns.Get()
	if err != nil {
		t.Skip(err)
	}
	defer here.Close()
	there, err := netns.New()
	if err != nil {
		t.Skip("needs the right to make a namespace of the network: ", err)
	}
	defer there.Close()
	ours, err := netns.New()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	up := func(name, cidr string) {
		t.Helper()
		l, err := netlink.LinkByName(name)
		if err != nil {
			t.Fatal(err)
		}
		addr, err := netlink.ParseAddr(cidr)
		if err != nil {
			t.Fatal(err)
		}
		addr.Flags = unix.IFA_F_NODAD
		if err := errors.Join(netlink.AddrAdd(l, addr), netlink.LinkSetUp(l)); err != nil {
			t.Fatal(err)
		}
	}
	pair := &netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "v0"}, PeerName: "v1", PeerNamespace: netlink.NsFd(there)}
	if err := netlink.LinkAdd(pair); err != nil {
		t.Skip("needs veth: ", err)
	}
	for _, cidr := range []string{"192.0.2.1/24", "2001:db8::1/64"} {
		if err := netns.Set(there); err != nil {
			t.Fatal(err)
		}
		up("v1", cidr)
	}
	if err := netns.Set(ours); err != nil {
		t.Fatal(err)
	}
	for _, cidr := range []string{"192.0.2.10/24", "2001:db8::10/64"} {
		up("v0", cidr)
	}
	for _, c := range []struct {
		address, link string
		answers       bool
	}{
		{"192.0.2.1", "v0", true}, {"2001:db8::1", "v0", true}, {"192.0.2.1", "", true},
		{"192.0.2.77", "v0", false},
		{"192.0.2.1", "v9", false}, {"203.0.113.1", "v0", false},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), probeTimeout)
		hardware, err := kernelProber{}.Reach(ctx, netip.MustParseAddr(c.address), c.link)
		cancel()
		if (err == nil) != c.answers || c.answers && hardware == "" {
			t.Errorf("%s on %q: %q, %v", c.address, c.link, hardware, err)
		}
	}
	if err := netns.Set(here); err != nil {
		t.Fatal(err)
	}
}
