package introspect

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const usbBus = "/sys/bus/usb/devices"

// collectUSB takes the USB devices, hubs included, since guests name devices by the ports that lead there. Root hubs
// are left out: they are the controllers, which are among the PCI devices.
func collectUSB(c *capture) {
	a := c.area("hardware.usb", sourceFile)
	if !sysfs(a, usbBus) {
		return
	}
	for _, name := range a.directory(usbBus) {
		if strings.Contains(name, ":") || !strings.Contains(name, "-") { // 1-4:1.0 is an interface, usb1 a root hub
			continue
		}
		dir := usbBus + "/" + name
		c.out.Hardware.USB = append(c.out.Hardware.USB, snapshot.USBDevice{
			Path: name, Vendor: a.attribute(dir + "/idVendor"), Product: a.attribute(dir + "/idProduct"),
			Manufacturer: a.attribute(dir + "/manufacturer"), Name: a.attribute(dir + "/product"),
			Class: a.attribute(dir + "/bDeviceClass"),
		})
	}
}
