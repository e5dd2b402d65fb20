# METADATA
# scope: package
# title: "Devices of containers are named by their turn: {devices}"
# description: |
#  The numbers in {devices} follow the order in which the kernel finds devices;
#  those below /dev/bus/usb count up with every plug. Under another kernel,
#  with other drivers in the initial RAM disk, the same number is another stick
#  or camera. The container starts and talks to the wrong device, or finds
#  none.
# custom:
#  id: PVE-CT-028
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: device passthrough of containers
#  equivalent: services.udev.extraRules
#  account: none
#  workaround: |
#   Use a link that belongs to the device: /dev/serial/by-id/NAME for adapters,
#   /dev/v4l/by-id for cameras, or a name of your own by
#   services.udev.extraRules (SUBSYSTEM=="tty", ATTRS{serial}=="…",
#   SYMLINK+="zigbee"). `pct set VMID --dev0 /dev/serial/by-id/NAME` takes
#   links.
#  test:
#   before: |
#    `ls -l /dev/serial/by-id /dev/v4l/by-id` on PVE prints which number is
#    which device.
#   after: |
#    `ls -l /dev/serial/by-id` on the trial system shows the link of the
#    container at whatever number, and the program inside finds its device.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_options
#   - https://search.nixos.org/options?query=services.udev.extraRules
#   - https://www.freedesktop.org/software/systemd/man/latest/udev.html
package rules.containers.device_order

import data.lib.facts
import data.lib.pve

_turn := `^/dev/(tty(USB|ACM)[0-9]+|video[0-9]+|hidraw[0-9]+|input/event[0-9]+|usb/(lp|hiddev)[0-9]+|sg[0-9]+|st[0-9]+|nst[0-9]+|bus/usb/[0-9]{3}/[0-9]{3})$`

_devices contains {"vmid": vmid, "path": path, "at": p.at} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^dev[0-9]+$`, key)
	path := facts.field(p.property, "path")
	regex.match(_turn, path)
}

_devices contains {"vmid": line.vmid, "path": path, "at": line.at} if {
	some line in pve.lines
	line.key == "lxc.mount.entry"
	path := regex.split(`[ \t]+`, line.value)[0]
	regex.match(_turn, path)
}

findings contains {
	"at": sort([d.at | some d in _devices]),
	"vars": {"devices": concat(", ", sort({sprintf("%s (%d)", [d.path, d.vmid]) | some d in _devices}))},
} if {
	count(_devices) > 0
}
