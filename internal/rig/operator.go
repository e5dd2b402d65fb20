package rig

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// The network of a machine: that of qemu for users, in which the machine that tests is the gateway.
const (
	netCard    = "eth0"
	netAddress = "10.0.2.15/24"
	netGateway = "10.0.2.2"
)

// vmGroup is the size of a disk whose thin pool has room for a side root of the least size. It has holes.
const vmGroup = 26 << 30

// operatorFiles make of the Debian a host that a capture takes for a Proxmox VE.
var operatorFiles = map[string]string{
	"/etc/hosts":              "127.0.0.1 localhost\n10.0.2.15 pve.example.org pve\n",
	"/etc/resolv.conf":        "search example.org\nnameserver 10.0.2.3\n",
	"/etc/timezone":           "Etc/UTC\n",
	"/etc/network/interfaces": "auto lo\niface lo inet loopback\n\nauto " + netCard + "\niface " + netCard + " inet static\n\taddress " + netAddress + "\n\tgateway " + netGateway + "\n",
	"/etc/default/grub":       "GRUB_DEFAULT=0\nGRUB_TIMEOUT=0\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n",
	// It stands in for ifupdown2, which has a unit of this name.
	"/etc/systemd/system/networking.service": "[Unit]\nDescription=Network initialization\nDefaultDependencies=no\nAfter=local-fs.target\nBefore=rig.service\n" +
		"[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=" + agentAt + " " + netCard + " " + netAddress + " " + netGateway + "\n",
	"/etc/systemd/system/rig.target": "[Unit]\nRequires=sysinit.target dbus.socket\nWants=rig.service networking.service\nAfter=sysinit.target dbus.socket\nAllowIsolate=yes\n",
}

// pvePackages are packages of Proxmox VE that the database of dpkg names; nothing of them is installed.
var pvePackages = map[string]string{
	"proxmox-ve": "8.4.0", "pve-manager": "8.4.1", "pve-cluster": "8.1.0", "qemu-server": "8.3.12", "pve-container": "5.2.6", "pve-qemu-kvm": "9.2.0-5", "ifupdown2": "3.2.0-1+pmx11",
}

// pveTree is what the database behind /etc/pve holds: a storage, and a guest that starts with the host.
var pveTree = map[string]string{
	"storage.cfg":                    "dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl,backup\n\nlvmthin: local-lvm\n\tthinpool data\n\tvgname pve\n\tcontent rootdir,images\n",
	"user.cfg":                       "user:root@pam:1:0:::root@example.org:::\n",
	"datacenter.cfg":                 "keyboard: en-us\n",
	"nodes/pve/qemu-server/100.conf": "boot: order=scsi0\ncores: 1\nmemory: 512\nname: guest\nonboot: 1\nostype: l26\nscsi0: local-lvm:vm-100-disk-0,size=64M\nscsihw: virtio-scsi-single\nsmbios1: uuid=5d6b3f3e-4a3c-4a55-9a3e-0d8f5f3f8f10\n",
	"nodes/pve/lxc/.keep":            "",
}

// pmxcfsTable is the table of the database behind /etc/pve, in the form that pmxcfs gives it.
const pmxcfsTable = `CREATE TABLE tree (inode INTEGER PRIMARY KEY NOT NULL, parent INTEGER NOT NULL CHECK(typeof(parent)=='integer'),
version INTEGER NOT NULL CHECK(typeof(version)=='integer'), writer INTEGER NOT NULL CHECK(typeof(writer)=='integer'),
mtime INTEGER NOT NULL CHECK(typeof(mtime)=='integer'), type INTEGER NOT NULL CHECK(typeof(type)=='integer'), name TEXT NOT NULL, data BLOB)`

// Types of entries there, those of readdir(3).
const (
	pmxcfsFolder = 4
	pmxcfsFile   = 8
)

// asPVE lays over an unpacked Debian what a capture finds on a Proxmox VE.
func asPVE(d *Debian) error {
	for name, text := range operatorFiles {
		if err := writeNew(filepath.Join(d.Dir, name), text, 0o644); err != nil {
			return err
		}
	}
	if err := errors.Join(os.MkdirAll(filepath.Join(d.Dir, "etc/pve"), 0o755), os.MkdirAll(filepath.Join(d.Dir, "var/lib/vz"), 0o755)); err != nil {
		return err
	}
	status, err := os.OpenFile(filepath.Join(d.Dir, "var/lib/dpkg/status"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	for name, version := range pvePackages {
		if _, wrote := fmt.Fprintf(status, "\nPackage: %s\nStatus: install ok installed\nPriority: optional\nSection: admin\nMaintainer: Nobody <nobody@example.org>\nArchitecture: amd64\nVersion: %s\nDescription: stand-in\n", name, version); wrote != nil {
			err = errors.Join(err, wrote)
		}
	}
	if err := errors.Join(err, status.Close()); err != nil {
		return err
	}
	return pmxcfs(filepath.Join(d.Dir, clusterDatabase))
}

// pmxcfs makes the database behind /etc/pve.
func pmxcfs(file string) (err error) {
	if err := errors.Join(os.RemoveAll(file), os.MkdirAll(filepath.Dir(file), 0o755)); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if _, err := pool.Exec(pmxcfsTable); err != nil {
		return err
	}
	inodes := map[string]int{".": 0}
	put := func(inode, parent, kind int, name string, data any) error {
		_, err := pool.Exec("INSERT INTO tree VALUES (?, ?, 7, 0, 1748736000, ?, ?, ?)", inode, parent, kind, name, data)
		return err
	}
	if err := put(0, 0, pmxcfsFile, "__version__", nil); err != nil {
		return err
	}
	names := slices.SortedFunc(func(yield func(string) bool) {
		for name := range pveTree {
			if !yield(name) {
				return
			}
		}
	}, cmp.Compare[string])
	for _, name := range names {
		var above []string
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			above = append(above, dir)
		}
		for _, dir := range slices.Backward(above) {
			if _, ok := inodes[dir]; ok {
				continue
			}
			inodes[dir] = len(inodes)
			if err := put(inodes[dir], inodes[path.Dir(dir)], pmxcfsFolder, path.Base(dir), nil); err != nil {
				return err
			}
		}
		if strings.HasSuffix(name, "/.keep") {
			continue
		}
		inodes[name] = len(inodes)
		if err := put(inodes[name], inodes[path.Dir(name)], pmxcfsFile, path.Base(name), []byte(pveTree[name])); err != nil {
			return err
		}
	}
	return nil
}
