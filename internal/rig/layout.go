package rig

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// A Layout is how a stand-in of PVE lies on its disk, and what starts it.
type Layout struct {
	// Name is for names of tests.
	Name string
	// Said is what rules would say of a conversion of it: its kind, its boot path, and what is saved.
	Said plan.Said
	// Trial lets a kernel find the side root; Mount is PVE's line of fstab.
	Trial, Mount string
	// Partition makes the disk with its partitions and volumes.
	Partition func(file string) (*Disk, error)
	// Load lays the boot loader into the folders that become the root and the ESP. What it returns are the variables of
	// the firmware; nil is a BIOS.
	Load func(d *Disk, root *Debian, esp string) (Variables, error)
	// Make makes all that machines of the layout begin with, in a folder: where it is set, the four above and the two below are not used.
	Make func(dir string) (*base, error)
	// Machine are more arguments of qemu.
	Machine []string
	// Write puts PVE's root on the disk, and Picture says what is on it; nil are those of Disk.
	Write   func(d *Disk, root *Debian) error
	Picture func(d *Disk) (map[string]string, error)
	// Prepare are commands that make a guest's volume in the running PVE, and Guest is that volume.
	Prepare [][]string
	Guest   string
	// Made is the folder of PVE's root that the guest's volume lies in, where it is a file.
	Made string
	// Volumes is the command that lists the volumes.
	Volumes []string
	// Chosen is what the console says when the trial was chosen, and is not any more.
	Chosen string
	// Devices are more arguments of the machine, which has a port of the one that tests.
	Devices func(port string) []string

	once sync.Once
	made *base
	err  error
}

// base is what all machines of a layout begin with.
type base struct {
	disk *Disk
	// brought is the disk with what the test brings along, variables the file of the firmware: empty where it is a BIOS.
	brought, variables string
}

// Ids of the ESP of the stand-in: that of its file system, and its partition's.
const (
	vmESPUUID      = "3F1B-9C2A"
	vmESPPartition = "0f8e7d6c-5b4a-4938-8271-605040302010"
)

// Sizes of the disk of a stand-in of PVE.
const (
	vmESP  = 160 << 20
	vmRoot = 900 << 20
	vmDisk = 2400 << 20
)

// Kind and Boot are those of the plan.
func (l *Layout) Kind() string { return l.Said.Layout.Kind }

// Boot is the boot path.
func (l *Layout) Boot() string { return l.Said.Boot.Kind }

// Base makes the disk of the layout, once.
func (l *Layout) Base() (*base, error) {
	l.once.Do(func() { l.made, l.err = l.build() })
	return l.made, l.err
}

func (l *Layout) build() (*base, error) {
	dir, err := os.MkdirTemp("", "pve2nix-rig-")
	if err != nil {
		return nil, err
	}
	remove(dir)
	if l.Make != nil {
		return l.Make(dir)
	}
	root, err := unpackDebian(filepath.Join(dir, "root"), l.Mount)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root.Dir)
	b := &base{brought: filepath.Join(dir, "brought.img")}
	if b.disk, err = l.Partition(filepath.Join(dir, "pve.img")); err != nil {
		return nil, err
	}
	esp := filepath.Join(dir, "esp")
	if err := writeNew(filepath.Join(esp, "EFI/BOOT/stand-in"), "somebody's file on the ESP", 0o644); err != nil {
		return nil, err
	}
	variables, err := l.Load(b.disk, root, esp)
	if err != nil {
		return nil, err
	}
	write := func() error { return b.disk.WriteRoot(root.Dir) }
	if l.Write != nil {
		write = func() error { return l.Write(b.disk, root) }
	}
	for _, f := range []func() error{
		func() error { return b.disk.WriteESP(esp, vmESPUUID) },
		func() error { return b.disk.NamePartition(2, vmESPPartition) },
		write,
		func() error {
			if variables == nil {
				return b.disk.InstallGRUB()
			}
			b.variables = filepath.Join(dir, "variables.fd")
			return WriteVariables(b.variables, variables)
		},
		func() error { return bring(b.brought, root, l.Trial+" rw") },
	} {
		if err := f(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// picture is every file of PVE's root on a disk.
func (l *Layout) picture(d *Disk) (map[string]string, error) {
	if l.Picture != nil {
		return l.Picture(d)
	}
	return d.Picture()
}

// built are the folders of what was made once.
var (
	builtLock sync.Mutex
	built     []string
)

// remove lets a folder be removed when all tests are through.
func remove(dir string) {
	builtLock.Lock()
	defer builtLock.Unlock()
	built = append(built, dir)
}

// Layouts are all that are tested in machines.
var Layouts = []*Layout{thinBIOS, btrfsBoot, lvmUEFI}

// on is the boot path of a stand-in.
func on(kind, config string) plan.Boot {
	return plan.Boot{Kind: kind, ESPs: []plan.ESP{{UUID: vmESPUUID, Partition: vmESPPartition}}, Config: config}
}

// The two ways in which volumes of LVM are a root; the guest's is in a thin pool in both.
var (
	thinRoot = plan.Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 1 << 30}

	poolAndGuest = [][]string{
		lvcreate("-L", "700m", "--type", "thin-pool", "-n", "data", "pve"),
		{"lvchange", "-qq", "--config", "backup { backup=0 archive=0 }", "--errorwhenfull", "y", "pve/data"}, // a test does not wait for room
		lvcreate("-V", "8m", "--thin", "pve/data", "-n", "vm-100-disk-0"),
	}
	lvs = []string{"lvs", "--noheadings", "-o", "lv_name,lv_size,lv_tags", "pve"}
)

// lvcreate is the command, without copies of the metadata on PVE's root.
func lvcreate(args ...string) []string {
	return append([]string{"lvcreate", "-qq", "--yes", "--config", "backup { backup=0 archive=0 }"}, args...)
}

func onVolumes(file string) (*Disk, error) { return NewDisk(file, vmESP, vmRoot, vmDisk) }

// thinBIOS is what the installer makes of a machine with a BIOS when nothing else is asked for.
var thinBIOS = &Layout{
	Name: "thin-bios",
	Said: plan.Said{
		Layout: thinRoot,
		Boot:   on("grub-bios", "/boot/grub"),
		Save:   plan.Saves{Files: []string{"/boot/grub", "/etc/fstab"}, Disks: []string{"/dev/vda"}, Groups: []string{"pve"}, Databases: []string{clusterDatabase}},
	},
	Trial: "root=/dev/mapper/pve-nixos", Mount: "/dev/pve/root / ext4 noatime,errors=remount-ro 0 0",
	Partition: onVolumes,
	Load: func(_ *Disk, root *Debian, _ string) (Variables, error) {
		return nil, layGRUB(root, grubModules)
	},
	Prepare: poolAndGuest, Guest: "/dev/pve/vm-100-disk-0", Volumes: lvs,
	Chosen: "next start alone: pve2nix-nixos",
}

// lvmUEFI has volumes of LVM without a pool; the firmware starts Debian's GRUB.
var lvmUEFI = &Layout{
	Name: "lvm-uefi",
	Said: plan.Said{
		Layout: plan.Layout{Kind: "lvm", Source: "pve", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 1 << 30},
		Boot:   on("grub-uefi", "/boot/grub"),
		Save:   thinBIOS.Said.Save,
	},
	Trial: thinBIOS.Trial, Mount: thinBIOS.Mount,
	Partition: onVolumes,
	Load: func(d *Disk, root *Debian, esp string) (Variables, error) {
		core, err := grubCore("x86_64-efi", grubEFIModules, d.Prefix)
		if err != nil {
			return nil, err
		}
		const file = "/EFI/proxmox/grubx64.efi"
		if err := errors.Join(layGRUB(root, grubEFIModules), writeNew(filepath.Join(esp, file), string(core), 0o644)); err != nil {
			return nil, err
		}
		return firmwareWith("proxmox", file)
	},
	Prepare: [][]string{lvcreate("-L", "8m", "-n", "vm-100-disk-0", "pve")}, Guest: thinBIOS.Guest, Volumes: lvs,
	Chosen: "EFI stub: ",
}

// Where a guest of a PVE on btrfs has its disk.
const (
	btrfsGuests = "/var/lib/pve/local-btrfs/images/100"
	btrfsGuest  = btrfsGuests + "/vm-100-disk-0"
)

// btrfsBoot is what the installer makes of btrfs: systemd-boot, with PVE's kernels on the ESP.
var btrfsBoot = &Layout{
	Name: "btrfs-boot",
	Said: plan.Said{
		Layout: plan.Layout{Kind: "btrfs", Source: "/dev/vda3", Root: "/dev/vda3", Subvolume: "@nixos", Type: "btrfs"},
		Boot:   on("systemd-boot", ""),
		Save:   plan.Saves{Files: []string{"/etc/kernel", "/etc/fstab"}, Disks: []string{"/dev/vda"}, Databases: []string{clusterDatabase}},
	},
	Trial: "root=/dev/vda3 rootfstype=btrfs rootflags=subvol=@nixos", Mount: "/dev/vda3 / btrfs noatime 0 0",
	Partition: func(file string) (*Disk, error) { return NewPlainDisk(file, "btrfs", vmESP, vmDisk) },
	Load: func(_ *Disk, root *Debian, esp string) (Variables, error) {
		return laySystemdBoot(root, esp, "root=/dev/vda3 rootfstype=btrfs ro")
	},
	Prepare: [][]string{
		{"mkdir", "-p", btrfsGuests}, {"btrfs", "subvolume", "create", btrfsGuest}, {"truncate", "-s", "8m", btrfsGuest + "/disk.raw"},
	},
	Guest: btrfsGuest + "/disk.raw", Made: "/var/lib/pve",
	// Without the number of the last change.
	Volumes: []string{"sh", "-c", "btrfs subvolume list -p / | sed 's/gen [0-9]* //'"},
	Chosen:  "EFI stub: ",
}

// laySystemdBoot lays what proxmox-boot-tool puts on an ESP: the loader, PVE's kernel and its entry.
func laySystemdBoot(root *Debian, esp, parameters string) (Variables, error) {
	version := strings.TrimPrefix(filepath.Base(root.kernel), "vmlinuz-")
	below := "/EFI/proxmox/" + version
	const file = "/EFI/systemd/systemd-bootx64.efi"
	for name, text := range map[string]string{
		filepath.Join(esp, "loader/loader.conf"): "timeout 0\ndefault proxmox-*\n",
		filepath.Join(esp, "loader/entries/proxmox-"+version+".conf"): "title    Proxmox Virtual Environment\nversion  " + version + "\nlinux    " + below + "/vmlinuz-" + version +
			"\ninitrd   " + below + "/initrd.img-" + version + "\noptions  " + parameters + " " + quiet + "\n",
		filepath.Join(root.Dir, "etc/kernel/proxmox-boot-uuids"): vmESPUUID + "\n",
		filepath.Join(root.Dir, "etc/kernel/cmdline"):            parameters + " " + quiet + "\n",
	} {
		if err := writeNew(name, text, 0o644); err != nil {
			return nil, err
		}
	}
	for from, to := range map[string]string{
		efiStubs + "/systemd-bootx64.efi": file,
		root.kernel:                       below + "/vmlinuz-" + version,
		root.initrd:                       below + "/initrd.img-" + version,
	} {
		to = filepath.Join(esp, to)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), copyFile(from, to)); err != nil {
			return nil, err
		}
	}
	return firmwareWith("Linux Boot Manager", file)
}

// layGRUB lays PVE's menu, an empty block and GRUB's modules below /boot/grub.
func layGRUB(root *Debian, modules string) error {
	grub := filepath.Join(root.Dir, "boot/grub")
	text, err := menu("/boot/"+filepath.Base(root.kernel), "/boot/"+filepath.Base(root.initrd), quiet)
	if err != nil {
		return err
	}
	block, err := grubenv.Block(nil).Format()
	if err != nil {
		return err
	}
	return errors.Join(
		writeNew(filepath.Join(grub, "grub.cfg"), text, 0o600),
		writeNew(filepath.Join(grub, "grubenv"), string(block), 0o644),
		layModules(grub, modules))
}

// firmwareWith are the variables of a firmware that starts one file of the ESP.
func firmwareWith(title, file string) (Variables, error) {
	entry, err := loadOption(title, vmESPPartition, vmESP, file)
	if err != nil {
		return nil, fmt.Errorf("boot entry %s: %w", title, err)
	}
	return Variables{"BootOrder-" + globals: {0, 0}, "Boot0000-" + globals: entry}, nil
}
