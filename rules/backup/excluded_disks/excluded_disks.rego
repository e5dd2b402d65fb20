# METADATA
# scope: package
# title: "Disks of guests that no backup holds: {disks}"
# description: |
#  The guests are in a backup job, but these of their disks are left out:
#  disks of virtual machines with backup=0, and mount points of containers
#  without backup=1, which is the default. Who trusts the backup made before
#  the conversion finds after a mishap that the data was never in it.
# custom:
#  id: PVE-BAK-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backups
#  equivalent: services.restic.backups
#  account: none
#  workaround: |
#   Decide for each: `qm set VMID --DISK VOLUME,backup=1`, `pct set VMID
#   --mpN VOLUME,mp=PATH,backup=1`, or copy the data in another way (`zfs
#   send`, a backup from inside). Then make the backup again.
#  test:
#   before: |
#    The log of the last backup on PVE (`pvesh get /nodes/localhost/tasks
#    --typefilter vzdump`) says "exclude disk" or "excluding volume mount
#    point" for {disks}.
#   after: |
#    `pvesm list STORAGE --content backup` shows an archive of today whose
#    log includes the disks, or there is a copy elsewhere.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html
package rules.backup.excluded_disks

import data.lib.facts
import data.lib.volumes
import data.lib.vzdump

_excluded contains v if {
	some v in volumes.list
	v.kind == "disk"
	v.vmid in vzdump.covered
	g := facts.guests[v.vmid]
	p := g.config[v.key].property
	_left_out(g.guest.type, v.key, p)
}

_left_out("qemu", _, p) if facts.field(p, "backup") in {"0", "no", "off", "false"}

_left_out("lxc", key, p) if {
	startswith(key, "mp")
	not facts.truthy(_backup(p))
}

_backup(p) := facts.field(p, "backup") if {
	facts.field(p, "backup")
} else := "0"

findings contains {"at": sort([v.at | some v in _excluded]), "vars": {"disks": concat(", ", sort([sprintf("%d %s", [v.vmid, v.key]) | some v in _excluded]))}} if {
	count(_excluded) > 0
}
