package introspect

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	udisks2          = "org.freedesktop.UDisks2"
	udisks2Path      = dbus.ObjectPath("/org/freedesktop/UDisks2")
	udisks2Drive     = udisks2 + ".Drive"
	udisks2Block     = udisks2 + ".Block"
	udisks2Partition = udisks2 + ".Partition"
)

// collectDrives asks UDisks2 for the drives. A stock PVE host does not have it; its disks are among the block
// devices, with what the kernel knows.
func collectDrives(c *capture) {
	a := c.area("storage.drives", sourceDBus)
	service, err := c.service(udisks2)
	if err == nil {
		err = askDrives(c, a, service)
	}
	switch {
	case errors.Is(err, errNoService):
		a.explain("UDisks2", err)
	case err != nil:
		a.unknown(udisks2, err)
	}
}

// askDrives reads the drives and the block devices on them.
func askDrives(c *capture, a *area, service *busService) error {
	found, err := service.managedObjects(udisks2Path)
	if err != nil {
		return err
	}
	devices := map[dbus.ObjectPath][]string{}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		block, is := found.of(path, udisks2Block)
		if _, partition := found.of(path, udisks2Partition); !is || partition {
			continue
		}
		drive, device := busValue[dbus.ObjectPath](block, "Drive"), busValue[[]byte](block, "Device")
		if block.err != nil {
			a.problem(udisks2, block.err)
		}
		if name := strings.TrimPrefix(busPath(device), "/dev/"); name != "" {
			devices[drive] = append(devices[drive], name)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		drive, is := found.of(path, udisks2Drive)
		if !is {
			continue
		}
		slices.Sort(devices[path])
		c.out.Storage.Drives = append(c.out.Storage.Drives, snapshot.Drive{
			ID:     busValue[string](drive, "Id"),
			Vendor: busValue[string](drive, "Vendor"), Model: busValue[string](drive, "Model"),
			Revision: busValue[string](drive, "Revision"), Serial: busValue[string](drive, "Serial"),
			WWN: busValue[string](drive, "WWN"), Bus: busValue[string](drive, "ConnectionBus"),
			SizeBytes:    int64(busValue[uint64](drive, "Size")),
			RotationRate: rotationRate(drive),
			Devices:      devices[path],
		})
		if drive.err != nil {
			a.problem(udisks2, drive.err)
		}
	}
	slices.SortStableFunc(c.out.Storage.Drives, func(a, b snapshot.Drive) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// rotationRate is -1 where it is not known; 0 would say that the drive does not turn.
func rotationRate(drive *busProperties) int {
	if _, known := drive.values["RotationRate"]; !known {
		return -1
	}
	return int(busValue[int32](drive, "RotationRate"))
}

// busPath is a path as D-Bus carries one that need not be UTF-8: bytes with a zero at the end.
func busPath(data []byte) string {
	data, _, _ = bytes.Cut(data, []byte{0})
	return strings.ToValidUTF8(string(data), "\uFFFD")
}
