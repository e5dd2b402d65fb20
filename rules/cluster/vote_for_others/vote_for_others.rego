# METADATA
# scope: package
# title: This host is the quorum device of another cluster
# description: |
#  corosync-qnetd runs here and gives its vote to the clusters that were set up with it. No
#  package of NixOS has the program, and the answers decline what would run it. After the conversion these clusters are a vote short
#  without anybody noticing; a cluster of two nodes then stops when one of them is down, and
#  this host's own report says nothing about them.
# custom:
#  id: PVE-CLU-024
#  kind: gap
#  category: service
#  severity: major
#  component: corosync-qnetd
#  account: none
#  workaround: |
#   Find the clusters (`corosync-qnetd-tool -l`), and set the device up on another machine
#   before the conversion: `pvecm qdevice remove` and `pvecm qdevice setup ADDRESS` on a node
#   of each. Or run corosync-qnetd in a Debian guest that is up whenever they need it, with
#   /etc/corosync/qnetd copied.
#  test:
#   before: |
#    `corosync-qnetd-tool -l` lists clusters and their nodes.
#   after: |
#    `corosync-qnetd-tool -l` on the new machine lists the same clusters, and `pvecm status`
#    there shows the vote of Qdevice.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
#   - https://manpages.debian.org/trixie/corosync-qnetd/corosync-qnetd.8.en.html
package rules.cluster.vote_for_others

import data.lib.facts
import data.lib.qdevice

findings contains {"at": sort([facts.packages["corosync-qnetd"].at, facts.units["corosync-qnetd.service"].at]), "vars": {}} if {
	facts.packages["corosync-qnetd"]
	"corosync-qnetd.service" in facts.in_use
	qdevice.declined
}
