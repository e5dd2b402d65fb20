# METADATA
# scope: package
# title: The configuration of guests could not be read
# description: |
#  PVE is installed, but neither /etc/pve nor its database gave a configuration. /etc/pve is
#  empty while pve-cluster is down, and in backups of the root file system. This report says
#  nothing about guests, storages, users and jobs, and that it lists none does not mean that
#  there are none.
# custom:
#  id: PVE-CNV-005
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: capture
#  account: none
#  workaround: |
#   On a running host start pve-cluster (`systemctl start pve-cluster`, `ls /etc/pve`) and
#   capture again. For a tree of files take /var/lib/pve-cluster/config.db along; the capture
#   reads it where /etc/pve is empty.
#  test:
#   before: |
#    `jq -r '.capture.areas[] | select(.name == "guests").status' snapshot.json` prints
#    unknown.
#   after: |
#    `jq -r '.capture.areas[] | select(.name == "guests").status' snapshot.json` prints
#    known, and the report lists as many guests as `qm list` and `pct list` together.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.conversion.guests_unread

import data.lib.facts

findings contains {"at": [sprintf("/capture/areas/%d", [i])], "vars": {}} if {
	facts.packages["pve-manager"]
	some i, a in input.capture.areas
	a.name == "guests"
	a.status == "unknown"
}
