# METADATA
# scope: package
# title: An iSCSI target is reached over several portals without multipath
# description: |
#  The initiator knows {target} by {portals} portals, and no multipath map
#  joins them. Each session makes its own disk of the same LUN. LVM then sees
#  one physical volume twice and picks a path by itself, or refuses the
#  group; which one it picks changes with the order of logins, which on NixOS
#  is another.
# custom:
#  id: PVE-STO-053
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: iSCSI
#  equivalent: services.multipath
#  account: none
#  workaround: |
#   Set up multipath on PVE first (multipath-tools, /etc/multipath/wwids),
#   then services.multipath on NixOS; or delete the records of the portals
#   that are not wanted: `iscsiadm -m node -T {target} -p PORTAL -o delete`.
#  test:
#   before: |
#    `iscsiadm -m session` on PVE lists {target} more than once, and `lsblk`
#    shows as many disks of one size.
#   after: |
#    `pvs` prints no warning about duplicates, and `iscsiadm -m session` on
#    the trial system lists one session of each target, or `multipath -ll`
#    one map with all paths.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Multipath
#   - https://man7.org/linux/man-pages/man5/lvm.conf.5.html
package rules.storage.iscsi_paths

import data.lib.facts

# One session is one path, whatever else was discovered.
_single contains target if {
	some target, sessions in _sessions
	count(sessions) == 1
}

_sessions[s.target] contains i if some i, s in input.storage.iscsi.sessions

_portals[n.target] contains i if some i, n in input.storage.iscsi.nodes

findings contains {"at": sort([sprintf("/storage/iscsi/nodes/%d", [i]) | some i in indexes]), "vars": {"target": target, "portals": count(indexes)}} if {
	"storage.multipath" in facts.known
	count(input.storage.multipath) == 0
	some target, indexes in _portals
	count(indexes) > 1
	not _single[target]
}
