# METADATA
# scope: package
# title: Leftovers of the first notification system block every change
# description: |
#  The files still have {leftovers}, forms of the first preview in PVE 8.0 that were removed
#  since. Messages go on to be sent, but PVE 9, which is what proxmox-nixos brings, refuses
#  to write a notifications.cfg with such sections or to change a job with such options. It
#  shows when somebody wants to repair the notifications after the conversion.
# custom:
#  id: PVE-NTF-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notifications
#  account: none
#  workaround: |
#   Write what they say as a matcher (a group is a matcher with several targets, a filter its
#   match-severity), then delete the sections from /etc/pve/notifications.cfg and the options
#   from /etc/pve/jobs.cfg by hand.
#  test:
#   before: |
#    `grep -nE "^(group|filter):|notification-(policy|target) " /etc/pve/notifications.cfg
#    /etc/pve/jobs.cfg` prints the lines.
#   after: |
#    The command prints nothing, and `pvesh set
#    /cluster/notifications/matchers/default-matcher --comment checked` on the trial system
#    ends without an error.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.notifications.old_sections

_left[sprintf("/notifications/%d", [i])] := sprintf("%s: %s", [s.type, s.id]) if {
	some i, s in input.notifications
	s.type in {"group", "filter"}
}

_left[sprintf("/jobs/scheduled/%d/properties/%d", [i, j])] := sprintf("%s of job %s", [p.key, job.id]) if {
	some i, job in input.jobs.scheduled
	some j, p in job.properties
	p.key in {"notification-policy", "notification-target"}
}

findings contains {"at": sort(object.keys(_left)), "vars": {"leftovers": concat(", ", sort([name | some name in _left]))}} if {
	data.target == "proxmox"
	count(_left) > 0
}
