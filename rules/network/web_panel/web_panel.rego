# METADATA
# scope: package
# title: The network panel of the web interface changes nothing
# description: |
#  The panel System, Network lists the {count} bridges of this host as bare names,
#  without ports, addresses, bonds and VLANs, and what is changed there is not
#  applied: the new host has no ifupdown2, and /etc/network/interfaces is a generated
#  file that nothing reads but the API. Somebody who sets an address there believes
#  it is set.
# custom:
#  id: PVE-NET-031
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: web interface
#  equivalent: systemd.network
#  account: none
#  workaround: |
#   Change systemd.network.* in the host's configuration and switch. Take Sys.Modify
#   on /nodes/HOST from people who would use the panel, and tell the others. List a
#   new bridge in services.proxmox-ve.bridges, or guests cannot choose it.
#  test:
#   before: |
#    `pvesh get /nodes/HOST/network` on PVE prints addresses, ports and bonds.
#   after: |
#    `pvesh get /nodes/HOST/network` in the trial boot prints the bridges only;
#    `networkctl list` prints all links.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/bridges.nix
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.web_panel

import data.lib.facts
import data.lib.network

findings contains {"at": sort([b.at | some b in _bridges]), "vars": {"count": count(_bridges)}} if {
	facts.packages["pve-manager"]
	count(_bridges) > 0
}

_bridges := {{"at": n.at} |
	some n in network.interfaces
	n.kind in {"bridge", "ovs-bridge"}
}
