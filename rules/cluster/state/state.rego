# METADATA
# scope: package
# title: State of the cluster file system
# description: |
#  Copies the database behind /etc/pve, which holds the configuration of guests,
#  users, jobs and storages together with their secrets. Volumes of guests are not
#  copied: they stay on their storages.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/cluster.nix
package rules.cluster.state

import data.lib.facts
import data.lib.pve

carries contains {
	"at": sort(_kept),
	"path": "/var/lib/pve-cluster/config.db",
	"to": "/var/lib/pve-cluster/config.db",
	"mode": "0600",
	"secret": true,
} if {
	facts.packages["pve-cluster"]
}

# Whether a container runs depends on more than its configuration.
_kept contains g.at if some g in facts.vms

# The parameters of the kernel that it needs are taken over.
_kept contains g.config.hugepages.at if {
	pve.huge_reserved
	some g in pve.huge
}

# Resources that this node does not run keep their place; the others have a rule of their own.
_kept contains at if {
	some i, r in input.cluster.ha_resources
	not i in _run_here
	some at in array.concat(
		[sprintf("/cluster/ha_resources/%d", [i])],
		[sprintf("/cluster/ha_resources/%d/properties/%d", [i, j]) | some j, _ in r.properties],
	)
}

_run_here contains r.index if some r in pve.ha_active

# Without it the first run of a job copies all volumes again.
carries contains {
	"at": sort(_replicated),
	"path": "/var/lib/pve-manager/pve-replication-state.json",
	"to": "/var/lib/pve-manager/pve-replication-state.json",
	"mode": "0644",
	"secret": false,
} if {
	count(_replicated) > 0
}

# A job is called after its guest: 100-0.
_replicated contains sprintf("/cluster/replication/%d", [i]) if {
	some i, job in input.cluster.replication
	regex.match(`^[1-9][0-9]{2,8}-[0-9]{1,9}$`, job.id)
	facts.guests[to_number(split(job.id, "-")[0])]
}
