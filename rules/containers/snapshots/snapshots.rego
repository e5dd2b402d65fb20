# METADATA
# scope: package
# title: Snapshots of containers cannot be rolled back on NixOS
# description: |
#  {snapshots} are snapshots of volumes together with a section of the
#  configuration. Only pct puts both back, and no tool of the new system does.
#  The snapshots stay on their storages, keep growing with every change, and
#  nothing shows them; a rollback of the volume alone leaves mount points, ids
#  and limits of today.
# custom:
#  id: PVE-CT-012
#  kind: gap
#  category: feature
#  severity: minor
#  component: snapshots of containers
#  account: none
#  workaround: |
#   Delete those that nobody needs (`pct delsnapshot VMID NAME`). For those
#   that matter keep a copy of the configuration file, and roll back by hand
#   with the container off: `zfs rollback POOL/subvol-VMID-disk-0@NAME`, or for
#   LVM a new thin snapshot in the place of the volume.
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

_snapshots contains {"vmid": vmid, "name": s.name, "at": sprintf("%s/snapshots/%d", [g.at, i])} if {
	some vmid, g in facts.containers
	some i, s in g.guest.snapshots
	guard.line(s.name)
}

findings contains {
	"at": sort([s.at | some s in _snapshots]),
	"vars": {"snapshots": concat(", ", sort({sprintf("%s (%d)", [s.name, s.vmid]) | some s in _snapshots}))},
} if {
	count(_snapshots) > 0
}
