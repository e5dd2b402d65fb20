# METADATA
# scope: package
# title: The plan tells the cluster that the host goes away
# description: |
#  With OSDs on the host, Ceph is kept from copying their data elsewhere while the host is
#  in the trial; the commit ends that when they are up. With resources of HA in a cluster, the node is put into the maintenance of
#  the HA manager, so that nothing is started on it or fenced.
# custom:
#  sources:
#   - https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/#stopping-without-rebalancing
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_node_maintenance
package rules.conversion.away

import data.lib.ceph
import data.lib.guard
import data.lib.pve
import data.lib.release

plans contains {"at": sort(_osds), "path": path, "value": value} if {
	count(_osds) > 0
	some [path, value] in [[["ceph_flags"], ["noout"]], [["osds"], sort(_numbers)]]
}

# The commit asks for the flag, and unsets it.
settings contains {"at": sort(_osds), "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "ceph"]}]} if {
	count(_osds) > 0
	ceph.known
}

_osds contains sprintf("/storage/ceph/daemons/%d", [i]) if {
	some i, name in input.storage.ceph.daemons
	startswith(name, "osd.")
}

_osds contains sprintf("/storage/ceph/osds/%d", [i]) if some i, _ in input.storage.ceph.osds

_numbers contains to_number(id) if some id in ceph.ids.osd

_numbers contains o.id if some o in input.storage.ceph.osds

# Before PVE 7.3 the HA manager knew no maintenance that is asked for.
# Source: https://pve.proxmox.com/wiki/Roadmap#Proxmox_VE_7.3
plans contains {"at": [pve.local_node.at], "path": ["maintenance"], "value": pve.local_node.name} if {
	pve.clustered
	count(input.cluster.ha_resources) > 0
	release.series(input.host.pve_version) >= 7003
	guard.host_label(pve.local_node.name)
}
