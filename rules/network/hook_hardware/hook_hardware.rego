# METADATA
# scope: package
# title: Settings of the network card made by an interface
# description: |
#  {interface} sets up its card when it comes up ({count} commands): {command}. The bridge network
#  runs ethtool, devlink and values for /sys in a service as soon as the card is there.
#  Without it offloads that hang a card, ring sizes, virtual functions and switch modes
#  are not set, and guests with a virtual function passed through find no device.
# custom:
#  id: PVE-NET-009
#  kind: gap
#  category: configuration
#  severity: major
#  component: ethtool, devlink and sriov_numvfs in /etc/network/interfaces
#  equivalent: systemd.network.links
#  account: review
#  workaround: |
#   Offloads and ring sizes: systemd.network.links."10-NAME".linkConfig
#   (TCPSegmentationOffload, RxBufferSize and others of systemd.link). Virtual
#   functions: services.udev.extraRules with ATTR of device/sriov_numvfs, so that
#   they exist before guests start. The rest: a service bound to the device.
#  test:
#   before: |
#    `ethtool -k NAME` and `cat /sys/class/net/NAME/device/sriov_numvfs` on PVE
#    print what the line sets.
#   after: |
#    The same commands print the same in the trial boot: `ethtool -k NAME` the
#    offloads, `cat /sys/class/net/NAME/device/sriov_numvfs` the number.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.network.hook_hardware

import data.lib.hooks

findings contains {
	"at": sort(at),
	"vars": {"interface": name, "command": hooks.shown(at), "count": count(at)},
} if {
	some name, topics in hooks.remaining
	at := topics.hardware
}
