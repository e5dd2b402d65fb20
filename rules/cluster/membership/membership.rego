# METADATA
# scope: package
# title: The node comes back into its cluster
# description: |
#  Copies corosync's configuration and key, so that the node keeps its name, number and
#  addresses in the cluster, and looks afterwards whether it is quorate. The database behind
#  /etc/pve is copied on every host, and not for this alone.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/cluster.nix
package rules.cluster.membership

import data.lib.pve

_member if {
	count(input.cluster.corosync) > 0
	pve.local_node.id > 0
}

_at := [pve.local_node.at] if {
	_member
} else := []

bridges contains {"at": _at, "bridge": "cluster", "params": {"node": pve.local_node.id}} if _member

carries contains object.union(file, {"at": _at, "to": file.path}) if {
	count(input.cluster.corosync) > 0
	some file in [
		{"path": "/etc/corosync/authkey", "mode": "0400", "secret": true},
		{"path": "/etc/corosync/corosync.conf", "mode": "0644", "secret": false},
	]
}

# Alone it is quorate by itself, and corosync runs all the same.
checks contains {"at": [pve.local_node.at], "check": check.check, "params": check.params, "required": true} if {
	pve.clustered
	some check in [
		{"check": "quorate", "params": {}},
		{"check": "unit-active", "params": {"unit": "corosync.service"}},
	]
}
