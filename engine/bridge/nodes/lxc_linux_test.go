package nodes

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// The filter that the rules give to containers with mknod.
const filter = `2
denylist
reject_force_umount
[all]
mknod notify [1,8192,SCMP_CMP_MASKED_EQ,61440]
mknod notify [1,24576,SCMP_CMP_MASKED_EQ,61440]
mknodat notify [2,8192,SCMP_CMP_MASKED_EQ,61440]
mknodat notify [2,24576,SCMP_CMP_MASKED_EQ,61440]
`

// A container with shifted users makes the nodes that everybody may have, where and as it could by itself, and no others.
func TestAContainerMakesNodes(t *testing.T) {
	start, err := exec.LookPath("lxc-start")
	if err != nil {
		testhosts.Lacking(t, err)
	}
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		testhosts.Lacking(t, err)
	}
	if os.Getuid() != 0 {
		testhosts.Lacking(t, "a container needs root")
	}
	// Others than root have to reach the files: t.TempDir lies below a folder of root's own.
	folder, err := os.MkdirTemp("", "nodes")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	root := filepath.Join(folder, "200", "rootfs")
	program, err := os.ReadFile(busybox)
	if err != nil {
		t.Fatal(err)
	}
	const script = `#!/bin/busybox sh
b=/bin/busybox
umask 027
try() { "$@" 2>/dev/null && echo yes || echo no; }
{
  try $b mknod /made/null c 1 3
  try $b mknod /made/white c 0 0
  try $b mknod /made/sda b 8 0
  try $b mknod /made/mem c 1 1
  try $b mknod /made/null c 1 3
  try $b mknod /of-a-user/zero c 1 5
  try $b mknod /of-the-host/zero c 1 5
  try $b mknod /none/zero c 1 5
  cd /made; try $b mknod full c 1 7
  try $b mknod ../made/link/tty c 5 0
  try $b mkfifo /made/fifo
  try $b chroot /jail /busybox mknod /urandom c 1 9
  try $b su -s /bin/busybox nobody -- sh -c '/bin/busybox touch /open/file'
  try $b su -s /bin/busybox nobody -- sh -c '/bin/busybox mknod /open/random c 1 8'
} > /said
`
	for path, content := range map[string]string{
		root + "/bin/busybox": string(program), root + "/jail/busybox": string(program), root + "/sbin/init": script,
		root + "/etc/passwd": "root:x:0:0::/:/bin/busybox\nnobody:x:99:99::/:/bin/busybox\n", root + "/etc/group": "nobody:x:99:\n",
		root + "/proc/.keep": "", root + "/sys/.keep": "", root + "/dev/.keep": "", root + "/made/.keep": "", root + "/of-a-user/.keep": "",
		root + "/of-the-host/.keep": "", root + "/open/.keep": "",
		folder + "/filter": filter,
		folder + "/200/config": strings.ReplaceAll(`lxc.include = /usr/share/lxc/config/common.conf
lxc.include = /usr/share/lxc/config/userns.conf
lxc.uts.name = nodes
lxc.arch = linux64
lxc.idmap = u 0 100000 65536
lxc.idmap = g 0 100000 65536
lxc.rootfs.path = FOLDER/200/rootfs
lxc.apparmor.profile = unchanged
lxc.cgroup2.devices.allow = a
lxc.net.0.type = empty
lxc.seccomp.profile = FOLDER/filter
lxc.seccomp.notify.proxy = unix:FOLDER/socket
lxc.seccomp.notify.cookie = 200
`, "FOLDER", folder),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/made", root+"/made/link"); err != nil {
		t.Fatal(err)
	}
	if err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, 100000, 100000)
	}); err != nil {
		t.Fatal(err)
	}
	for name, owner := range map[string]int{"/of-a-user": 101000, "/of-the-host": 1} {
		if err := os.Chown(root+name, owner, owner); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(root+"/open", 0o777); err != nil {
		t.Fatal(err)
	}

	socket, err := net.ListenUnix("unixpacket", &net.UnixAddr{Name: folder + "/socket", Net: "unixpacket"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var told strings.Builder
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, socket, slog.New(slog.NewTextHandler(&told, nil))) }()
	cmd := exec.CommandContext(ctx, "unshare", "-mn", start, "-F", "-P", folder, "-n", "200", "-o", folder+"/log", "-l", "WARN")
	cmd.Env = []string{"PATH=" + folder} // without newuidmap LXC writes the map by itself
	out, err := cmd.CombinedOutput()
	said, readErr := os.ReadFile(root + "/said")
	if err != nil || readErr != nil {
		log, _ := os.ReadFile(folder + "/log")
		if text := string(log); strings.Contains(text, "Failed to mount cgroup") || strings.Contains(text, "Operation not permitted") {
			testhosts.Lacking(t, fmt.Sprintf("this host lets no container start: %s", log))
		}
		t.Fatalf("%v, %v: %s\n%s", err, readErr, out, log)
	}
	cancel()
	if err := <-served; err != nil || told.Len() > 0 {
		t.Errorf("%v %s", err, told.String())
	}
	want := strings.Join([]string{
		"yes", "yes", "no", "no",
		"no",  // it is there
		"yes", // root of the container passes over modes inside of it
		"no",  // and not where the owner is none of it
		"no", "yes", "yes", "yes", "yes",
		"yes", "no", // not without the right to make nodes
		"",
	}, "\n")
	if string(said) != want {
		t.Errorf("inside:\n%swant:\n%s", said, want)
	}
	for name, device := range map[string]uint64{"made/null": dev(1, 3), "made/white": 0, "of-a-user/zero": dev(1, 5), "made/full": dev(1, 7), "made/tty": dev(5, 0), "jail/urandom": dev(1, 9)} {
		var s unix.Stat_t
		if err := unix.Lstat(filepath.Join(root, name), &s); err != nil || s.Rdev != device || s.Uid != 100000 || s.Gid != 100000 || s.Mode != unix.S_IFCHR|0o640 {
			t.Errorf("%s: %o of %d:%d, device %x: %v", name, s.Mode, s.Uid, s.Gid, s.Rdev, err)
		}
	}
}
