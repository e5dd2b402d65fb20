package rig

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cavaliergopher/cpio"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
	"github.com/pve2nix/pve2nix/internal/standin"
)

// The packages of a Debian whose root is on ZFS. The modules come from zfs-dkms: they are built for Debian's kernel by
// Debian's own recipe, once, and kept with the other things that take long. They are never part of the project: their
// licence, the CDDL, is another one than that of the kernel.
var (
	zfsPackages = []string{"zfsutils-linux", "zfs-initramfs", "busybox"}
	zfsBuilders = []string{"linux-headers-amd64", "dkms", "build-essential", "zfs-dkms"}
)

const (
	// rpool is the pool of a Proxmox VE, and the roots in it.
	rpool     = "rpool"
	zfsPVE    = "rpool/ROOT/pve-1"
	zfsNixOS  = "rpool/ROOT/nixos"
	zfsVolume = "rpool/data/vm-100-disk-0"
	// zfsParameters let Debian's initial RAM disk find PVE's root.
	zfsParameters = "root=ZFS=rpool/ROOT/pve-1 boot=zfs"
	// hostID are the bytes of /etc/hostid, of PVE and of the stand-in of NixOS: networking.hostId is that of PVE.
	hostID = "\x17\x2a\x3c\x0b"
	// diskSerial lets udev make names of the disk in /dev/disk/by-id, where NixOS looks for pools.
	diskSerial = "RIG0"
	zfsDisk    = 2000 << 20
)

// How long it takes where others use the machine, too.
const (
	modulesTimeout = 20 * time.Minute
	poolTimeout    = 15 * time.Minute
	lookTimeout    = 15 * time.Minute
)

// zfsFiles are laid into the Debian beside initrdFiles.
var zfsFiles = map[string]string{
	"/etc/hostid": hostID,
	"/usr/share/initramfs-tools/modules.d/rig-zfs": "zfs\n",
	// What PVE has (pve-manager wants it): all that may be mounted, is.
	"/etc/systemd/system/rig.target.d/zfs.conf": "[Unit]\nWants=zfs-mount.service\nAfter=zfs-mount.service\n",
}

// makesPool is process 1 of the machine that makes the pool: this one has no ZFS. Its root is what goes into the pool.
const makesPool = `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
end() { echo "rig: the pool is not made: $1"; echo o >/proc/sysrq-trigger; sleep 100; }
trap 'end $?' EXIT
set -ex
mountpoint -q /proc || mount -t proc proc /proc
mountpoint -q /sys || mount -t sysfs sysfs /sys
mountpoint -q /run || mount -t tmpfs tmpfs /run
/lib/systemd/systemd-udevd --daemon
udevadm trigger --action=add --subsystem-match=block
udevadm settle --timeout=30
modprobe zfs
zpool create -f -o ashift=12 -O compression=on -O relatime=on -R /run/pool rpool /dev/disk/by-id/virtio-` + diskSerial + `-part3
zfs create rpool/ROOT
zfs create -o acltype=posixacl rpool/ROOT/pve-1
zfs create rpool/data
zfs create -s -V 64M rpool/data/vm-100-disk-0
zfs create -o acltype=posixacl -o xattr=sa -o refquota=64M rpool/data/subvol-101-disk-0
to=/run/pool/rpool/ROOT/pve-1
cp -ax /. $to
rm $to/rig-make
rmdir $to/lost+found
mkdir $to/rpool
cp -a /usr/bin /run/pool/rpool/data/subvol-101-disk-0/
zfs snapshot rpool/ROOT/pve-1@before-upgrade
zfs snapshot rpool/data/vm-100-disk-0@daily
zpool set bootfs=rpool/ROOT/pve-1 rpool
zfs umount -a
zfs set mountpoint=/ rpool/ROOT/pve-1
zpool export rpool
sync
trap - EXIT
echo "rig: the pool is made"
echo o >/proc/sysrq-trigger
sleep 100
`

// poolMade is what makesPool says at its end.
const poolMade = "rig: the pool is made"

// firstStage is process 1 of the initial RAM disk of the stand-in of NixOS. It does what NixOS's does for a root on ZFS:
// devices by udev, the pool by its name, without force and without mounting anything of it, then the data set of
// fileSystems."/" without an option. With rig.look it shows the pool of a machine that is off instead, and writes nothing.
const firstStage = `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mkdir -p /proc /sys /dev /run /mnt-root /mnt/rig
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
exec </dev/console >/dev/console 2>&1
look=
root=rpool/ROOT/nixos
wait=yes
# As NixOS's: without the parameter it waits for a key.
fail() {
	echo "first stage: $1"
	while [ -n "$wait" ]; do sleep 3600; done
	exit 1
}
for word in $(cat /proc/cmdline); do
	case $word in
	init=*) init=${word#init=} ;;
	rig.look) look="-o readonly=on" ;;
	rig.lost) root=rpool/ROOT/lost ;;
	boot.panic_on_fail) wait= ;;
	esac
done
for module in virtio_pci virtio_blk virtio_rng i6300esb ext4 vfat efivarfs zfs; do modprobe -q $module; done
/lib/systemd/systemd-udevd --daemon
udevadm trigger --action=add --subsystem-match=block
udevadm settle --timeout=30
tries=0
until zpool import -d /dev/disk/by-id -N $look rpool; do
	tries=$((tries + 1))
	[ $tries -le 10 ] || fail "the pool is not imported"
	sleep 1
done
if [ -n "$look" ]; then
	mount -t zfs -o ro rpool/ROOT/pve-1 /mnt-root
	mount -t ext4 -o ro /dev/vdb /mnt/rig
	/mnt/rig/agent
fi
mount -t zfs $root /mnt-root || fail "there is no root"
udevadm control --exit
mkdir -p /mnt-root/proc /mnt-root/sys /mnt-root/dev /mnt-root/run
for dir in proc sys dev run; do mount --move /$dir /mnt-root/$dir; done
exec switch_root /mnt-root $init
`

// cpioFile is a file, folder or link of an archive.
type cpioFile struct {
	name string
	mode cpio.FileMode
	data string // what a link leads to
}

// writeCPIO writes an archive of files as the kernel unpacks it (Documentation/driver-api/early-userspace/buffer-format.rst).
func writeCPIO(w io.Writer, files ...cpioFile) error {
	c := cpio.NewWriter(w)
	for _, f := range files {
		if err := c.WriteHeader(&cpio.Header{Name: f.name, Mode: f.mode, Links: 1, Size: int64(len(f.data))}); err != nil {
			return err
		}
		if _, err := io.WriteString(c, f.data); err != nil {
			return err
		}
	}
	return c.Close()
}

// zfsInitrd makes the initial RAM disk of the stand-in of NixOS: Debian's modules and programs, with a first stage of its own.
func zfsInitrd(debian, to string) error {
	data, err := os.ReadFile(debian)
	if err != nil {
		return err
	}
	for len(data)%4 != 0 {
		data = append(data, 0)
	}
	disk := bytes.NewBuffer(data)
	if err := writeCPIO(disk, cpioFile{"etc/hostid", cpio.TypeReg | 0o755, hostID}, cpioFile{"init", cpio.TypeReg | 0o755, firstStage}); err != nil {
		return err
	}
	return os.WriteFile(to, disk.Bytes(), 0o644)
}

// zfsHost is what is kept of a stand-in of PVE with its root on ZFS.
type zfsHost struct {
	disk *Disk
	Debian
}

// zfsPVEHost makes the host, once for a list of packages and sources: the modules, the Debian, and the pool in a machine.
func zfsPVEHost() (*zfsHost, error) {
	dir, err := cacheDir()
	if err != nil {
		return nil, err
	}
	sources, err := zfsSources()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	fmt.Fprint(sum, debianPackages, zfsPackages, zfsBuilders, debianExcludes, initrdFiles, zfsFiles, pveFiles, pveMasked, sources, makesPool, vmESP, zfsDisk, zfsParameters)
	at := filepath.Join(dir, "zfs-"+standin.Suite+"-"+hex.EncodeToString(sum.Sum(nil)[:6]))
	h := &zfsHost{Debian: Debian{kernel: filepath.Join(at, "vmlinuz"), initrd: filepath.Join(at, "initrd.img")}}
	h.disk = &Disk{File: filepath.Join(at, "disk.img"), ESPSize: vmESP, Size: zfsDisk}
	if isFile(h.disk.File) {
		return h, nil
	}
	work, err := os.MkdirTemp(dir, "make-zfs-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	modules, err := zfsModules(dir, work, sources)
	if err != nil {
		return nil, err
	}
	made := filepath.Join(work, "made")
	if err := makeZFSHost(work, made, modules, sources); err != nil {
		return nil, err
	}
	if err := removeOld(filepath.Join(dir, "zfs-"+standin.Suite+"-*"), at); err != nil {
		return nil, err
	}
	return h, os.Rename(made, at)
}

// removeOld removes what was made of other lists.
func removeOld(pattern string, but ...string) error {
	old, err := filepath.Glob(pattern)
	for _, name := range old {
		if !slices.Contains(but, name) {
			err = errors.Join(err, os.RemoveAll(name))
		}
	}
	return err
}

// zfsSources are those of Debian with contrib, where ZFS is.
func zfsSources() (string, error) {
	text, err := standin.Sources()
	var out []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !slices.Contains(strings.Fields(line), "contrib") {
			line += " contrib"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n") + "\n", err
}

// tell says what takes long, and is done once.
func tell(what string) { fmt.Fprintln(os.Stderr, "rig: "+what) }

// zfsModules builds the modules for the newest of Debian's kernels; what it returns is a package.
func zfsModules(dir, work, sources string) (string, error) {
	sum := sha256.Sum256([]byte(fmt.Sprint(zfsBuilders, sources)))
	deb := filepath.Join(dir, "zfsmodules-"+standin.Suite+"-"+hex.EncodeToString(sum[:6])+".deb")
	if isFile(deb) {
		return deb, nil
	}
	tell("the modules of ZFS are built: this takes 5 to 15 minutes, and is done once")
	root, lay := filepath.Join(work, "modules"), filepath.Join(work, "for-modules")
	if err := os.MkdirAll(lay, 0o755); err != nil {
		return "", err
	}
	recipe := debianRecipe{packages: zfsBuilders, excludes: []string{"/usr/share/doc/*", "/usr/share/man/*"}, sources: sources, work: lay, timeout: modulesTimeout}
	if err := makeDebian(root, recipe); err != nil {
		return "", err
	}
	found, err := filepath.Glob(filepath.Join(root, "usr/lib/modules/*/updates/dkms/zfs.ko"))
	if err != nil || len(found) != 1 {
		return "", errors.Join(err, fmt.Errorf("%d modules of ZFS were built", len(found)))
	}
	release := filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(found[0]))))
	tree := filepath.Join(work, "package")
	to := filepath.Join(tree, "usr/lib/modules", release, "updates")
	control := "Package: rig-zfs-modules\nVersion: 1\nArchitecture: all\nProvides: zfs-modules\nMaintainer: nobody <nobody@example.net>\nDescription: modules of ZFS for " + release + "\n"
	if err := errors.Join(writeNew(filepath.Join(tree, "DEBIAN/control"), control, 0o644), os.MkdirAll(to, 0o755)); err != nil {
		return "", err
	}
	packed := filepath.Join(work, "modules.deb")
	for _, args := range [][]string{{"cp", "-r", filepath.Dir(found[0]), to}, {"dpkg-deb", "--root-owner-group", "-Zgzip", "-b", tree, packed}} {
		if _, err := command(args[0], args[1:]...); err != nil {
			return "", err
		}
	}
	if err := errors.Join(os.RemoveAll(root), removeOld(filepath.Join(dir, "zfsmodules-*"))); err != nil {
		return "", err
	}
	return deb, os.Rename(packed, deb)
}

// makeZFSHost makes a folder with the disk, the kernel and the initial RAM disk.
func makeZFSHost(work, made, modules, sources string) error {
	tell("a Debian with its root on ZFS is made: this takes some minutes, and is done once")
	files := map[string]string{}
	for _, more := range []map[string]string{initrdFiles, zfsFiles} {
		for name, text := range more {
			files[name] = text
		}
	}
	lay, tar := filepath.Join(work, "for-root"), filepath.Join(work, "root.tar")
	recipe := debianRecipe{packages: slices.Concat(debianPackages, zfsPackages), excludes: debianExcludes, files: files, sources: sources, deb: modules, work: lay, timeout: debianTimeout}
	if err := os.MkdirAll(lay, 0o755); err != nil {
		return err
	}
	if err := makeDebian(tar, recipe); err != nil {
		return err
	}
	root, err := unpack(tar, filepath.Join(work, "root"), "# the root is "+zfsPVE)
	if err != nil {
		return err
	}
	release := strings.TrimPrefix(filepath.Base(root.kernel), "vmlinuz-")
	if !isFile(filepath.Join(root.Dir, "usr/lib/modules", release, "updates/dkms/zfs.ko")) {
		return errors.Join(fmt.Errorf("Debian has a newer kernel now, %s: the modules of ZFS must be built for it: start again", release), os.Remove(modules))
	}
	if err := os.MkdirAll(made, 0o755); err != nil {
		return err
	}
	d := &Disk{File: filepath.Join(made, "disk.img"), ESPSize: vmESP, Size: zfsDisk}
	esp := filepath.Join(work, "esp")
	for _, f := range []func() error{
		func() error { return copyFile(root.kernel, filepath.Join(made, "vmlinuz")) },
		func() error { return copyFile(root.initrd, filepath.Join(made, "initrd.img")) },
		func() error { return d.Partition(typeZFS) },
		func() error { return d.NamePartition(2, vmESPPartition) },
		func() error { _, err := laySystemdBoot(root, esp, zfsParameters); return err },
		func() error {
			return writeNew(filepath.Join(esp, "EFI/BOOT/stand-in"), "somebody's file on the ESP", 0o644)
		},
		func() error { return d.WriteESP(esp, vmESPUUID) },
		func() error { return d.makePool(work, root) },
	} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// typeZFS is the type of a partition of a pool.
const typeZFS = "6A898CC3-1DD2-11B2-99A6-080020736631"

// makePool makes the pool on the disk, in a machine whose root is the Debian on another disk.
func (d *Disk) makePool(work string, root *Debian) error {
	if err := os.WriteFile(filepath.Join(root.Dir, "rig-make"), []byte(makesPool), 0o755); err != nil {
		return err
	}
	image := filepath.Join(work, "root.img")
	if _, err := command("mke2fs", "-q", "-F", "-t", "ext4", "-d", root.Dir, image, "900m"); err != nil {
		return err
	}
	m, err := Start(d, 1024, append([]string{
		"-drive", "file=" + strings.ReplaceAll(image, ",", ",,") + ",format=raw,if=virtio,readonly=on", "-no-reboot",
		"-kernel", root.kernel, "-initrd", root.initrd, "-append", quiet + " root=/dev/vdb ro init=/rig-make panic=1",
	}, zfsMachine...)...)
	if err != nil {
		return err
	}
	defer m.Cut()
	ctx, cancel := context.WithTimeout(context.Background(), poolTimeout)
	defer cancel()
	select {
	case <-m.done:
	case <-ctx.Done():
	}
	if !strings.Contains(m.Console(), "\n"+poolMade) {
		return fmt.Errorf("the pool is not made: %s", tail(m.Console(), 4000))
	}
	return nil
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// zfsMachine are the arguments of machines with a pool.
var zfsMachine = []string{"-global", "virtio-blk-device.serial=" + diskSerial}

// zfsSystemdBoot is what the installer makes of a machine with UEFI when ZFS is asked for.
var zfsSystemdBoot = &Layout{
	Name: "zfs-systemd-boot",
	Said: plan.Said{
		Layout: plan.Layout{Kind: "zfs", Source: "rpool/ROOT", Root: zfsNixOS, Type: "zfs"},
		Boot:   on("systemd-boot", ""),
		Save:   plan.Saves{Files: []string{"/etc/kernel", "/etc/fstab"}, Disks: []string{"/dev/vda"}, Pools: []string{rpool}, Databases: []string{clusterDatabase}},
	},
	Machine: zfsMachine, Make: zfsBase,
	Guest: "/dev/zvol/" + zfsVolume, Volumes: zfsProperties,
	Chosen: "EFI stub: ",
}

func init() {
	zfsSystemdBoot.Picture = zfsPicture
	Layouts = append(Layouts, zfsSystemdBoot)
}

// zfsBase makes the disks that all machines begin with.
func zfsBase(dir string) (*base, error) {
	h, err := zfsPVEHost()
	if err != nil {
		return nil, err
	}
	system := h.Debian
	system.initrd = filepath.Join(dir, "initrd.nixos")
	b := &base{disk: h.disk, brought: filepath.Join(dir, "brought.img"), variables: filepath.Join(dir, "variables.fd")}
	variables, err := firmwareWith("Linux Boot Manager", "/EFI/systemd/systemd-bootx64.efi")
	if err != nil {
		return nil, err
	}
	return b, errors.Join(zfsInitrd(h.initrd, system.initrd), bring(b.brought, &system, ""), WriteVariables(b.variables, variables))
}

// Properties that change by themselves, or by what is done beside: room, times, and what is of one import.
var volatile = []string{
	"used", "available", "referenced", "compressratio", "refcompressratio", "written", "logicalused", "logicalreferenced", "usedbysnapshots",
	"usedbydataset", "usedbychildren", "usedbyrefreservation", "objsetid", "snapshots_changed",
	"allocated", "free", "capacity", "fragmentation", "freeing", "leaked", "load_guid", "expandsize", "bcloneused", "bclonesaved", "bcloneratio",
}

// zfsProperties lists the properties of the pool with its features, and of each data set, volume and snapshot.
var zfsProperties = []string{"sh", "-c", "{ zpool get -Hp -o name,property,value,source all rpool && zfs get -Hpr -o name,property,value,source all rpool; } | " +
	"awk -F '\t' '$2 !~ /^(" + strings.Join(volatile, "|") + ")$/'"}

// ofImport are those that say how the machine that looks has imported the pool.
var ofImport = []string{"readonly", "mounted", "altroot", "cachefile"}

// zfsPicture is all that the pool of a machine holds which is off: the files of PVE's root, the properties of the pool and
// of each data set, volume and snapshot. Another machine reads it, and does not write.
func zfsPicture(d *Disk) (map[string]string, error) {
	b, err := zfsSystemdBoot.Base()
	if err != nil {
		return nil, err
	}
	h, err := zfsPVEHost()
	if err != nil {
		return nil, err
	}
	if d.File != h.disk.File {
		return lookAtPool(d, b, h)
	}
	basePicture.once.Do(func() { basePicture.files, basePicture.err = lookAtPool(d, b, h) })
	return maps.Clone(basePicture.files), basePicture.err
}

// basePicture is that of the disk which all machines begin with.
var basePicture struct {
	once  sync.Once
	files map[string]string
	err   error
}

func lookAtPool(d *Disk, b *base, h *zfsHost) (map[string]string, error) {
	g, err := StartGuest(d, b.brought, append([]string{
		"-kernel", h.kernel, "-initrd", filepath.Join(filepath.Dir(b.brought), "initrd.nixos"), "-append", quiet + " rig.look boot.panic_on_fail panic=1", "-no-reboot", "-snapshot",
	}, zfsMachine...)...)
	if err != nil {
		return nil, err
	}
	defer g.End()
	ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
	defer cancel()
	if _, err := g.Up(ctx); err != nil {
		return nil, fmt.Errorf("%w: %s", err, tail(g.Console(), 4000))
	}
	text, err := g.Ask(ctx, talk.Request{Picture: "/mnt-root"})
	if err != nil {
		return nil, err
	}
	var out map[string]string
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return nil, err
	}
	if text, err = g.Ask(ctx, talk.Request{Exec: zfsProperties}); err != nil {
		return nil, err
	}
	found := 0
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("a property is %q", line)
		}
		if !slices.Contains(ofImport, f[1]) {
			out["property "+f[1]+" of "+f[0]] = f[2] + " " + f[3]
			found++
		}
	}
	if found < 200 || out["property bootfs of rpool"] != zfsPVE+" local" {
		return nil, fmt.Errorf("%d properties of the pool: %q", found, tail(text, 500))
	}
	return out, nil
}
