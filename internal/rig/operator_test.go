package rig

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// programAt is the product in a machine.
const programAt = broughtAt + "/pve2nix"

// buildProgram builds the product as make build does.
func buildProgram(to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=0.1.0", "-o", to, "../../cmd/pve2nix")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return errors.New(string(out))
	}
	return nil
}

// operated is a stand-in of PVE that an operator has captured and evaluated, switched off, and what a conversion of it takes: made once.
type operated struct {
	dir, program string
	disk         *Disk
	debian       *Debian
	brought      string
}

var operatorPVE = sync.OnceValues(func() (o *operated, err error) {
	dir, err := os.MkdirTemp("", "pve2nix-rig-")
	if err != nil {
		return nil, err
	}
	built = append(built, dir)
	o = &operated{dir: dir, program: filepath.Join(dir, "pve2nix"), brought: filepath.Join(dir, "brought.img")}
	if o.debian, err = unpackDebian(filepath.Join(dir, "root")); err != nil {
		return nil, err
	}
	debian := o.debian
	grub := filepath.Join(debian.Dir, "boot/grub")
	text, err := menu("/boot/"+filepath.Base(debian.kernel), "/boot/"+filepath.Base(debian.initrd), quiet)
	if err != nil {
		return nil, err
	}
	block, err := grubenv.Block(nil).Format()
	if err != nil {
		return nil, err
	}
	esp := filepath.Join(dir, "esp")
	if o.disk, err = NewDisk(filepath.Join(dir, "pve.img"), vmESP, vmRoot, vmGroup); err != nil {
		return nil, err
	}
	for _, f := range []func() error{
		func() error { return asPVE(debian) },
		func() error { return writeNew(filepath.Join(grub, "grub.cfg"), text, 0o600) },
		func() error { return writeNew(filepath.Join(grub, "grubenv"), string(block), 0o644) },
		func() error { return layModules(grub) },
		func() error { return o.disk.WriteRoot(debian.Dir) },
		func() error {
			return writeNew(filepath.Join(esp, "EFI/BOOT/stand-in"), "somebody's file on the ESP", 0o644)
		},
		func() error { return o.disk.WriteESP(esp, vmESPUUID) },
		o.disk.InstallGRUB,
		func() error { return buildProgram(o.program) },
		func() error { return o.bring("") },
	} {
		if err := f(); err != nil {
			return nil, err
		}
	}
	return o, nil
})

// broughtSize and broughtUUID are the same before and after the system was built: a capture sees one disk.
const (
	broughtSize = "400m"
	broughtUUID = "6c1d3a52-0a55-4ee1-9a0a-6f8f0f3a9d01"
)

// bring makes the disk that the machine gets beside its own: the agent, the product, and what was made of the snapshot.
func (o *operated) bring(outputs string) error {
	dir := o.brought + ".d"
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := errors.Join(buildAgent(filepath.Join(dir, "agent")), copyFile(o.program, filepath.Join(dir, "pve2nix")), os.Chmod(filepath.Join(dir, "pve2nix"), 0o755)); err != nil {
		return err
	}
	if outputs != "" {
		if err := os.CopyFS(dir, os.DirFS(outputs)); err != nil {
			return err
		}
	}
	_, err := command("mke2fs", "-q", "-F", "-t", "ext4", "-U", broughtUUID, "-E", "hash_seed="+broughtUUID, "-d", dir, o.brought, broughtSize)
	return err
}

// operator is a machine that is worked on with the product's commands alone.
type operator struct {
	*vm
	port string
}

func (o *operated) machine(t *testing.T) *operator {
	t.Helper()
	disk, err := o.disk.Copy(filepath.Join(t.TempDir(), "disk.img"))
	if err != nil {
		t.Fatal(err)
	}
	v := &operator{vm: &vm{T: t, disk: disk, brought: o.brought, began: time.Now()}}
	v.start()
	return v
}

func (v *operator) start() {
	v.Helper()
	g, err := StartGuest(v.disk, v.brought, "-netdev", "user,id=net,restrict=off,hostfwd=tcp:127.0.0.1:28006-:18006", "-device", "virtio-net-pci,netdev=net,mac=52:54:00:12:34:56")
	if err != nil {
		v.Fatal(err)
	}
	v.Cleanup(g.End)
	v.Guest = g
}

func TestVMProto(t *testing.T) {
	NeedVMs(t, false)
	base, err := operatorPVE()
	if err != nil {
		t.Fatal(err)
	}
	v := base.machine(t)
	v.up(talk.PVE)
	for _, args := range [][]string{
		{"-L", "24g", "--type", "thin-pool", "-n", "data", "pve"},
		{"-V", "64m", "--thin", "pve/data", "-n", "vm-100-disk-0"},
	} {
		v.run(slices.Concat([]string{"lvcreate", "-qq", "--yes", "--config", "backup { backup=0 archive=0 }"}, args)...)
	}
	v.run("dd", "if=/dev/urandom", "of="+guest, "bs=1M", "count=16", "conv=fsync")
	v.step("volumes")
	t.Log(v.run("sh", "-c", programAt+" introspect --output /run/snapshot.json 2>&1; systemctl --failed --no-pager; cat /proc/net/route"))
	v.step("captured")
	s := v.run("cat", "/run/snapshot.json")
	v.step("read")
	if err := os.WriteFile("/tmp/scratch/h8gv/snapshot.json", []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log(strings.Count(s, "\n"))
}
