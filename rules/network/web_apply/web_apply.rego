# METADATA
# scope: package
# title: The network cannot be changed in the web interface
# description: |
#  PVE edits /etc/network/interfaces and applies it with ifupdown2. On NixOS that
#  file is generated, only names the bridges and is read-only; ifupdown2 is not there.
#  Create, edit and Apply Configuration in the node's network panel fail or have
#  no effect.
# custom:
#  id: PVE-NET-025
#  kind: gap
#  category: feature
#  severity: minor
#  component: network panel of the web interface
#  equivalent: systemd.network in the host's configuration
#  account: none
#  workaround: |
#   Change systemd.network.netdevs and systemd.network.networks, switch, and add the
#   name of a new bridge to services.proxmox-ve.bridges so that guests can be put
#   on it.
#  test: |
#   Before: a bridge made in the panel does not appear in `ip link` on the
#   converted host. Solved: a bridge declared in the configuration is offered when
#   a guest's network device is edited.
#  phase: run
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/bridges.nix
#   - https://pve.proxmox.com/wiki/Network_Configuration#_apply_network_changes
package rules.network.web_apply

import data.lib.network

findings contains {"at": at, "vars": {}} if {
	data.target == "proxmox"
	at := sort([n.at |
		some n in network.interfaces
		n.kind in {"bridge", "ovs-bridge"}
	])
	count(at) > 0
}
