# METADATA
# scope: package
# title: "The quorum follows rules of its own: {options}"
# description: |
#  corosync.conf sets {options}, which PVE neither writes nor tests. last_man_standing lowers
#  the expected votes some seconds after a node has left, so what is quorate after the
#  conversion is not what it was before; auto_tie_breaker keeps the half with the lowest node
#  id; with wait_for_all a node is quorate only once it has seen all others, so guests on the
#  converted node do not start while another node is down.
# custom:
#  id: PVE-CLU-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: quorum
#  account: none
#  workaround: |
#   Take the lines out of the quorum section of /etc/pve/corosync.conf before the conversion
#   (config_version raised), or write down for each step of it which nodes are up and what
#   `corosync-quorumtool -s` has to say.
#  test:
#   before: |
#    `corosync-quorumtool -s` shows the flags WaitForAll, LastManStanding or AutoTieBreaker.
#   after: |
#    `corosync-quorumtool -s` shows Quorate and none of these flags, on PVE and on the trial
#    system.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
package rules.cluster.quorum_options

import data.lib.cluster

_options[name] := line.at if {
	some name in ["allow_downscale", "auto_tie_breaker", "last_man_standing", "wait_for_all"]
	line := cluster.lines[sprintf("quorum.%s", [name])]
	line.property.value == "1"
}

findings contains {"at": sort([at | some at in _options]), "vars": {"options": concat(", ", sort(object.keys(_options)))}} if {
	count(_options) > 0
	not _two_node
}

_two_node if cluster.value("quorum.two_node") == "1"
