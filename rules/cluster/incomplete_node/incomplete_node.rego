# METADATA
# scope: package
# title: "Entries of nodes in corosync.conf are incomplete: {what}"
# description: |
#  A node of corosync.conf needs a name, a nodeid and the address of at least one link.
#  {what}. Corosync goes on with what it read as long as it runs; the next start, which the
#  conversion brings, reads the file anew. Without an id or an address it stops with an
#  error, without a name PVE takes the node for another one or for none.
# custom:
#  id: PVE-CLU-015
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  account: none
#  workaround: |
#   Complete the entry in /etc/pve/corosync.conf from one that is whole, with config_version
#   raised. An id must be unique and must not change: `corosync-cmapctl | grep nodeid` shows
#   the one in use.
#  test:
#   before: |
#    `corosync-cmapctl | grep nodelist.node` lists the entry without the missing lines.
#   after: |
#    `pvecm nodes` lists every node with its id, and `pve8to9` prints "nodelist settings OK".
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/trixie/corosync/corosync.conf.5.en.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.cluster.incomplete_node

import data.lib.cluster

_entries[number] contains {"key": found[2], "at": line.at} if {
	some key, line in cluster.lines
	startswith(key, "nodelist.node.")
	found := regex.find_all_string_submatch_n(`^nodelist\.node\.([0-9]+)\.(.*)$`, key, 1)[0]
	number := found[1]
}

_missing[number] contains what if {
	some number, lines in _entries
	keys := {l.key | some l in lines}
	some what in ["name", "nodeid"]
	not what in keys
}

_missing[number] contains "ring0_addr" if {
	some number, lines in _entries
	count([l | some l in lines; regex.match(`^ring[0-7]_addr$`, l.key)]) == 0
}

findings contains {"at": at, "vars": {"what": concat("; ", [text | some number, list in _missing; text := sprintf("entry %s lacks %s", [number, concat(" and ", sort(list))])])}} if {
	count(_missing) > 0
	at := sort([l.at | some number, _ in _missing; some l in _entries[number]])
}
