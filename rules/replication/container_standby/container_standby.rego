# METADATA
# scope: package
# title: "This node keeps copies of containers that it cannot start: {jobs}"
# description: |
#  The jobs {jobs} replicate containers of other nodes to this one, so that they can go on
#  here when their node fails. On NixOS no container of PVE starts; the copies arrive, but
#  whoever counts on them has none.
# custom:
#  id: PVE-REP-002
#  kind: gap
#  category: feature
#  severity: major
#  component: replication
#  equivalent: virtualisation.lxc
#  account: none
#  workaround: |
#   Send these copies to a node that stays on Debian: `pvesr delete JOB`, then `pvesr
#   create-local-job JOB NODE`. Otherwise note that the fallback is a restore from backup.
#  test:
#   before: |
#    `pvesr list` on the node of the containers shows this node as target of {jobs}.
#   after: |
#    `pvesr status` there shows another target and FailCount 0 for each container that needs
#    a copy.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.replication.container_standby

import data.lib.replication

_elsewhere := {g.vmid |
	some g in input.guests
	g.type == "lxc"
	not g.local
}

_copies[id] := job if {
	some id, job in replication.jobs
	job.target == input.host.name
	job.vmid in _elsewhere
}

findings contains {"at": sort([j.at | some j in _copies]), "vars": {"jobs": concat(", ", sort(object.keys(_copies)))}} if {
	count(_copies) > 0
}
