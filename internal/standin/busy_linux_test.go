package standin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// busyGolden is the golden host whose /etc/pve the busy host has.
	busyGolden = "../../golden/clustered"
	// healthyBound is how long a capture may take where nothing hangs: ten times the limit of 3 seconds, since the
	// machine that tests may have other things to do.
	healthyBound = 30 * time.Second
	// hangingBound is how long it may take where three services hang: the limits that the capture gives each of them,
	// 10, 10 and 30 seconds, and the rest as above.
	hangingBound = healthyBound + 50*time.Second
)

// busyService is a service of the bus, its unit, and the areas that suffer without it.
type busyService struct {
	name, unit string
	// running says that it runs from boot on.
	running bool
	// areas need it to be known; sources says where the facts come from without it, "" for nowhere.
	areas []string
}

var busyServices = []busyService{
	{"org.freedesktop.PackageKit", "packagekit.service", false, []string{"packages.updates"}},
	{"org.freedesktop.NetworkManager", "NetworkManager.service", true, nil}, // where it does not run, that is known
	{"org.freedesktop.hostname1", "systemd-hostnamed.service", false, []string{"host"}},
	{"org.freedesktop.timedate1", "systemd-timedated.service", false, []string{"system.clock"}},
	{"org.freedesktop.locale1", "systemd-localed.service", false, nil},
	{"org.freedesktop.login1", "systemd-logind.service", true, []string{"system.login"}},
	{"org.freedesktop.UDisks2", "udisks2.service", true, []string{"storage.drives"}},
	{"org.freedesktop.machine1", "systemd-machined.service", false, []string{"system.machines"}},
	{"org.freedesktop.PolicyKit1", "polkit.service", true, nil},
}

// busyHost is the busy host under test.
type busyHost struct {
	*Host
}

// must runs a command on the host.
func (h busyHost) must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := h.Run(context.Background(), Command{Args: args})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// script runs a shell script on the host.
func (h busyHost) script(t *testing.T, text string) string {
	t.Helper()
	return h.must(t, "sh", "-ec", text)
}

// asUser makes a command line that of a user who may do nothing special. The bus refuses whom /etc/passwd does not know.
func asUser(args ...string) []string {
	return append([]string{"setpriv", "--reuid=backup", "--regid=backup", "--clear-groups"}, args...)
}

// capture runs the program and checks what holds for every capture: it succeeds within the bound, every area says what
// is known of it, and whatever is not known is explained.
func (h busyHost) capture(t *testing.T, bound time.Duration, c Command) *snapshot.Snapshot {
	t.Helper()
	if c.Args == nil {
		c.Args = []string{program, "introspect"}
	}
	c.Env = append(c.Env, captureTime)
	started := time.Now()
	out, err := h.Run(context.Background(), c)
	took := time.Since(started)
	if err != nil {
		t.Fatal(err)
	}
	if took > bound {
		t.Errorf("the capture took %s, more than %s", took, bound)
	}
	if strings.Contains(string(out), canary) {
		t.Error("the snapshot holds a secret of the host")
	}
	var s snapshot.Snapshot
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Capture.Areas) < 40 {
		t.Errorf("only %d areas", len(s.Capture.Areas))
	}
	explained := map[string]bool{}
	for _, p := range s.Problems {
		if p.Error == "" || p.Source == "" {
			t.Errorf("a problem that says nothing: %+v", p)
		}
		explained[p.Area] = true
	}
	for _, a := range s.Capture.Areas {
		switch a.Status {
		case "known":
		case "partial", "unknown":
			if !explained[a.Name] || a.Detail == "" {
				t.Errorf("nothing explains why %s is %s", a.Name, a.Status)
			}
		default:
			t.Errorf("area %s is %q", a.Name, a.Status)
		}
	}
	return &s
}

// area finds an area of a snapshot.
func area(t *testing.T, s *snapshot.Snapshot, name string) snapshot.Area {
	t.Helper()
	for _, a := range s.Capture.Areas {
		if a.Name == name {
			return a
		}
	}
	t.Errorf("no area %s", name)
	return snapshot.Area{}
}

// sameAreas fails for areas outside those of except that are less known than before.
func sameAreas(t *testing.T, before, after *snapshot.Snapshot, except ...string) {
	t.Helper()
	for _, a := range before.Capture.Areas {
		if now := area(t, after, a.Name); a.Status == "known" && now.Status != "known" && !slices.Contains(except, a.Name) {
			t.Errorf("%s is %s: %s", a.Name, now.Status, now.Detail)
		}
	}
}

// rest waits until a helper of NetworkManager has ended that only runs for a few seconds after the boot.
func (h busyHost) rest(t *testing.T) {
	t.Helper()
	for range 60 {
		out, _ := h.Run(context.Background(), Command{Args: []string{"systemctl", "is-active", "NetworkManager-dispatcher.service"}})
		if strings.TrimSpace(string(out)) == "inactive" {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	t.Fatal("the host does not come to rest")
}

// restore gives a service of the bus its unit back and starts it again where it ran.
func (h busyHost) restore(t *testing.T, s busyService) {
	t.Helper()
	h.must(t, "systemctl", "daemon-reload")
	if s.running {
		h.must(t, "systemctl", "restart", s.unit)
	}
}

// The program captures a host that has nearly everything, whatever the state of its services, files and disks.
func TestCaptureOfBusyHost(t *testing.T) {
	h := busyHost{BootBusy(t, busyGolden, map[string]string{program: build(t)})}
	h.must(t, "apt-get", "update", "-q", "-o", "Dir::Etc::sourcelist=/etc/apt/sources.list.d/own.list", "-o", "Dir::Etc::sourceparts=-")
	h.rest(t)
	t.Logf("units that failed:\n%s", h.must(t, "systemctl", "--failed", "--no-legend", "--plain"))
	healthy := h.capture(t, healthyBound, Command{})
	for _, p := range healthy.Problems {
		t.Logf("problem of the healthy host: %s: %s: %s", p.Area, p.Source, p.Error)
	}

	t.Run("knows what its services know", func(t *testing.T) { h.testFacts(t, healthy) })
	t.Run("is the same the second time", func(t *testing.T) {
		first, err := h.Run(context.Background(), Command{Args: []string{program, "introspect"}, Env: []string{captureTime}})
		if err != nil {
			t.Fatal(err)
		}
		second, err := h.Run(context.Background(), Command{Args: []string{program, "introspect"}, Env: []string{captureTime}})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			a, b := strings.Split(string(first), "\n"), strings.Split(string(second), "\n")
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					t.Fatalf("line %d: %s\n%s", i+1, a[i], b[i])
				}
			}
			t.Errorf("%d lines, then %d", len(a), len(b))
		}
	})
	t.Run("executes only declared commands", h.testExecutes)

	for _, service := range busyServices {
		t.Run("without "+service.name, func(t *testing.T) {
			h.must(t, "systemctl", "stop", "packagekit.service") // starts again if it can: it needs polkit
			h.must(t, "systemctl", "mask", "--runtime", "--now", service.unit)
			defer h.restore(t, service)
			defer h.must(t, "systemctl", "unmask", "--runtime", service.unit)
			h.lacks(t, healthyBound+30*time.Second, healthy, service) // PackageKit waits 25 s for polkit
		})
	}
	t.Run("with services that hang when they are started", func(t *testing.T) { h.testHanging(t, healthy) })
	t.Run("with a service that denies", func(t *testing.T) {
		service := busyServices[3]
		policy := "/etc/dbus-1/system.d/zz-deny.conf"
		h.script(t, `cat > `+policy+` <<'X'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><policy context="mandatory"><deny send_destination="`+service.name+`"/></policy></busconfig>
X
systemctl reload dbus.service`)
		defer h.script(t, "rm "+policy+"; systemctl reload dbus.service")
		h.lacks(t, healthyBound, healthy, service)
	})
	t.Run("without a bus", func(t *testing.T) {
		s := h.capture(t, healthyBound, Command{Args: []string{program, "introspect", "--bus", "unix:path=/run/none"}})
		for _, service := range busyServices {
			for _, name := range append([]string{"network.network_manager"}, service.areas...) {
				if a := area(t, s, name); a.Status == "known" {
					t.Errorf("%s is known", name)
				}
			}
		}
		if a := area(t, s, "units"); a.Status != "partial" || a.Source != "file" || len(s.Units) < 250 {
			t.Errorf("%+v, %d units", a, len(s.Units))
		}
	})
	t.Run("as an ordinary user", func(t *testing.T) { h.testUser(t) })
	t.Run("with files of pmxcfs that nobody may read", func(t *testing.T) {
		h.must(t, "chmod", "000", "/etc/pve")
		defer h.must(t, "chmod", "755", "/etc/pve")
		h.lacksPVE(t, h.capture(t, healthyBound, Command{Args: asUser(program, "introspect")}))
	})
	t.Run("with a pmxcfs that died", func(t *testing.T) {
		h.script(t, deadFUSE)
		defer h.script(t, "umount /etc/pve")
		h.lacksPVE(t, h.capture(t, healthyBound, Command{}))
	})
	t.Run("with a pmxcfs that hangs", func(t *testing.T) {
		server := strings.TrimSpace(h.script(t, hangingFUSE))
		defer h.script(t, "kill "+server+"; umount -l /etc/pve")
		h.lacksPVE(t, h.capture(t, hangingBound, Command{}))
	})
	t.Run("keeps the old snapshot on a full disk", h.testFullDisk)
	t.Run("with 500 units and 1,500 packages", func(t *testing.T) { h.testSize(t, 500, 1500) })
	t.Run("with 2,000 units and 3,000 packages", func(t *testing.T) { h.testSize(t, 2000, 3000) })
}

// lacks captures a host on which a service does not answer. Only what the service alone knows is missing.
func (h busyHost) lacks(t *testing.T, bound time.Duration, healthy *snapshot.Snapshot, service busyService) {
	t.Helper()
	s := h.capture(t, bound, Command{})
	for _, name := range service.areas {
		if a := area(t, s, name); a.Status == "known" {
			t.Errorf("%s is known without %s", name, service.name)
		}
	}
	except := service.areas
	if service.name == "org.freedesktop.PolicyKit1" { // PackageKit does not start without it
		except = []string{"packages.updates", "network.network_manager"}
	}
	if service.name == "org.freedesktop.PackageKit" {
		except = append(slices.Clone(except), "packages")
	}
	sameAreas(t, healthy, s, except...)
	if running := service.name != "org.freedesktop.NetworkManager"; s.Network.NetworkManager.Running != running {
		t.Errorf("NetworkManager runs: %t", !running)
	}
	if len(s.Packages) != len(healthy.Packages) {
		t.Errorf("%d packages, %d on the healthy host", len(s.Packages), len(healthy.Packages))
	}
}

// testHanging captures while three services start and never answer.
func (h busyHost) testHanging(t *testing.T, healthy *snapshot.Snapshot) {
	var hanging []busyService
	for _, service := range busyServices {
		if slices.Contains([]string{"org.freedesktop.PackageKit", "org.freedesktop.timedate1", "org.freedesktop.UDisks2"}, service.name) {
			hanging = append(hanging, service)
		}
	}
	except := []string{"packages"}
	for _, service := range hanging {
		dir := "/run/systemd/system/" + service.unit + ".d"
		h.script(t, "systemctl stop "+service.unit+"; mkdir -p "+dir+"; printf '[Service]\\nExecStart=\\nExecStart=/bin/sleep 600\\n' > "+dir+"/hang.conf")
		except = append(except, service.areas...)
		defer func() {
			h.script(t, "rm -r "+dir+"; systemctl daemon-reload; systemctl kill -s KILL "+service.unit+" || true; systemctl reset-failed "+service.unit+" || true")
			// The bus goes on waiting for the start that hung.
			h.script(t, "for i in $(seq 60); do busctl --timeout=1 call "+service.name+" / org.freedesktop.DBus.Peer Ping && exit 0; sleep 0.5; done; exit 1")
		}()
	}
	h.must(t, "systemctl", "daemon-reload")
	s := h.capture(t, hangingBound, Command{})
	for _, service := range hanging {
		for _, name := range service.areas {
			if a := area(t, s, name); a.Status == "known" {
				t.Errorf("%s is known without %s", name, service.name)
			}
		}
	}
	sameAreas(t, healthy, s, except...)
}

// testFacts looks for a fact of each service of the bus, and of units.
func (h busyHost) testFacts(t *testing.T, s *snapshot.Snapshot) {
	for _, service := range busyServices {
		for _, name := range service.areas {
			if a := area(t, s, name); a.Status != "known" {
				t.Errorf("%+v", a)
			}
		}
	}
	for name, source := range map[string]string{"packages": "packagekit", "units": "systemd"} {
		if a := area(t, s, name); a.Status != "known" || a.Source != source {
			t.Errorf("%+v", a)
		}
	}
	if !slices.ContainsFunc(s.Updates, func(u snapshot.PackageUpdate) bool { return u.Name == "cron" && u.Version == "99.0-1" }) {
		t.Errorf("updates: %+v", s.Updates)
	}
	if !slices.ContainsFunc(s.Packages, func(p snapshot.Package) bool { return p.Auto && p.PulledInBy != "" }) {
		t.Error("nothing says why a package is there")
	}
	if !slices.ContainsFunc(s.Repositories, func(r snapshot.Repository) bool {
		return r.Enabled && strings.HasPrefix(r.Source, "/etc/apt/sources.list.d/own.list")
	}) {
		t.Errorf("repositories: %+v", s.Repositories)
	}
	if nm := s.Network.NetworkManager; !nm.Running || nm.Version == "" ||
		!slices.ContainsFunc(nm.Connections, func(c snapshot.NetworkConnection) bool { return c.ID == "lab" && c.Type == "802-11-wireless" }) {
		t.Errorf("NetworkManager: %+v", nm)
	}
	if s.System.TimeZone != "Europe/Vienna" || s.Host.Name != "pve1" {
		t.Errorf("time zone %q, host %q", s.System.TimeZone, s.Host.Name)
	}
	if s.System.Login.PowerKey == "" {
		t.Errorf("login: %+v", s.System.Login)
	}
	if !slices.ContainsFunc(s.Network.Links, func(l snapshot.Link) bool { return l.Name == "vmbr0" && l.Kind == "bridge" }) {
		t.Errorf("links: %+v", s.Network.Links)
	}
	if !slices.ContainsFunc(s.Network.OVS.Bridges, func(b snapshot.OVSBridge) bool { return b.Name == "vmbr1" && b.Datapath == "netdev" }) {
		t.Errorf("Open vSwitch: %+v", s.Network.OVS)
	}
	if len(s.Guests) == 0 {
		t.Error("no guests")
	}
	units := map[string]snapshot.Unit{}
	for _, u := range s.Units {
		units[u.Name] = u
	}
	offsite, timer := units["offsite.service"].Detail, units["offsite.timer"].Detail
	if offsite == nil || timer == nil {
		t.Fatalf("no detail: %+v, %+v", units["offsite.service"], units["offsite.timer"])
	}
	if offsite.User != "backup" || !slices.Contains(offsite.After, "network-online.target") || !slices.Contains(offsite.Wants, "network-online.target") ||
		len(offsite.Commands) != 2 || offsite.Commands[0].Secret == nil || offsite.Commands[1].Arguments[0] != "done" || len(offsite.Settings) != 8 {
		t.Errorf("offsite.service: %+v", offsite)
	}
	if !slices.Equal(timer.Timers, []string{"OnBootSec=5min", "OnCalendar=daily"}) || !slices.Equal(timer.Triggers, []string{"offsite.service"}) ||
		!slices.Contains(timer.WantedBy, "timers.target") {
		t.Errorf("offsite.timer: %+v", timer)
	}
	if chrony := units["chrony.service"]; chrony.Detail == nil || !slices.ContainsFunc(chrony.Detail.Settings, func(s snapshot.Setting) bool {
		return s.Key == "Service.Nice" && *s.Value == "-5" && s.Source == "/etc/systemd/system/chrony.service.d/override.conf:2"
	}) {
		t.Errorf("chrony.service: %+v", chrony)
	}
	if doomed := units["doomed.service"]; doomed.ActiveState != "failed" || doomed.Detail == nil {
		t.Errorf("doomed.service: %+v", doomed)
	}
	if socket := units["dbus.socket"].Detail; socket == nil || !slices.Contains(socket.Listen, "stream /run/dbus/system_bus_socket") {
		t.Errorf("dbus.socket: %+v", socket)
	}
	for _, file := range s.Files {
		if file.Path == "/etc/systemd/system/offsite.service" && file.SHA256 != "" {
			t.Error("the digest of a unit that holds a secret is in the snapshot")
		}
	}
}

// execution is a line of a trace that begins an execution.
var execution = regexp.MustCompile(`exec(?:ve|veat)\((?:[^"]*, )?"([^"]*)", \[(.*?)\]`)

// executions are the programs of a trace that were executed since the program started: path and arguments.
func executions(t *testing.T, trace string) (all [][]string) {
	t.Helper()
	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	started := false
	for line := range strings.Lines(string(data)) {
		found := execution.FindStringSubmatch(line)
		switch {
		case found == nil && started && strings.Contains(line, "exec") && !strings.Contains(line, "resumed>"):
			t.Errorf("a line of the trace that cannot be read: %s", line)
		case found == nil:
		case found[1] == program:
			started = true
		case started:
			var arguments []string
			if err := json.Unmarshal([]byte("["+found[2]+"]"), &arguments); err != nil {
				t.Errorf("arguments that cannot be read: %s", line)
			}
			all = append(all, append([]string{found[1]}, arguments[min(1, len(arguments)):]...))
		}
	}
	if !started {
		t.Errorf("the trace lacks the start of the program:\n%s", data)
	}
	return all
}

// undeclared are the executions that the table of commands does not have. A word in braces stands for any path.
func undeclared(declared string, all [][]string) (out []string) {
	for _, words := range all {
		dir, name := path.Split(words[0])
		if !slices.ContainsFunc(strings.Split(declared, "\n"), func(line string) bool {
			return slices.Contains([]string{"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"}, dir) && isCommand(line, append([]string{name}, words[1:]...))
		}) {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}

// place is where a value stands in a command, at the end.
var place = regexp.MustCompile(` \{[a-z]+\}$`)

func isCommand(line string, words []string) bool {
	last := len(words) - 1
	if place := place.FindStringIndex(line); place != nil {
		return strings.HasPrefix(words[last], "/") && strings.Join(words[:last], " ") == line[:place[0]]
	}
	return strings.Join(words, " ") == line
}

func (h busyHost) testExecutes(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "trace")
	s := h.capture(t, 2*healthyBound, Command{Trace: trace})
	all := executions(t, trace)
	for _, line := range undeclared(h.must(t, program, "introspect", "--list-commands"), all) {
		t.Errorf("executed by the capture: %s", line)
	}
	if len(all) < len(s.Capture.Commands) {
		t.Errorf("the trace has %d executions, the snapshot names %q", len(all), s.Capture.Commands)
	}
	t.Logf("executed: %q", all)
}

// testUser captures as a user who may not read what is secret: it is not known, rather than none.
func (h busyHost) testUser(t *testing.T) {
	s := h.capture(t, healthyBound, Command{Args: asUser(program, "introspect")})
	for _, name := range []string{"access", "guests", "storage.storages"} { // 0640 root:www-data
		if a := area(t, s, name); a.Status == "known" {
			t.Errorf("%s is known to everybody", name)
		}
	}
	if a := area(t, s, "units"); a.Status != "known" || a.Source != "systemd" {
		t.Errorf("%+v", a)
	}
	if a := area(t, s, "packages"); a.Status != "known" {
		t.Errorf("%+v", a)
	}
}

// lacksPVE fails for areas of pmxcfs that are taken for empty.
func (h busyHost) lacksPVE(t *testing.T, s *snapshot.Snapshot) {
	t.Helper()
	for _, name := range []string{"access", "guests", "storage.storages", "datacenter", "jobs"} {
		if a := area(t, s, name); a.Status != "unknown" {
			t.Errorf("%s is %s", name, a.Status)
		}
	}
	if a := area(t, s, "cluster"); a.Status == "known" { // a part of it is in /etc/corosync
		t.Error("cluster is known")
	}
	if len(s.Guests) != 0 {
		t.Errorf("%d guests", len(s.Guests))
	}
}

// deadFUSE mounts a file system over /etc/pve whose server is gone, hangingFUSE one whose server never answers.
const (
	deadFUSE    = mountFUSE + "X"
	hangingFUSE = mountFUSE + `server = os.fork()
if server == 0:
    os.setsid()
    for other in (0, 1, 2):
        os.close(other)
    signal.pause()
print(server)
X`
)

const mountFUSE = `test -e /dev/fuse || mknod /dev/fuse c 10 229
python3 - <<'X'
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
fd = os.open("/dev/fuse", os.O_RDWR)
options = b"fd=%d,rootmode=40000,user_id=0,group_id=0" % fd
if libc.mount(b"/dev/fuse", b"/etc/pve", b"fuse", 0, options) != 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
`

func (h busyHost) testFullDisk(t *testing.T) {
	h.script(t, "mkdir -p /small; mount -t tmpfs -o size=64k none /small; echo old > /small/snapshot.json")
	defer h.must(t, "umount", "/small")
	_, err := h.Run(context.Background(), Command{Args: []string{program, "introspect", "-o", "/small/snapshot.json"}})
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("error %v", err)
	}
	if left := h.script(t, "ls -A /small; cat /small/snapshot.json"); left != "snapshot.json\nold\n" {
		t.Errorf("on the disk is %q", left)
	}
}

// measure prints how long the command after it took, on the clock and of the processor, and how much memory it had at
// most, in KiB.
const measure = `import resource, subprocess, sys, time
started = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%.1f s, %.1f s of the processor, %d MB at most" % (time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024))`

// testSize captures the host with so many units and packages.
func (h busyHost) testSize(t *testing.T, units, packages int) {
	before := h.capture(t, 2*healthyBound, Command{})
	dir, info := filepath.Join(h.Root, "etc/systemd/system"), filepath.Join(h.Root, "var/lib/dpkg/info")
	status := filepath.Join(h.Root, "var/lib/dpkg/status")
	old, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	var made []string
	write := func(file, text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		made = append(made, file)
	}
	defer func() {
		for _, file := range made {
			if err := os.Remove(file); err != nil {
				t.Error(err)
			}
		}
		if err := os.WriteFile(status, old, 0o644); err != nil {
			t.Error(err)
		}
		h.must(t, "systemctl", "daemon-reload")
	}()
	for i := range units - len(before.Units) {
		name := fmt.Sprintf("made-%04d.service", i)
		write(filepath.Join(dir, name), "[Unit]\nDescription=made\nAfter=network.target\n[Service]\nType=oneshot\nExecStart=/bin/true "+
			strconv.Itoa(i)+"\n[Install]\nWantedBy=multi-user.target\n")
		link := filepath.Join(dir, "multi-user.target.wants", name)
		if err := os.Symlink("../"+name, link); err != nil {
			t.Fatal(err)
		}
		made = append(made, link)
	}
	more := bytes.Clone(old)
	for i := range packages - len(before.Packages) {
		name := fmt.Sprintf("made-%04d", i)
		more = fmt.Appendf(more, "\nPackage: %s\nStatus: install ok installed\nPriority: optional\nSection: misc\nInstalled-Size: 1\n"+
			"Maintainer: Nobody <nobody@example.org>\nArchitecture: all\nVersion: 1.%d-1\nDepends: libc6, made-%04d\nDescription: made\n", name, i, max(0, i-1))
		write(filepath.Join(info, name+".list"), "/.\n/usr\n/usr/share\n/usr/share/"+name+"\n")
	}
	if err := os.WriteFile(status, more, 0o644); err != nil {
		t.Fatal(err)
	}
	h.must(t, "systemctl", "daemon-reload")
	s := h.capture(t, 2*healthyBound, Command{})
	if len(s.Units) < units || len(s.Packages) < packages {
		t.Errorf("%d units, %d packages", len(s.Units), len(s.Packages))
	}
	sameAreas(t, before, s)
	t.Logf("%d units and %d packages, live: %s", len(s.Units), len(s.Packages),
		strings.TrimSpace(h.must(t, "python3", "-c", measure, program, "introspect")))
}

func TestTracesAreComparedWithTheTable(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "trace")
	text := `1 execve("/usr/bin/env", ["env", "-i", "/pve2nix"], 0x7 /* 3 vars */) = 0
1 execve("/pve2nix", ["/pve2nix", "introspect"], 0x7 /* 1 var */) = 0
2 execve("/usr/sbin/zpool", ["/usr/sbin/zpool", "list", "-H"], 0x7 /* 1 var */ <unfinished ...>
2 <... execve resumed>) = 0
3 execve("/usr/bin/btrfs", ["btrfs", "list", "/mnt/a b"], 0x7 /* 1 var */) = 0
4 execve("/usr/bin/btrfs", ["btrfs", "list", "--evil"], 0x7 /* 1 var */) = 0
5 execve("/opt/zpool", ["zpool", "list", "-H"], 0x7 /* 1 var */) = 0
6 execveat(5, "/bin/sh", ["sh", "-c", "x"], 0x7 /* 1 var */, 0) = 0
`
	if err := os.WriteFile(trace, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	got := undeclared("zpool list -H\nbtrfs list {mountpoint}\n", executions(t, trace))
	want := []string{"/usr/bin/btrfs list --evil", "/opt/zpool list -H", "/bin/sh -c x"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
