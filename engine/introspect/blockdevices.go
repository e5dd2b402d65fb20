package introspect

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	blockClass = "/sys/class/block"
	// udevData is udev's database. A block device is in the file b<major>:<minor>.
	udevData = "/run/udev/data"
	// sectorSize is the unit of sizes in sysfs, whatever the disk's own sectors are.
	sectorSize = 512
)

// errNoUdev is the problem of devices of which only the kernel has spoken.
var errNoUdev = errors.New("no database of udev: what the devices hold is not known")

// collectBlockDevices reads the disks and partitions from sysfs, and what is on them from udev's database.
func collectBlockDevices(c *capture) {
	a := c.area("storage.block_devices", sourceFile)
	if !sysfs(a, blockClass) {
		return
	}
	links := diskLinks(c, a)
	names := a.directory(blockClass)
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for _, name := range names {
		dir := blockClass + "/" + name
		sectors, err := strconv.ParseInt(c.line(dir+"/size"), 10, 64)
		if err != nil {
			a.problem(dir+"/size", err)
			continue
		}
		if sectors == 0 || strings.HasPrefix(name, "ram") {
			continue // a drive without medium, a loop or network device that is not in use
		}
		device := snapshot.BlockDevice{
			Name:       name,
			SizeBytes:  sectors * sectorSize,
			Kind:       blockKind(c, name),
			Rotational: c.line(dir+"/queue/rotational") == "1",
			Model:      c.line(dir + "/device/model"),
			Links:      links[name],
			ReadOnly:   c.line(dir+"/ro") == "1",
			Removable:  c.line(dir+"/removable") == "1",
			Mapping:    mappingOf(c, dir),
			Holders:    a.directory(dir + "/holders"),
		}
		device.LogicalSectorBytes, _ = strconv.Atoi(c.line(dir + "/queue/logical_block_size")) // partitions have none
		udev := udevProperties(c, dir)
		place, _ := c.host.Resolve(dir)
		switch device.Kind {
		case "part":
			device.Parent = diskOf(name, place, known)
			device.PartitionUUID, device.PartitionType = udev["ID_PART_ENTRY_UUID"], udev["ID_PART_ENTRY_TYPE"]
			device.PartitionName = formats.UdevDecoded(udev["ID_PART_ENTRY_NAME"])
		case "disk":
			device.Transport = transportOf(name, place, udev["ID_BUS"])
			fallthrough
		default:
			device.PartitionTable = udev["ID_PART_TABLE_TYPE"]
		}
		device.Content, device.ContentVersion = udev["ID_FS_TYPE"], udev["ID_FS_VERSION"]
		device.UUID = formats.UdevDecoded(cmp.Or(udev["ID_FS_UUID_ENC"], udev["ID_FS_UUID"]))
		device.Label = formats.UdevDecoded(cmp.Or(udev["ID_FS_LABEL_ENC"], udev["ID_FS_LABEL"]))
		c.out.Storage.BlockDevices = append(c.out.Storage.BlockDevices, device)
	}
	if len(c.out.Storage.BlockDevices) > 0 && !c.exists(udevData) {
		a.problem(udevData, errNoUdev)
	}
}

func blockKind(c *capture, name string) string {
	dir := blockClass + "/" + name
	switch {
	case c.exists(dir + "/partition"):
		return "part"
	case c.exists(dir + "/md"):
		return "md"
	case c.exists(dir + "/dm"):
		return "dm"
	case c.exists(dir + "/loop"), strings.HasPrefix(name, "loop"):
		return "loop"
	case strings.HasPrefix(name, "zd"):
		return "zvol"
	}
	return "disk"
}

// udevProperties are what udev knows of a block device. Its files also tell when a device appeared, so their digests
// are of no use.
func udevProperties(c *capture, dir string) map[string]string {
	number := c.line(dir + "/dev")
	if number == "" {
		return nil
	}
	content, err := c.host.ReadFile(udevData+"/b"+number, maxPVEFileSize)
	if err != nil {
		return nil
	}
	return formats.UdevProperties(content.Data)
}

// mappings are the beginnings of the identifiers that users of the device mapper give, and what they are called.
var mappings = []struct{ prefix, kind string }{{"CRYPT-", "crypt"}, {multipathUUID, "mpath"}, {"part", "part"}}

// mappingOf names a device of the device mapper by who made it.
func mappingOf(c *capture, dir string) string {
	name := c.line(dir + "/dm/name")
	if name == "" {
		return ""
	}
	uuid := c.line(dir + "/dm/uuid")
	if strings.HasPrefix(uuid, lvmUUID) {
		if v, ok := volumeOf(name); ok {
			return "lvm " + v.group + "/" + v.name
		}
	}
	for _, m := range mappings {
		if strings.HasPrefix(uuid, m.prefix) {
			return m.kind + " " + name
		}
	}
	return "dm " + name
}

// diskOf is the disk of a partition: the directory of sysfs that the partition's own is in. In a copy that has lost
// its links it is told by the name, sda of sda1 and nvme0n1 of nvme0n1p1.
func diskOf(name, place string, known map[string]bool) string {
	if parent := path.Base(path.Dir(place)); known[parent] {
		return parent
	}
	base := strings.TrimRight(name, "0123456789")
	for _, parent := range []string{base, strings.TrimSuffix(base, "p")} {
		if parent != name && known[parent] {
			return parent
		}
	}
	return ""
}

// transports are told from the way through sysfs to a disk; the first that is on it counts, since a disk behind USB
// or iSCSI is a SCSI disk too.
var transports = []struct{ part, transport string }{
	{"usb", "usb"}, {"session", "iscsi"}, {"rport-", "fc"}, {"nvme", "nvme"}, {"mmc", "mmc"}, {"ata", "ata"},
	{"end_device-", "sas"}, {"vbd-", "xen"},
}

// transportOf is how a disk is attached.
func transportOf(name, place, bus string) string {
	parts := strings.Split(path.Dir(place), "/")
	for _, t := range transports {
		if slices.ContainsFunc(parts, func(part string) bool { return numbered(part, t.part) }) {
			return t.transport
		}
	}
	if strings.HasPrefix(name, "vd") && slices.ContainsFunc(parts, func(part string) bool { return numbered(part, "virtio") }) {
		return "virtio"
	}
	if bus == "" && slices.ContainsFunc(parts, func(part string) bool { return numbered(part, "host") }) {
		return "scsi"
	}
	return bus
}

// numbered says whether a name of sysfs is a word and a number, as session1 or end_device-0:1.
func numbered(name, word string) bool {
	rest, found := strings.CutPrefix(name, word)
	return found && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// diskLinks are udev's stable names, by the device that they lead to.
func diskLinks(c *capture, a *area) map[string][]string {
	links := map[string][]string{}
	for _, group := range a.directory("/dev/disk") {
		for _, name := range a.directory("/dev/disk/" + group) {
			link := "/dev/disk/" + group + "/" + name
			// The target is a device, which a copied tree does not have.
			target, err := c.host.Readlink(link)
			if err != nil {
				continue
			}
			device := path.Base(target)
			links[device] = append(links[device], link)
		}
	}
	for _, names := range links {
		slices.Sort(names)
	}
	return links
}
