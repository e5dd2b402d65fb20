# METADATA
# scope: package
# title: Whether this host is in a cluster is not known
# description: |
#  Neither corosync.conf nor the files of HA and replication could be read ({why}). If there
#  are other nodes, they decide by majority and may start this host's guests themselves while
#  it is down for the conversion; if HA is in use, it resets the host. None of the findings
#  about clusters can appear in this report, and that there are none says nothing.
# custom:
#  id: PVE-CNV-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: capture
#  account: none
#  workaround: |
#   Look on the host: `pvecm status`, `ha-manager status`, `pvesr list`. If pmxcfs does not
#   run start it (`systemctl start pve-cluster`); for a tree of files take
#   /var/lib/pve-cluster/config.db and /etc/corosync along. Then capture again.
#  test:
#   before: |
#    `jq -r '.capture.areas[] | select(.name == "cluster").status' snapshot.json` prints
#    unknown.
#   after: |
#    `jq -r '.capture.areas[] | select(.name == "cluster").status' snapshot.json` prints
#    known, and the nodes in it are those of `pvecm nodes`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
package rules.conversion.cluster_unknown

import data.lib.facts

findings contains {"at": [sprintf("/capture/areas/%d", [i])], "vars": {"why": object.get(a, "detail", "no reason is known")}} if {
	facts.packages["pve-manager"]
	some i, a in input.capture.areas
	a.name == "cluster"
	a.status == "unknown"
}
