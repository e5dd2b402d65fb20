# METADATA
# scope: package
# title: A change of corosync.conf was begun and not finished
# description: |
#  /etc/pve/corosync.conf.new is there: somebody began to edit the cluster's configuration as
#  the manual says and did not move it into its place. It may hold the second link or the
#  node that people believe to be configured. The conversion takes over what is in force, and
#  nobody sees the other text again.
# custom:
#  id: PVE-CLU-016
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: corosync
#  account: review
#  workaround: |
#   Compare both (`diff /etc/pve/corosync.conf /etc/pve/corosync.conf.new`). Finish the
#   change (`mv`, with config_version higher than the one in force) or remove the file.
#  test:
#   before: |
#    `ls /etc/pve/corosync.conf.new` prints the name.
#   after: |
#    `ls /etc/pve/corosync.conf.new` says that there is no such file, and `corosync-cfgtool
#    -s` shows the links that are meant.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_edit_corosync_conf
package rules.cluster.staged_change

findings contains {"at": at, "vars": {}} if {
	count(at) > 0
}

at := [sprintf("/problems/%d", [i]) |
	some i, p in input.problems
	p.area == "cluster"
	startswith(p.error, "staged-file:")
]
