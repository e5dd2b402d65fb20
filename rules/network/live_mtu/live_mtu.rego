# METADATA
# scope: package
# title: A card has an MTU that no line of the configuration gives
# description: |
#  {card} runs with an MTU of {live}; /etc/network/interfaces amounts to
#  {configured}. A script, a person or the driver set it. On NixOS it is
#  {configured}: with larger frames on the storage network transfers hang at the
#  first full one, with smaller ones a tunnel or provider drops them.
# custom:
#  id: PVE-NET-062
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: MTU
#  equivalent: systemd.network.networks.<name>.linkConfig.MTUBytes
#  account: none
#  workaround: |
#   Write the mtu line on PVE where it belongs, apply it with ifreload -a and capture
#   again; or set linkConfig.MTUBytes of systemd.network.networks."10-CARD".
#  test:
#   before: |
#    `cat /sys/class/net/CARD/mtu` on PVE prints another number than `ifquery CARD`.
#   after: |
#    `cat /sys/class/net/CARD/mtu` prints the same number on PVE and in the trial
#    boot.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#MTUBytes=
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.live_mtu

import data.lib.network

findings contains {"at": sort([n.at, network.links[name].at]), "vars": {"card": name, "live": network.links[name].mtu, "configured": configured}} if {
	network.live
	some name, n in network.interfaces
	n.kind == "physical"
	network.links[name].kind in {"device", "veth"} # the card of a host that is a container is a veth
	configured := _configured(n)
	network.links[name].mtu != configured
	not _bonded(name)
	not _spoken(name, configured)
}

_configured(n) := n.mtu if {
	n.mtu > 0
} else := 1500

# A member has the MTU of its bond.
_bonded(name) if network.interfaces[network.master[name]].kind == "bond"

# A bridge above that is set to more has a finding of its own about this card.
_spoken(name, configured) if network.interfaces[network.master[name]].mtu > configured
