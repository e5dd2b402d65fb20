# METADATA
# scope: package
# title: "The number of expected votes is written down as {expected}, while there are {votes}"
# description: |
#  quorum.expected_votes in corosync.conf takes the place of the sum of the nodes and of the
#  quorum device, which is {votes}. It is a leftover of a repair or of a node that has gone.
#  With a number too low two halves can both have a majority; with one too high the cluster
#  stops earlier than it has to, and a node that is down for the conversion is enough.
# custom:
#  id: PVE-CLU-012
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: quorum
#  account: none
#  workaround: |
#   Take expected_votes out of the quorum section of /etc/pve/corosync.conf and raise
#   config_version. For a repair use `pvecm expected N`, which does not stay.
#  test:
#   before: |
#    `corosync-quorumtool -s` prints "Expected votes: {expected}".
#   after: |
#    `corosync-quorumtool -s` prints "Expected votes: {votes}", and `grep expected_votes
#    /etc/pve/corosync.conf` nothing.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.cluster.expected_votes

import data.lib.cluster

findings contains {"at": [cluster.lines["quorum.expected_votes"].at], "vars": {"expected": expected, "votes": votes}} if {
	expected := cluster.value("quorum.expected_votes")
	regex.match(`^(0|[1-9][0-9]{0,3})$`, expected)
	votes := cluster.votes + cluster.device_votes
	to_number(expected) != votes
}
