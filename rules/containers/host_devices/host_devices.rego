# METADATA
# scope: package
# title: Containers use devices of the host
# description: |
#  Devices are given to containers: {devices}. The nodes come from the kernel and
#  from udev, with owners and groups that NixOS numbers otherwise: render and video
#  have other ids there, and a node of a driver that is not loaded does not exist.
#  The container then does not start, or the program inside may not open the
#  device.
# custom:
#  id: PVE-CT-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: device passthrough of containers
#  equivalent: services.udev.extraRules
#  account: review
#  workaround: |
#   Load the drivers (boot.kernelModules, for example tun or fuse). Nodes of
#   devN get the owner and mode of the option again before each start; for those
#   of raw lines set mode and group by number with services.udev.extraRules, so
#   that they match the group inside. Libraries for NVIDIA cards inside must
#   have the version of the host's driver, which is another one on NixOS.
#  test:
#   before: |
#    `ls -ln /dev/...` on PVE for each device.
#   after: |
#    The same on the trial system, and inside the container the program opens
#    the device (`vainfo`, `ip tuntap`, `ls -l /dev/dri`).
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_device_passthrough
#   - https://search.nixos.org/options?query=services.udev.extraRules
package rules.containers.host_devices

import data.lib.facts
import data.lib.guard
import data.lib.pve

_devices contains {"vmid": vmid, "device": path, "at": p.at} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^(dev|mp)[0-9]+$`, key)
	some name in ["path", "volume"]
	path := facts.field(p.property, name)
	startswith(path, "/dev/")
	guard.line(path)
}

_devices contains {"vmid": line.vmid, "device": path, "at": line.at} if {
	some line in pve.lines
	line.key == "lxc.mount.entry"
	path := regex.split(`[ \t]+`, line.value)[0]
	regex.match(`^/(dev|sys)/`, path)
	guard.line(path)
}

_devices contains {"vmid": line.vmid, "device": line.value, "at": line.at} if {
	some line in pve.lines
	line.key in {"lxc.cgroup2.devices.allow", "lxc.cgroup2.devices.deny"}
	guard.line(line.value)
}

findings contains {
	"at": sort([d.at | some d in _devices]),
	"vars": {"devices": concat(", ", sort({sprintf("%s (%d)", [d.device, d.vmid]) | some d in _devices}))},
} if {
	count(_devices) > 0
}
