# METADATA
# scope: package
# title: "Snapshots of containers hold another configuration: {snapshots}"
# description: |
#  {snapshots} are snapshots of volumes together with a section of the
#  configuration, and only pct puts both back. Where today's configuration says
#  the same, a unit rollback-VMID-NAME turns the volumes back, and the snapshot
#  is not listed here. For those listed the section differs, so that after a
#  rollback mount points, cards and limits stay those of today; or their volumes
#  are not those of today, or on a storage whose tools turn nothing back, and
#  there is no unit.
# custom:
#  id: PVE-CT-012
#  kind: gap
#  category: feature
#  severity: minor
#  component: snapshots of containers
#  account: none
#  workaround: |
#   Delete those that nobody needs (`pct delsnapshot VMID NAME`). For those
#   that matter keep a copy of the configuration file. `systemctl start
#   rollback-VMID-NAME` turns the volumes back where there is such a unit; change
#   the configuration of the container in Nix as the section says.
#  test:
#   before: |
#    `pct listsnapshot VMID` on PVE lists them.
#   after: |
#    `zfs list -t snapshot` or `lvs` on the trial system lists only those that
#    you want to keep.
#  phase: prepare
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_snapshots
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.containers.snapshots

import data.lib.facts
import data.lib.guard
import data.lib.rollback

_whole[s.vmid] contains s.name if {
	some s in rollback.list
	not s.differs
}

_snapshots contains {"vmid": vmid, "name": s.name, "at": sprintf("%s/snapshots/%d", [g.at, i])} if {
	some vmid, g in facts.containers
	some i, s in g.guest.snapshots
	guard.line(s.name)
	not _turned_back(vmid, s.name)
}

_turned_back(vmid, name) if name in _whole[vmid]

findings contains {
	"at": sort([s.at | some s in _snapshots]),
	"vars": {"snapshots": concat(", ", sort({sprintf("%s (%d)", [s.name, s.vmid]) | some s in _snapshots}))},
} if {
	count(_snapshots) > 0
}
