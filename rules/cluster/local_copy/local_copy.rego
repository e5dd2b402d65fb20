# METADATA
# scope: package
# title: This node's corosync.conf is not the one of the cluster
# description: |
#  Corosync reads /etc/corosync/corosync.conf; the text of all nodes is
#  /etc/pve/corosync.conf, and pmxcfs copies it when the node is quorate. Here they differ:
#  the node has missed a change, or somebody edited the copy. The conversion carries the
#  copy, so the converted node starts with other members, addresses or votes than the others
#  have, and corosync there does not join or joins as somebody else.
# custom:
#  id: PVE-CLU-017
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  account: review
#  workaround: |
#   Find out which is right (`diff /etc/corosync/corosync.conf /etc/pve/corosync.conf`).
#   Usually the shared one is: copy it over the local one, then `systemctl restart corosync`,
#   with HA empty. If the local one is right, put it into /etc/pve with config_version
#   raised.
#  test:
#   before: |
#    `cmp /etc/corosync/corosync.conf /etc/pve/corosync.conf` prints that they differ.
#   after: |
#    `cmp /etc/corosync/corosync.conf /etc/pve/corosync.conf` prints nothing, and
#    `corosync-cmapctl -g totem.config_version` the same number on all nodes.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_edit_corosync_conf
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/cluster.nix
package rules.cluster.local_copy

findings contains {"at": at, "vars": {}} if {
	count(at) > 0
}

at := [sprintf("/problems/%d", [i]) |
	some i, p in input.problems
	p.area == "cluster"
	startswith(p.error, "local-copy:")
]
