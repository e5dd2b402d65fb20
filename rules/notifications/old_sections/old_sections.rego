# METADATA
# scope: package
# title: Leftovers of the first notification system have no effect any more
# description: |
#  notifications.cfg still has {leftovers}, forms of the preview in PVE 8.0. Since 8.1 nothing
#  evaluates them, and PVE 9, which is what proxmox-nixos brings, does not know the words;
#  pve8to9 counts each as a failure. Readers who were reached through a group alone get
#  nothing, what a filter kept away goes to everybody, and the first change in the web
#  interface of PVE 8 deletes what would tell how it was meant.
# custom:
#  id: PVE-NTF-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notifications
#  account: none
#  workaround: |
#   Write what they say as a matcher (a group is a matcher with several targets, a filter its
#   match-severity), then delete the sections from /etc/pve/notifications.cfg by hand.
#  test:
#   before: |
#    `grep -nE "^(group|filter):" /etc/pve/notifications.cfg` prints the lines.
#   after: |
#    The command prints nothing, and `pvesh get /cluster/notifications/targets` on the trial
#    system prints the targets without a warning.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.notifications.old_sections

_left[sprintf("/notifications/%d", [i])] := sprintf("%s: %s", [s.type, s.id]) if {
	some i, s in input.notifications
	s.type in {"group", "filter"}
}

findings contains {"at": sort(object.keys(_left)), "vars": {"leftovers": concat(", ", sort([name | some name in _left]))}} if {
	count(_left) > 0
}
