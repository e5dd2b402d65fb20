# METADATA
# scope: package
# title: The node's name does not lead to its address
# description: |
#  /etc/hosts gives {node} only the address {address}. The cluster file system
#  looks its own node up and refuses to start with a loopback address; without it
#  there is no configuration of guests, and none of them starts. On PVE it may
#  have been another source, such as DNS, that answered.
# custom:
#  id: PVE-NET-019
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: name of the node
#  equivalent: services.proxmox-ve.ipAddress and networking.hosts
#  account: none
#  workaround: |
#   Put the address that the other nodes and your browser use into /etc/hosts on
#   PVE ("192.0.2.10 pve1.example.com pve1") and capture again; on NixOS
#   services.proxmox-ve.ipAddress must be the same address.
#  test:
#   before: |
#    `getent hosts NODE` prints an address that begins with 127.
#   after: |
#    It prints the real address in the trial boot, and `systemctl status
#    pve-cluster` is active.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Install_Proxmox_VE_on_Debian_12_Bookworm
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.network.node_name

import data.lib.network

findings contains {"at": [sprintf("/network/hosts/%d", [i])], "vars": {"node": input.host.name, "address": h.address}} if {
	some i, h in input.network.hosts
	input.host.name in h.names
	network.loopback(h.address)
	count([o |
		some o in input.network.hosts
		input.host.name in o.names
		not network.loopback(o.address)
	]) == 0
}
