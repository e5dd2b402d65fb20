# METADATA
# scope: package
# title: This node loses the vote of the quorum device
# description: |
#  Corosync gets the vote of the device through the program corosync-qdevice, which does not
#  run here, because its model is not net or the answers decline it. This node counts one vote
#  less than the others believe; when the cluster is split, it is on the losing side even where the
#  device could see it, and its /etc/pve is read-only.
# custom:
#  id: PVE-CLU-003
#  kind: gap
#  category: service
#  severity: major
#  component: corosync-qdevice
#  account: lost
#  bridge: cluster
#  workaround: |
#   Remove the device (`pvecm qdevice remove` on a Debian node) and replace its vote:
#   give one Debian node a second one (quorum_votes in /etc/pve/corosync.conf, with
#   config_version raised), or add a small third node.
#  test:
#   before: |
#    `pvecm status` shows Qdevice with a vote.
#   after: |
#    `corosync-quorumtool -s` on the trial system prints as many total votes as expected
#    votes, and "Quorate: Yes" with one node down.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/cluster.nix
package rules.cluster.qdevice

import data.lib.facts
import data.lib.pve
import data.lib.qdevice

findings contains {"at": sort(_at), "vars": {}} if {
	pve.qdevice
	not qdevice.kept
}

_at contains sprintf("/cluster/corosync/%d", [i]) if {
	some i, p in input.cluster.corosync
	startswith(p.key, "quorum.device.")
}

_at contains facts.packages["corosync-qdevice"].at

_at contains facts.units["corosync-qdevice.service"].at
