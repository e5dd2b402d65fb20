# METADATA
# scope: package
# title: This host is no member of the cluster that it has a configuration of
# description: |
#  corosync.conf names the cluster {cluster}, but no node {host}. Either the host was
#  renamed, or it has left the cluster and kept the files. Corosync then does not start,
#  pmxcfs waits for a quorum that never comes, and /etc/pve stays read-only.
# custom:
#  id: PVE-CLU-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  account: none
#  workaround: |
#   Repair it on PVE before the conversion: bring back the old host name, or take the
#   host out of the cluster for good (stop corosync and pve-cluster, `pmxcfs -l`, remove
#   /etc/pve/corosync.conf and /etc/corosync/*, restart pve-cluster).
#  test:
#   before: |
#    `pvecm nodes` reports an error or a list without {host}.
#   after: |
#    `pvecm nodes` lists {host} as local, or `pvecm status` says that there is no corosync
#    configuration.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_separate_node_without_reinstall
package rules.cluster.unlisted_node

_names contains p.value if {
	some p in input.cluster.corosync
	regex.match(`^nodelist\.node\.[0-9]+\.name$`, p.key)
}

findings contains {"at": at, "vars": {"cluster": object.get(input.cluster, "name", "without a name"), "host": input.host.name}} if {
	count(_names) > 0
	not input.host.name in _names
	at := sort([sprintf("/cluster/corosync/%d", [i]) |
		some i, p in input.cluster.corosync
		regex.match(`^nodelist\.node\.[0-9]+\.name$`, p.key)
	])
}
