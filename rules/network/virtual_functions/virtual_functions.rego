# METADATA
# scope: package
# title: Virtual functions of a network card are not switched on
# description: |
#  {cards} has {count} virtual functions (SR-IOV) now. They exist because something
#  writes their number into sysfs at each boot: a rule of udev, a unit, sysfs.d or a
#  parameter of the driver. The bridge network writes the same number when the card is there; VLAN,
#  address and trust of a function are not in the capture. Without it a guest with such a function does not start,
#  and a bridge or bond that has one as its port lacks it.
# custom:
#  id: PVE-NET-057
#  kind: gap
#  category: feature
#  severity: major
#  component: SR-IOV
#  equivalent: services.udev.extraRules
#  account: none
#  workaround: |
#   Set services.udev.extraRules with ACTION=="add", SUBSYSTEM=="net", KERNEL=="CARD",
#   ATTR{device/sriov_numvfs}="NUMBER", so that they exist before guests start; VLAN,
#   address and trust of each function (ip link set CARD vf 0 vlan 20 trust on) go
#   into a service bound to the device. Or set linkConfig and SR-IOVVirtualFunctions
#   with sriovs in systemd.network.links where the release has them.
#  test:
#   before: |
#    `cat /sys/class/net/CARD/device/sriov_numvfs` and `ip link show CARD` on PVE
#    print the number and a line for each function.
#   after: |
#    `ip link show CARD` prints the same lines in the trial boot.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
#   - https://docs.kernel.org/PCI/pci-iov-howto.html
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.network.virtual_functions

import data.lib.hooks

# A line of the interface has its own finding.
_by_hook if {
	some l in hooks.left
	contains(l.text, "sriov_numvfs")
}

_cards[d.address] contains {"at": sprintf("/hardware/pci/%d", [i]), "vfs": d.vfs} if {
	some i, d in input.hardware.pci
	d.vfs > 0
	startswith(d.class, "02")
}

findings contains {"at": sort([c.at | some all in _cards; some c in all]), "vars": {"cards": concat(", ", sort(object.keys(_cards))), "count": sum([c.vfs | some all in _cards; some c in all])}} if {
	count(_cards) > 0
	not _by_hook
}

# One number for each card, at an address that can be said.
_numbers[address] := vfs if {
	some address, all in _cards
	regex.match(`^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$`, address)
	[vfs] := [c.vfs | some c in all]
	vfs <= 4096
}

_ready if {
	count(_cards) > 0
	not _by_hook
	count(_numbers) == count(_cards)
}

_at := sort([c.at | some all in _cards; some c in all])

# The driver takes the number as soon as it has made the interface of the card; only a card that has no function yet may be given it.
_script := concat("", [sprintf(_write, [address, vfs]) | some address, vfs in _numbers])

_write := `card=/sys/bus/pci/devices/%s
for second in $(seq 60); do
  if [ -d "$card/net" ]; then break; fi
  sleep 1
done
if [ "$(cat "$card/sriov_numvfs")" = 0 ]; then
  echo %d > "$card/sriov_numvfs"
fi
`

bridges contains {"at": _at, "bridge": "network", "params": {"service": "virtual-functions", "closes": ["PVE-NET-057"]}} if _ready

settings contains {"at": _at, "option": array.concat(["systemd", "services", "virtual-functions"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["description"], "Virtual functions of network cards"],
		[["wantedBy"], ["multi-user.target"]],
		[["after"], ["systemd-udev-trigger.service"]],
		[["before"], ["incus.service", "libvirtd.service", "pve-guests.service"]],
		[["restartIfChanged"], false],
		[["script"], _script],
		[["serviceConfig", "Type"], "oneshot"],
		[["serviceConfig", "RemainAfterExit"], true],
	]
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "virtual-functions.service"}, "required": false} if _ready
