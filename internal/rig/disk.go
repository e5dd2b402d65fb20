package rig

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A Disk is laid out as the installer of Proxmox VE does it: a partition for GRUB's
// core, an ESP, and the physical volume of a group pve with the volumes swap and
// root, or a file system that is the root.
type Disk struct {
	// File is the image.
	File string
	// Type is the type of the file system of the root: ext4 or btrfs.
	Type string
	// ESPSize, RootSize and Size are in bytes.
	ESPSize, RootSize, Size int64
	// Prefix is where GRUB finds its files: on the root, or on the ESP.
	Prefix string
	rootAt int64
	group  string
	root   string
}

// Where things are on a disk, in bytes.
const (
	sector  = 512
	coreAt  = 34 * sector
	espAt   = 1 << 20
	extents = 4 << 20
)

// Partition types of the GPT.
const (
	typeBIOS = "21686148-6449-6E6F-744E-656564454649"
	typeESP  = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"
	typeLVM  = "E6D6D379-F507-44C2-A23C-238F2A3DF928"
	typeData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4"
)

// NewDisk makes an image with partitions and logical volumes, and nothing on them.
func NewDisk(file string, esp, root, size int64) (*Disk, error) {
	d := &Disk{File: file, Type: "ext4", ESPSize: esp, RootSize: root, Size: size}
	if err := d.Partition(typeLVM); err != nil {
		return nil, err
	}
	return d, d.makeVolumes()
}

// NewPlainDisk makes an image with partitions, of which the last one is for the root: a file system of a type.
func NewPlainDisk(file, fstype string, esp, size int64) (*Disk, error) {
	d := &Disk{File: file, Type: fstype, ESPSize: esp, Size: size}
	d.rootAt = d.volumesAt()
	d.RootSize = size - d.rootAt - espAt // the copy of the table is at the end
	return d, d.Partition(typeData)
}

// Partition makes the image with its table; last is the type of the partition behind the ESP.
func (d *Disk) Partition(last string) error {
	f, err := os.Create(d.File)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Truncate(d.Size), f.Close()); err != nil {
		return err
	}
	table := fmt.Sprintf("label: gpt\nfirst-lba: 34\nstart=34, size=2014, type=%s\nstart=%d, size=%d, type=%s\nstart=%d, size=%d, type=%s\n",
		typeBIOS, espAt/sector, d.ESPSize/sector, typeESP, d.volumesAt()/sector, (d.Size-d.volumesAt()-espAt)/sector, last)
	_, err = commandWith([]byte(table), "sfdisk", "--quiet", d.File)
	return err
}

func (d *Disk) volumesAt() int64 { return espAt + d.ESPSize }

// ringSize is that of the area for LVM's metadata: small, so that a test can go round it.
const ringSize = "128k"

func (d *Disk) makeVolumes() error {
	return d.withVolumes(func(lvm func(args ...string) (string, error), loop string) error {
		for _, args := range [][]string{
			{"pvcreate", "-qq", "--yes", "-ff", "--metadatasize", ringSize, loop},
			{"vgcreate", "-qq", "pve", loop},
			{"lvcreate", "-qq", "--yes", "-an", "-Zn", "-Wn", "-L", "8m", "-n", "swap", "pve"},
			{"lvcreate", "-qq", "--yes", "-an", "-Zn", "-Wn", "-L", strconv.FormatInt(d.RootSize, 10) + "b", "-n", "root", "pve"},
		} {
			if _, err := lvm(args...); err != nil {
				return err
			}
		}
		out, err := lvm("lvs", "--noheadings", "--nosuffix", "--units", "b", "--separator", ";", "-o", "vg_uuid,lv_uuid,seg_pe_ranges,vg_extent_size", "pve/root")
		if err != nil {
			return err
		}
		fields := strings.Split(strings.TrimSpace(out), ";")
		start, err := lvm("pvs", "--noheadings", "--nosuffix", "--units", "b", "-o", "pe_start", loop)
		if err != nil {
			return err
		}
		first, err := strconv.ParseInt(strings.TrimSpace(start), 10, 64)
		if err != nil || len(fields) != 4 {
			return fmt.Errorf("lvs said %q, pvs %q", out, start)
		}
		_, ranges, _ := strings.Cut(fields[2], ":")
		number, _, _ := strings.Cut(ranges, "-")
		extent, err := strconv.ParseInt(number, 10, 64)
		if err != nil || fields[3] != strconv.Itoa(extents) {
			return fmt.Errorf("lvs said %q", out)
		}
		d.group, d.root = fields[0], fields[1]
		d.rootAt = d.volumesAt() + first + extent*extents
		d.Prefix = fmt.Sprintf("(lvmid/%s/%s)/boot/grub", d.group, d.root)
		return nil
	})
}

// withVolumes gives f an LVM that knows this disk alone, and no device mapper.
func (d *Disk) withVolumes(f func(lvm func(args ...string) (string, error), loop string) error) (err error) {
	out, err := command("losetup", "--find", "--show", "--offset", strconv.FormatInt(d.volumesAt(), 10),
		"--sizelimit", strconv.FormatInt(d.Size-d.volumesAt()-espAt, 10), d.File)
	if err != nil {
		return err
	}
	loop := strings.TrimSpace(out)
	defer func() {
		_, detached := command("losetup", "--detach", loop)
		err = errors.Join(err, detached)
	}()
	config := fmt.Sprintf(`devices { scan=["/dev"] filter=["a|^%s$|","r|.*|"] use_devicesfile=0 } backup { backup=0 archive=0 } activation { monitoring=0 udev_sync=0 udev_rules=0 }`, loop)
	return f(func(args ...string) (string, error) {
		return command("lvm", append([]string{args[0], "--driverloaded", "n", "--config", config}, args[1:]...)...)
	}, loop)
}

// NamePartition gives a partition a GUID.
func (d *Disk) NamePartition(number int, guid string) error {
	_, err := command("sfdisk", "--quiet", "--part-uuid", d.File, strconv.Itoa(number), guid)
	return err
}

// RewriteVolumes writes the metadata of the group so many times: LVM does that in a ring, which GRUB must read wherever it begins.
func (d *Disk) RewriteVolumes(times int) error {
	return d.withVolumes(func(lvm func(args ...string) (string, error), _ string) error {
		for i := range times {
			change := "--addtag"
			if i%2 == 1 {
				change = "--deltag"
			}
			if _, err := lvm("vgchange", "-qq", change, "again", "pve"); err != nil {
				return err
			}
		}
		return nil
	})
}

// Copy is the disk in another file, holes kept.
func (d *Disk) Copy(file string) (*Disk, error) {
	if _, err := command("cp", "--sparse=always", "--reflink=auto", d.File, file); err != nil {
		return nil, err
	}
	again := *d
	again.File = file
	return &again, nil
}

// WriteESP puts the files of a folder on the ESP: a new FAT with this id, written as blkid shows it.
func (d *Disk) WriteESP(dir, uuid string) error {
	image := d.File + ".esp"
	defer os.Remove(image)
	if err := errors.Join(os.WriteFile(image, nil, 0o600), os.Truncate(image, d.ESPSize)); err != nil {
		return err
	}
	if _, err := command("mkfs.vfat", "-F", "32", "-s", "1", "-n", "ESP", "-i", strings.ReplaceAll(uuid, "-", ""), image); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := command("mcopy", "-s", "-Q", "-i", image, filepath.Join(dir, e.Name()), "::/"); err != nil {
			return err
		}
	}
	return d.write(image, espAt)
}

// ReadESP copies a file from the ESP.
func (d *Disk) ReadESP(name string) ([]byte, error) {
	out, err := command("mcopy", "-i", fmt.Sprintf("%s@@%d", d.File, espAt), "::"+name, "-")
	return []byte(out), err
}

// WriteRoot puts the files of a folder on the root.
func (d *Disk) WriteRoot(dir string) error {
	image := d.File + ".root"
	defer os.Remove(image)
	args := []string{"mke2fs", "-q", "-F", "-t", "ext4", "-L", "pveroot", "-d", dir, image, strconv.FormatInt(d.RootSize>>10, 10) + "k"}
	if d.Type == "btrfs" {
		if err := errors.Join(os.WriteFile(image, nil, 0o600), os.Truncate(image, d.RootSize)); err != nil {
			return err
		}
		args = []string{"mkfs.btrfs", "-q", "-f", "-L", "pveroot", "-m", "single", "--rootdir", dir, image}
	}
	if _, err := command(args[0], args[1:]...); err != nil {
		return err
	}
	return d.write(image, d.rootAt)
}

func (d *Disk) write(image string, at int64) error {
	_, err := command("dd", "if="+image, "of="+d.File, "bs=1M", "seek="+strconv.FormatInt(at, 10), "oflag=seek_bytes", "conv=notrunc,sparse", "status=none")
	return err
}

// Where Debian keeps GRUB for the BIOS, and for UEFI.
const (
	grubModules    = "/usr/lib/grub/i386-pc"
	grubEFIModules = "/usr/lib/grub/x86_64-efi"
)

// coreModules are those of GRUB's core: what it needs to read the others.
var coreModules = []string{"part_gpt", "ext2", "lvm", "fat"}

// grubCore makes GRUB's core: a program that finds the rest of GRUB at prefix.
func grubCore(format, modules, prefix string, more ...string) (core []byte, err error) {
	image, err := os.CreateTemp("", "rig-core-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(image.Name())
	defer image.Close()
	args := []string{"--format=" + format, "--directory=" + modules, "--prefix=" + prefix, "--output=" + image.Name()}
	if _, err := command("grub-mkimage", append(append(args, coreModules...), more...)...); err != nil {
		return nil, err
	}
	return os.ReadFile(image.Name())
}

// InstallGRUB writes GRUB's first sector and core, as grub-install does on a GPT: the core lies in the partition for it, and the first sector knows where.
func (d *Disk) InstallGRUB() error {
	core, err := grubCore("i386-pc", grubModules, d.Prefix, "biosdisk")
	if err != nil {
		return err
	}
	boot, err := os.ReadFile(grubModules + "/boot.img")
	if err != nil {
		return err
	}
	if len(core) > (2048*sector)-coreAt || len(boot) != sector {
		return fmt.Errorf("grub: the core has %d bytes, the first sector %d", len(core), len(boot))
	}
	// The list of blocks ends the first sector of the core: the rest of it follows (include/grub/offsets.h, grub-core/boot/i386/pc).
	binary.LittleEndian.PutUint64(core[sector-12:], coreAt/sector+1)
	const kernelSector, bootDrive, driveCheck, partitionTable = 0x5c, 0x64, 0x66, 0x1b8
	binary.LittleEndian.PutUint64(boot[kernelSector:], coreAt/sector)
	boot[bootDrive] = 0xff                      // the drive that the BIOS says
	copy(boot[driveCheck:], []byte{0x90, 0x90}) // which is a hard disk
	f, err := os.OpenFile(d.File, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(boot[:partitionTable], 0)
	_, err2 := f.WriteAt(core, coreAt)
	return errors.Join(err, err2, f.Close())
}

// layModules puts GRUB's modules where its prefix is.
func layModules(grub, modules string) error {
	to := filepath.Join(grub, filepath.Base(modules))
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	names, err := filepath.Glob(modules + "/*.mod")
	lists, err2 := filepath.Glob(modules + "/*.lst")
	if err := errors.Join(err, err2); err != nil || len(names) == 0 {
		return errors.Join(err, fmt.Errorf("%s: %d modules", modules, len(names)))
	}
	for _, name := range append(names, lists...) {
		if err := copyFile(name, filepath.Join(to, filepath.Base(name))); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}

// BreakESP lets the file on the ESP that begins with a text end in the middle of its chain: the name and the size are there, but the rest cannot be read.
func (d *Disk) BreakESP(begins string) error {
	f, err := os.OpenFile(d.File, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	esp := make([]byte, d.ESPSize)
	if _, err := f.ReadAt(esp, espAt); err != nil {
		return err
	}
	// The boot sector of a FAT32 (Microsoft's specification of FAT, 3.1 and 3.3).
	reserved, copies := int(binary.LittleEndian.Uint16(esp[14:])), int(esp[16])
	length, unit := int(binary.LittleEndian.Uint32(esp[36:]))*sector, int(esp[13])*sector
	data := reserved*sector + copies*length
	at := bytes.Index(esp[data:], []byte(begins))
	if at < 0 || at%unit != 0 {
		return fmt.Errorf("%s: %q is not at the beginning of a file", d.File, begins)
	}
	cluster := 2 + at/unit
	for i := range copies {
		if _, err := f.WriteAt([]byte{1, 0, 0, 0}, espAt+int64(reserved*sector+i*length+4*cluster)); err != nil {
			return err
		}
	}
	return nil
}
