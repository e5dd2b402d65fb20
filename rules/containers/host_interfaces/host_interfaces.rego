# METADATA
# scope: package
# title: "Containers take network cards of the host by name: {links}"
# description: |
#  The raw lines of {vmids} give containers the interfaces {links} of the host,
#  as they are (phys) or as the base of a macvlan or ipvlan. Names of cards
#  come from udev and can be other ones on NixOS. With phys the card leaves the
#  host while the container runs: if the name now means the card of the
#  management network, the host is cut off.
# custom:
#  id: PVE-CT-027
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: raw LXC configuration
#  equivalent: systemd.network.links
#  account: none
#  workaround: |
#   Pin the names on NixOS with
#   systemd.network.links.<name>.matchConfig.PermanentMACAddress and
#   linkConfig.Name, and start these containers by hand in the trial. A card
#   that only the container uses can be handed in through a bridge of its own
#   just as well: net0 with bridge=vmbrN.
#  test:
#   before: |
#    `grep -H lxc.net /etc/pve/lxc/*.conf` on PVE prints the links, and `ip -br
#    link` shows them on the host, or not while the container has them.
#   after: |
#    `ip -br link` on the trial system shows the same name for the same
#    hardware address, and the host answers on its own address after the start
#    of the container.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://search.nixos.org/options?query=systemd.network.links
package rules.containers.host_interfaces

import data.lib.guard
import data.lib.pve

_links contains {"vmid": line.vmid, "link": line.value, "at": line.at} if {
	some line in pve.lines
	regex.match(`^lxc\.net\.[0-9]+\.link$`, line.key)
	guard.line(line.value)
	not _plugged[[line.vmid, split(line.key, ".")[2]]]
}

# The link of a veth is the bridge that it is plugged into.
_plugged contains [line.vmid, split(line.key, ".")[2]] if {
	some line in pve.lines
	regex.match(`^lxc\.net\.[0-9]+\.type$`, line.key)
	line.value == "veth"
}

findings contains {
	"at": sort([l.at | some l in _links]),
	"vars": {"vmids": pve.numbers({l.vmid | some l in _links}), "links": concat(", ", sort({l.link | some l in _links}))},
} if {
	count(_links) > 0
}
