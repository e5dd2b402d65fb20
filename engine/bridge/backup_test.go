package bridge

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/pve2nix/pve2nix/rules"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// textOf is a text that a rule has for the shell.
func textOf(t *testing.T, file, name string) string {
	t.Helper()
	source, err := rules.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	module, err := ast.ParseModuleWithOpts(file, string(source), ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range module.Rules {
		if string(r.Head.Name) != name || r.Head.Value == nil {
			continue
		}
		if text, ok := r.Head.Value.Value.(ast.String); ok {
			return string(text)
		}
	}
	t.Fatalf("%s has no %s", file, name)
	return ""
}

// standIn is each program that the script calls and that a test cannot: it notes its call in the log and keeps what is there, data
// sets and states of guests, as files. $FAIL is the beginning of a call that fails.
const standIn = `#!/usr/bin/env bash
name=${0##*/}
call="$name $*"
echo "$call" >>"$STATE/log"
if test -n "$FAIL" && [[ $call == "$FAIL"* ]]; then exit 1; fi
file() { echo "$STATE/$1/${2//\//+}"; }
case $call in
"virsh domstate"*) cat "$(file guest "$3$2")" ;;
"virsh shutdown"*) echo "shut off" >"$(file guest "$2")" ;;
"virsh suspend"*) echo paused >"$(file guest "$2")" ;;
"virsh start"* | "virsh resume"*) echo running >"$(file guest "$2")" ;;
"virsh dumpxml"*) echo "<domain/>" ;;
"incus list"*) echo RUNNING ;;
"incus config show"*) echo "name: $3" ;;
"incus export"*) echo "root of $2" >"$3" ;;
"lxc-info"*) echo RUNNING ;;
"zfs snapshot"*) : >"$(file zfs "$2")" ;;
"zfs clone"*) echo "$6" >"$(file zfs "$7")" ;;
"zfs get"*) cat "$(file zfs "$6")" ;;
"zfs list"*) test -e "$(file zfs "$5")" ;;
"zfs destroy"*) rm "$(file zfs "$2")" ;;
"lvcreate"*) echo "${9##*/}" >"$(file lvm "${9%/*}/$8")" ;;
"lvs"*) cat "$(file lvm "$4")" ;;
"lvremove"*) rm "$(file lvm "$2")" ;;
"rbd"*"snap create"*) : >"$(file rbd "${!#}")" ;;
"rbd"*"device map"*)
  test -e "$(file rbd "${!#}")" || exit 1
  mkdir -p "$STATE/bus/7"
  image=${!#}
  echo "${image%%/*}" >"$STATE/bus/7/pool"
  echo >"$STATE/bus/7/pool_ns"
  image=${image#*/}
  echo "${image%@*}" >"$STATE/bus/7/name"
  echo "${image#*@}" >"$STATE/bus/7/current_snap"
  echo /dev/rbd7
  ;;
"rbd"*"device unmap"*) rm -r "$STATE/bus/7" ;;
"rbd"*" info "*) test -e "$(file rbd "${!#}")" ;;
"rbd"*"snap rm"*)
  test ! -e "$STATE/bus/7" || exit 1
  rm "$(file rbd "${!#}")"
  ;;
"sendmail"*) cat >"$STATE/mail" ;;
"blkid"*) echo ext4 ;;
"mount -"*) echo inside >"${!#}/file" ;;
"mountpoint"*) test -e "$2/file" || test -e "$2/disk" ;;
"umount"*) rm -f "$1/file" "$1/disk" ;;
"virsh domjobinfo"*) echo "Job type:         None" ;;
"virsh backup-begin"*) cat "$3" >"$STATE/xml" ;;
"df"*) cat "$STATE/room" ;;
"qemu-nbd"*)
  sleep 60 &
  echo $! >"${3#*=}"
  ;;
"nbdfuse"*) echo disk >"$2" ;;
"nbdcopy"*)
  echo "image of $1"
  if test -n "$SLOW"; then sleep 3; fi
  ;;
"dd"*)
  echo "image of $1"
  if test -n "$SLOW"; then
    : >"$STATE/slow"
    sleep 20
  fi
  ;;
"pv"*) cat ;;
esac
`

var stoodIn = []string{
	"virsh", "incus", "lxc-info", "lxc-freeze", "lxc-unfreeze", "systemctl", "zfs", "lvcreate", "lvs", "lvremove", "lvchange", "blkid", "mount", "mountpoint",
	"umount", "udevadm", "sync", "dd", "df", "pv", "proxmox-backup-client", "qemu-nbd", "nbdcopy", "nbdfuse", "rbd", "fsfreeze", "sendmail",
}

// backupHost is a host on which the script runs, with a storage for backups.
type backupHost struct {
	t                         *testing.T
	script, state, store, run string
	env                       []string
}

func newBackupHost(t *testing.T, guests string, env ...string) *backupHost {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		testhosts.Lacking(t, "bash is missing")
	}
	root := t.TempDir()
	h := &backupHost{t: t, script: filepath.Join(root, "guest-backup"), state: filepath.Join(root, "state"), store: filepath.Join(root, "store"), run: filepath.Join(root, "run", "job")}
	bin := filepath.Join(root, "bin")
	for _, dir := range []string{bin, h.run, filepath.Join(h.state, "guest"), filepath.Join(h.state, "zfs"), filepath.Join(h.state, "lvm"), filepath.Join(h.state, "rbd"), h.store} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// Whether a path is a block device no program says, but the shell.
	prelude := "test() { if [ \"$1\" = -b ]; then return 0; fi; builtin test \"$@\"; }\n"
	text := strings.NewReplacer("/sys/bus/rbd/devices/", h.state+"/bus/", "/sys/block/", h.state+"/block/", "/proc/self/mountinfo", h.state+"/mountinfo").
		Replace(textOf(t, "lib/backupscript/backupscript.rego", "text"))
	h.write(h.script, prelude+text)
	for _, name := range stoodIn {
		h.write(filepath.Join(bin, name), standIn)
		if err := os.Chmod(filepath.Join(bin, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	h.guest("web", "running")
	h.guest("db", "shut off")
	h.write(filepath.Join(h.state, "room"), "Avail\n9000\n")
	h.env = append([]string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "STATE=" + h.state, "RUNTIME_DIRECTORY=" + h.run, "STORE=" + h.store, "TZ=UTC", "FAIL=", "SLOW=",
		"GUESTS=" + guests, "MODE=snapshot", "COMPRESS=none", "BWLIMIT=0", "KEEP=", "PROTECTED=", "SCRATCH=" + filepath.Join(root, "scratch"), "MOUNT=", "NAMESPACE=", "KEYFILE=", "REPOSITORY=",
		"MASTERKEY=", "SCRIPT=", "MAILTO=", "MAILWHEN=always", "STOREID=nas", "CEPH=far --id a -m 192.0.2.9;ceph --id admin -m 192.0.2.1,[2001:db8::1]:6789",
	}, env...)
	return h
}

func (h *backupHost) write(file, text string) {
	h.t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

func (h *backupHost) guest(name, state string) {
	h.write(filepath.Join(h.state, "guest", name), state+"\n\n")
}

func (h *backupHost) command() *exec.Cmd {
	// As the wrapper of NixOS does it.
	c := exec.Command("bash", "-c", "set -e\n. "+h.script+"\n")
	c.Env = h.env
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

// runs runs the script; it tells whether it succeeded, and what it said.
func (h *backupHost) runs() (bool, string) {
	h.t.Helper()
	out, err := h.command().CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		h.t.Fatal(err)
	}
	return err == nil, string(out)
}

// now is the time of a new backup, as the client of the backup server is told it and as it names it.
var now = regexp.MustCompile(`\b1[0-9]{9}\b|20[0-9-]{8}T[0-9:]{8}Z`)

// calls are the calls that change something.
func (h *backupHost) calls() []string {
	log, _ := os.ReadFile(filepath.Join(h.state, "log"))
	var out []string
	for line := range strings.Lines(string(log)) {
		line = strings.TrimSpace(line)
		if !slices.ContainsFunc([]string{"virsh domstate", "virsh dumpxml", "zfs get", "zfs list", "lvs ", "mountpoint ", "udevadm ", "incus list", "incus config", "lxc-info", "blkid ", "df ", "virsh domjobinfo", "sendmail "}, func(q string) bool { return strings.HasPrefix(line, q) }) {
			out = append(out, now.ReplaceAllString(strings.ReplaceAll(line, h.run, "RUN"), "NOW"))
		}
	}
	return out
}

// files are the files below a folder, those of the storage with the time of a new backup as NEW.
func (h *backupHost) files(dir string) []string {
	out := []string{}
	year := time.Now().UTC().Format("2006")
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			parts := strings.Split(name, "/")
			for i, p := range parts {
				if strings.HasPrefix(p, year) && i == 1 {
					parts[i] = "NEW" + strings.TrimLeft(p[16:], "Z")
				}
			}
			out = append(out, strings.Join(parts, "/"))
		}
		return nil
	})
	return out
}

// tidy says what the script has left on the host: nothing, or a test fails.
func (h *backupHost) tidy() {
	h.t.Helper()
	for _, dir := range []string{"zfs", "lvm", "rbd", "bus/7"} {
		if left := h.files(filepath.Join(h.state, dir)); len(left) > 0 {
			h.t.Errorf("%s has %q", dir, left)
		}
	}
	if left, _ := os.ReadDir(h.run); len(left) > 0 {
		h.t.Errorf("%s is left in %s", left, h.run)
	}
	if left, _ := os.ReadDir(filepath.Join(filepath.Dir(h.state), "scratch")); len(left) > 0 {
		h.t.Errorf("%s is left aside", left)
	}
	if state, _ := os.ReadFile(filepath.Join(h.state, "guest", "web")); strings.TrimSpace(string(state)) != "running" {
		h.t.Errorf("web is %s", state)
	}
}

const (
	web = "100|vm|libvirt|web|freeze|drive-scsi0=zvol:rpool/data/vm-100-disk-0"
	db  = "101|vm|libvirt|db||drive-virtio0=thin:pve/vm-101-disk-0"
	dns = "200|ct|lxc|lxc-200||mp0=thin:pve/vm-200-disk-1,root=zfs:rpool/data/subvol-200-disk-0"
)

func TestABackupIsReadFromASnapshot(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web+" "+db+" "+dns)
	ok, said := h.runs()
	// The configuration of the container is where no test writes: only that guest fails.
	if ok || !strings.Contains(said, "no backup of 200") || strings.Contains(said, "no backup of 10") {
		t.Fatalf("%v: %s", ok, said)
	}
	h.tidy()
	if d := cmp.Diff([]string{"100/NEW/definition", "100/NEW/drive-scsi0.img", "101/NEW/definition", "101/NEW/drive-virtio0.img"}, h.files(h.store)); d != "" {
		t.Error(d)
	}
	want := []string{
		"virsh domfsfreeze web", "sync /dev/zvol/rpool/data/vm-100-disk-0", "zfs snapshot rpool/data/vm-100-disk-0@pve2nix-backup", "virsh domfsthaw web",
		"zfs clone -o readonly=on -o volmode=dev rpool/data/vm-100-disk-0@pve2nix-backup rpool/data/vm-100-disk-0-pve2nix-backup",
		"dd if=/dev/zvol/rpool/data/vm-100-disk-0-pve2nix-backup bs=1M iflag=fullblock status=none",
	}
	if d := cmp.Diff(want, h.calls()[:len(want)]); d != "" {
		t.Error(d)
	}
}

// withConf is the script with the configuration of containers in a folder of the test.
func (h *backupHost) withConf() *backupHost {
	text, err := os.ReadFile(h.script)
	if err != nil {
		h.t.Fatal(err)
	}
	h.write(h.script, strings.ReplaceAll(string(text), "/etc/lxc/", h.state+"/"))
	h.write(filepath.Join(h.state, "200.conf"), "lxc.uts.name = dns\n")
	return h
}

func TestAContainerIsArchivedFromReadOnlyMounts(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, dns, "COMPRESS=gzip", "BWLIMIT=5000", "PROTECTED=1").withConf()
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	if d := cmp.Diff([]string{"200/NEW/definition", "200/NEW/mp0.tar.gz", "200/NEW/protected", "200/NEW/root.tar.gz"}, h.files(h.store)); d != "" {
		t.Error(d)
	}
	want := []string{
		"lxc-freeze -n 200", "lvchange --activate y --ignoreactivationskip pve/vm-200-disk-1", "sync /dev/pve/vm-200-disk-1",
		"lvcreate --yes --snapshot --permission r --setactivationskip n --name vm-200-disk-1-pve2nix-backup pve/vm-200-disk-1",
		"zfs snapshot rpool/data/subvol-200-disk-0@pve2nix-backup", "lxc-unfreeze -n 200",
		"mount -o ro,noload /dev/pve/vm-200-disk-1-pve2nix-backup RUN/200/mp0", "mount -t zfs -o ro rpool/data/subvol-200-disk-0@pve2nix-backup RUN/200/root",
	}
	if d := cmp.Diff(want, h.calls()[:len(want)]); d != "" {
		t.Error(d)
	}
	root, _ := filepath.Glob(filepath.Join(h.store, "200", "*", "root.tar.gz"))
	if list, err := exec.Command("tar", "--list", "--file", root[0]).Output(); err != nil || !strings.Contains(string(list), "./file") {
		t.Errorf("%s, %v", list, err)
	}
}

// Whatever fails, the guest runs on, nothing of the attempt is left, old backups stay, and the next guest is backed up.
func TestAFailedBackupLeavesAllAsItWas(t *testing.T) {
	t.Parallel()
	for _, fail := range []string{"virsh dumpxml --inactive --security-info web", "zfs snapshot", "zfs clone", "udevadm", "dd if=/dev/zvol", "sync --file-system " /* both */} {
		h := newBackupHost(t, web+" "+db, "KEEP=last=1", "FAIL="+fail)
		for _, old := range []string{"20240101T000000Z", "20240102T000000Z"} {
			if err := os.MkdirAll(filepath.Join(h.store, "100", old), 0o755); err != nil {
				t.Fatal(err)
			}
			h.write(filepath.Join(h.store, "100", old, "definition"), "")
		}
		ok, said := h.runs()
		if ok || !strings.Contains(said, "no backup of 100\n") {
			t.Errorf("%s: %v, %s", fail, ok, said)
		}
		h.tidy()
		want := []string{"100/20240101T000000Z/definition", "100/20240102T000000Z/definition"}
		if !strings.HasPrefix(fail, "sync") && fail != "udevadm" {
			want = append(want, "101/NEW/definition", "101/NEW/drive-virtio0.img")
		}
		if d := cmp.Diff(want, h.files(h.store)); d != "" {
			t.Errorf("%s: %s", fail, d)
		}
	}
}

func TestAGuestIsHeldAsTheModeSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode, fail string
		ok         bool
		want       []string
	}{
		{"suspend", "", true, []string{"virsh domfsfreeze web", "virsh domfsthaw web"}},
		{"snapshot", "virsh domfsfreeze", true, []string{"virsh domfsfreeze web", "virsh domfsthaw web", "virsh suspend web", "virsh resume web"}},
		{"snapshot", "virsh domfsthaw", false, []string{"virsh domfsfreeze web", "virsh domfsthaw web", "virsh domfsthaw web"}},
		{"stop", "", true, []string{"virsh shutdown web", "virsh start web"}},
		{"stop", "zfs snapshot", false, []string{"virsh shutdown web", "virsh start web"}},
	} {
		h := newBackupHost(t, web, "MODE="+c.mode, "FAIL="+c.fail)
		ok, said := h.runs()
		if ok != c.ok {
			t.Errorf("%s, %s: %s", c.mode, c.fail, said)
		}
		h.tidy()
		got := slices.DeleteFunc(h.calls(), func(call string) bool { return !strings.HasPrefix(call, "virsh ") })
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s, %s: %s", c.mode, c.fail, d)
		}
	}
}

// PVE's order: each rule counts periods in which no earlier rule has kept a backup. The backup of this run is the newest.
func TestOldBackupsAreRemovedAsThePolicySays(t *testing.T) {
	t.Parallel()
	all := []string{"20200101T010000Z", "20231231T230000Z", "20240101T000000Z", "20240101T120000Z", "20240102T120000Z", "20240115T120000Z"}
	for keep, want := range map[string][]string{
		"":                         all,
		"last=1":                   {},
		"last=3":                   {"20240102T120000Z", "20240115T120000Z"},
		"daily=3":                  {"20240102T120000Z", "20240115T120000Z"},
		"hourly=9":                 all,
		"last=2 monthly=2":         {"20200101T010000Z", "20231231T230000Z", "20240115T120000Z"},
		"yearly=9":                 {"20200101T010000Z", "20231231T230000Z", "20240115T120000Z"},
		"last=1 weekly=2 yearly=1": {"20231231T230000Z", "20240102T120000Z", "20240115T120000Z"},
	} {
		h := newBackupHost(t, web, "KEEP="+keep)
		for _, name := range append([]string{"20100101T000000Z", "of-somebody", "20240101"}, all...) {
			if err := os.MkdirAll(filepath.Join(h.store, "100", name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		h.write(filepath.Join(h.store, "100", "20100101T000000Z", "protected"), "")
		if ok, said := h.runs(); !ok {
			t.Fatal(said)
		}
		entries, err := os.ReadDir(filepath.Join(h.store, "100"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.Name())
		}
		for _, name := range []string{"20100101T000000Z", "of-somebody", "20240101"} {
			if !slices.Contains(got, name) {
				t.Errorf("%q: %s is gone", keep, name)
			}
		}
		got = slices.DeleteFunc(got, func(name string) bool { return !slices.Contains(all, name) })
		want = slices.Sorted(slices.Values(want))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q keeps %q, want %q", keep, got, want)
		}
		if files := h.files(h.store); !slices.Contains(files, "100/NEW/definition") {
			t.Errorf("%q: the new backup is gone: %q", keep, files)
		}
	}
}

func TestNothingIsWrittenWhereNothingIsMounted(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web, "MOUNT=/mnt/pve/nas")
	ok, said := h.runs()
	if ok || said != "nothing is mounted at /mnt/pve/nas\n" || len(h.files(h.store)) > 0 || len(h.calls()) > 0 {
		t.Errorf("%v, %s, %q, %q", ok, said, h.files(h.store), h.calls())
	}
}

func TestABackupServerGetsAllVolumesAtOnce(t *testing.T) {
	t.Parallel()
	server := []string{"REPOSITORY=a@pbs!t@pbs:8007:home", "NAMESPACE=hl1", "KEYFILE=/k", "KEEP=last=2 daily=7", "BWLIMIT=100"}
	h := newBackupHost(t, web, server...)
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	got := slices.DeleteFunc(h.calls(), func(call string) bool { return !strings.HasPrefix(call, "proxmox-") })
	want := []string{
		"proxmox-backup-client backup definition.conf:RUN/100/definition drive-scsi0.img:/dev/zvol/rpool/data/vm-100-disk-0-pve2nix-backup " +
			"--backup-type vm --backup-id 100 --backup-time NOW --repository a@pbs!t@pbs:8007:home --ns hl1 --keyfile /k --rate 100KiB",
		"proxmox-backup-client prune vm/100 --repository a@pbs!t@pbs:8007:home --ns hl1 --keep-last 2 --keep-daily 7",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	h = newBackupHost(t, web, append(server, "FAIL=proxmox-backup-client backup")...)
	if ok, _ := h.runs(); ok || slices.ContainsFunc(h.calls(), func(call string) bool { return strings.HasPrefix(call, "proxmox-backup-client prune") }) {
		t.Errorf("after a failure: %v, %q", ok, h.calls())
	}
	h.tidy()
}

func TestIncusExportsARoot(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, "201|ct|incus|dns||root=export:root", "COMPRESS=gzip")
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	if d := cmp.Diff([]string{"201/NEW/definition", "201/NEW/root.incus.tar.gz"}, h.files(h.store)); d != "" {
		t.Error(d)
	}
	if calls := h.calls(); calls[0] != "incus pause dns" || calls[1] != "incus resume dns" {
		t.Errorf("%q", calls)
	}
}

// What an earlier run has left goes; a data set of somebody else that has the same name stays, and the backup fails.
func TestLeftoversAreKnownByWhatTheyAreOf(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web)
	snapshot, clone := filepath.Join(h.state, "zfs", "rpool+data+vm-100-disk-0@pve2nix-backup"), filepath.Join(h.state, "zfs", "rpool+data+vm-100-disk-0-pve2nix-backup")
	h.write(snapshot, "")
	h.write(clone, "rpool/data/vm-100-disk-0@pve2nix-backup\n")
	if err := os.MkdirAll(filepath.Join(h.store, "100", "20240101T000000Z.partial"), 0o755); err != nil {
		t.Fatal(err)
	}
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	if _, err := os.Stat(filepath.Join(h.store, "100", "20240101T000000Z.partial")); err == nil {
		t.Error("half a backup of before is still there")
	}
	h.env = append(h.env, "FAIL=zfs clone") // ZFS refuses a name that is taken
	h.write(clone, "-\n")
	if ok, _ := h.runs(); ok {
		t.Error("a name that is taken went unnoticed")
	}
	if _, err := os.Stat(clone); err != nil {
		t.Error("the data set of somebody else is gone")
	}
}

func TestAJobThatIsStoppedTidiesUp(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web, "SLOW=1")
	c := h.command()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if _, err := os.Stat(filepath.Join(h.state, "slow")); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	// systemd tells all processes of the unit.
	if err := syscall.Kill(-c.Process.Pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Error("it succeeded")
	}
	// The part that tidies up may outlive the first process; systemd waits for it.
	for range 200 {
		if left, _ := os.ReadDir(h.run); len(left) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	h.tidy()
	if left := h.files(h.store); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}

const (
	webFile = "100|vm|libvirt|web||drive-ide0=qemu:hda:qcow2:/var/lib/vz/images/100/vm-100-disk-0.qcow2"
	dbFile  = "101|vm|libvirt|db||drive-scsi0=qemu:sda:raw:/dev/san/vm-101-disk-0"
)

func TestADiskWithoutSnapshotsIsReadThroughQEMU(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, webFile+" "+dbFile)
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	if d := cmp.Diff([]string{"100/NEW/definition", "100/NEW/drive-ide0.img", "101/NEW/definition", "101/NEW/drive-scsi0.img"}, h.files(h.store)); d != "" {
		t.Error(d)
	}
	calls := slices.DeleteFunc(h.calls(), func(call string) bool { return strings.HasPrefix(call, "sync ") })
	want := []string{
		"virsh suspend web", "virsh backup-begin web RUN/100/backup.xml", "virsh resume web", "nbdcopy nbd+unix:///hda?socket=RUN/100/nbd -", "virsh domjobabort web",
		"qemu-nbd --read-only --fork --pid-file=RUN/101/drive-scsi0.pid --export-name=sda --format=raw --socket=RUN/101/drive-scsi0.nbd /dev/san/vm-101-disk-0",
		"nbdcopy nbd+unix:///sda?socket=RUN/101/drive-scsi0.nbd -",
	}
	if d := cmp.Diff(want, calls); d != "" {
		t.Error(d)
	}
	xml, err := os.ReadFile(filepath.Join(h.state, "xml"))
	want = []string{"<server transport='unix' socket='" + h.run + "/100/nbd'/>", "<disk name='hda' backup='yes' type='file'>", "/scratch/100-hda'/>"}
	for _, part := range want {
		if !strings.Contains(string(xml), part) {
			t.Errorf("%s lacks %s, %v", xml, part, err)
		}
	}
}

func TestAStoppedGuestGoesOnAsSoonAsItsDisksAreGivenOut(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, webFile, "MODE=stop", "REPOSITORY=a@pbs!t@pbs:8007:home")
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	got := slices.DeleteFunc(h.calls(), func(call string) bool {
		return !strings.HasPrefix(call, "virsh ") && !strings.HasPrefix(call, "proxmox-")
	})
	want := []string{
		"virsh shutdown web", "virsh start web --paused", "virsh backup-begin web RUN/100/backup.xml", "virsh resume web",
		"proxmox-backup-client backup definition.conf:RUN/100/definition drive-ide0.img:RUN/100/drive-ide0/disk --backup-type vm --backup-id 100 --backup-time NOW --repository a@pbs!t@pbs:8007:home",
		"virsh domjobabort web",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A backup of somebody else is not ended; one that runs out of room is, and the guest goes on.
func TestAGuestIsWorthMoreThanItsBackup(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, webFile, "FAIL=virsh backup-begin")
	if ok, _ := h.runs(); ok || slices.Contains(h.calls(), "virsh domjobabort web") {
		t.Errorf("%v, %q", ok, h.calls())
	}
	h.tidy()
	h = newBackupHost(t, webFile)
	h.write(filepath.Join(h.state, "room"), "Avail\n100\n")
	if ok, said := h.runs(); ok || !strings.Contains(said, "less than 2 GiB are free") || slices.ContainsFunc(h.calls(), func(call string) bool { return strings.HasPrefix(call, "virsh backup-begin") }) {
		t.Errorf("%v, %s, %q", ok, said, h.calls())
	}
	h.tidy()
	h = newBackupHost(t, webFile, "SLOW=1")
	go func() {
		for range 200 {
			if _, err := os.Stat(filepath.Join(h.state, "xml")); err == nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		_ = os.WriteFile(filepath.Join(h.state, "room"), []byte("Avail\n100\n"), 0o644)
	}()
	_, said := h.runs()
	if n := strings.Count(strings.Join(h.calls(), "\n"), "virsh domjobabort web"); n < 1 || !strings.Contains(said, "less than 2 GiB are free") {
		t.Errorf("%d, %s", n, said)
	}
	h.tidy()
}

const (
	far = "103|vm|libvirt|web|freeze|drive-scsi0=rbd:ceph:vms/vm-103-disk-0"
	box = "202|ct|lxc|lxc-202||root=rbd:ceph:vms/vm-202-disk-0"
)

func TestAnImageOfCephIsReadFromItsSnapshot(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, far)
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	h.tidy()
	how := "rbd --id admin -m 192.0.2.1,[2001:db8::1]:6789 "
	want := []string{
		how + "info vms/vm-103-disk-0@pve2nix-backup",
		"virsh domfsfreeze web", how + "snap create --no-progress vms/vm-103-disk-0@pve2nix-backup", "virsh domfsthaw web",
		how + "device map --read-only vms/vm-103-disk-0@pve2nix-backup", "dd if=/dev/rbd7 bs=1M iflag=fullblock status=none",
	}
	if d := cmp.Diff(want, h.calls()[:len(want)]); d != "" {
		t.Error(d)
	}
	for _, fail := range []string{how + "snap create", how + "device map", "dd if=/dev/rbd7"} {
		h := newBackupHost(t, far, "FAIL="+fail)
		if ok, said := h.runs(); ok {
			t.Errorf("%s: %s", fail, said)
		}
		h.tidy()
	}
}

// The file system of a container that runs is quiet while its image is snapshotted, whatever becomes of that.
func TestAFileSystemOnCephIsFrozenForItsSnapshot(t *testing.T) {
	t.Parallel()
	for _, fail := range []string{"", "rbd --id admin -m 192.0.2.1,[2001:db8::1]:6789 snap create", "fsfreeze --freeze"} {
		h := newBackupHost(t, box, "FAIL="+fail)
		text, _ := os.ReadFile(h.script)
		h.write(h.script, strings.ReplaceAll(string(text), "/etc/lxc/", h.state+"/"))
		h.write(filepath.Join(h.state, "202.conf"), "")
		for name, value := range map[string]string{"bus/0/pool": "vms", "bus/0/pool_ns": "", "bus/0/name": "vm-202-disk-0", "bus/0/current_snap": "-", "block/rbd0/dev": "251:0"} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(h.state, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			h.write(filepath.Join(h.state, name), value+"\n")
		}
		h.write(filepath.Join(h.state, "mountinfo"), "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 251:0 / /run/lxc/202/root rw - ext4 /dev/rbd0 rw\n")
		ok, said := h.runs()
		if ok != (fail == "") {
			t.Errorf("%s: %s", fail, said)
		}
		h.tidy()
		var got []string
		for _, call := range h.calls() {
			if strings.HasPrefix(call, "fsfreeze") || strings.HasPrefix(call, "lxc-") || strings.Contains(call, "snap create") {
				got = append(got, strings.Join(strings.Fields(call)[:2], " "))
			}
		}
		want := []string{"lxc-freeze -n", "fsfreeze --freeze", "rbd --id", "fsfreeze --unfreeze", "lxc-unfreeze -n"}
		if strings.HasPrefix(fail, "fsfreeze") {
			want = []string{"lxc-freeze -n", "fsfreeze --freeze", "fsfreeze --unfreeze", "lxc-unfreeze -n"}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", fail, d)
		}
	}
}

func TestAJobCallsItsScriptAndTellsItsReaders(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web+" "+db, "MODE=suspend", "MAILTO=ops@example.net", "FAIL=dd if=/dev/pve", "LABEL_100=web", "NOTES_100=web; of (a) cluster")
	script := filepath.Join(h.state, "hook")
	h.write(script, "#!/usr/bin/env bash\necho \"$* $VMTYPE $HOSTNAME ${TARGET:+there}\" >>$STATE/phases\n")
	if err := os.Chmod(script, 0o755); err != nil {
		t.Fatal(err)
	}
	h.env = append(h.env, "SCRIPT="+script)
	if ok, said := h.runs(); ok {
		t.Fatal(said)
	}
	h.tidy()
	phases, _ := os.ReadFile(filepath.Join(h.state, "phases"))
	want := `job-init
job-start
backup-start suspend 100 qemu web
pre-stop suspend 100 qemu web
pre-restart suspend 100 qemu web
post-restart suspend 100 qemu web
backup-end suspend 100 qemu web there
log-end suspend 100 qemu web there
backup-start suspend 101 qemu db
backup-abort suspend 101 qemu db
log-end suspend 101 qemu db
job-end
`
	if d := cmp.Diff(want, regexp.MustCompile(` +\n`).ReplaceAllString(string(phases), "\n")); d != "" {
		t.Error(d)
	}
	mail, _ := os.ReadFile(filepath.Join(h.state, "mail"))
	for _, part := range []string{"To: ops@example.net\n", "backup failed\n", "\n100: done\n101: no backup\n"} {
		if !strings.Contains(string(mail), part) {
			t.Errorf("%s lacks %q", mail, part)
		}
	}
	notes, _ := filepath.Glob(filepath.Join(h.store, "100", "*", "notes"))
	if len(notes) != 1 {
		t.Errorf("%q", notes)
	}
	// A script that fails keeps the guest as it is, and no mail comes of a success that nobody asked for.
	h = newBackupHost(t, web, "SCRIPT=false", "MAILTO=ops@example.net")
	if ok, _ := h.runs(); ok || len(h.calls()) > 0 {
		t.Errorf("%v, %q", ok, h.calls())
	}
	h = newBackupHost(t, web, "MAILTO=ops@example.net", "MAILWHEN=failure")
	if ok, said := h.runs(); !ok {
		t.Error(said)
	}
	if _, err := os.Stat(filepath.Join(h.state, "mail")); err == nil {
		t.Error("a mail about a success")
	}
}

func TestPathsOfAContainerAreLeftOut(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, "200|ct|lxc|lxc-200||root=zfs:rpool/data/subvol-200-disk-0", "EXCLUDE_200_root=./fi?e other").withConf()
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	root, _ := filepath.Glob(filepath.Join(h.store, "200", "*", "root.tar"))
	if list, err := exec.Command("tar", "--list", "--file", root[0]).Output(); err != nil || strings.TrimSpace(string(list)) != "./" {
		t.Errorf("%s, %v", list, err)
	}
}

func TestABackupServerIsToldWhatTheJobSaysOfABackup(t *testing.T) {
	t.Parallel()
	h := newBackupHost(t, web, "REPOSITORY=a@pbs:8007:home", "NOTES_100=web", "PROTECTED=1", "MASTERKEY=/m", "KEYFILE=/k", "NAMESPACE=n")
	if ok, said := h.runs(); !ok {
		t.Fatal(said)
	}
	got := slices.DeleteFunc(h.calls(), func(call string) bool { return !strings.HasPrefix(call, "proxmox-") })
	want := []string{
		"proxmox-backup-client backup definition.conf:RUN/100/definition drive-scsi0.img:/dev/zvol/rpool/data/vm-100-disk-0-pve2nix-backup " +
			"--backup-type vm --backup-id 100 --backup-time NOW --repository a@pbs:8007:home --ns n --keyfile /k --master-pubkey-file /m",
		"proxmox-backup-client snapshot notes update vm/100/NOW web --repository a@pbs:8007:home --ns n",
		"proxmox-backup-client snapshot protected update vm/100/NOW true --repository a@pbs:8007:home --ns n",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
