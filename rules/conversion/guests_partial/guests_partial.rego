# METADATA
# scope: package
# title: Some guests could not be read or told from those of other nodes
# description: |
#  The configuration of guests is known in part only ({why}). A guest that is missing here is
#  missing from the checks, the bridges and the plan as well, and nothing will notice that it
#  did not come up: that this report does not list it does not mean that it does not exist.
# custom:
#  id: PVE-CNV-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: capture
#  account: none
#  workaround: |
#   Clear the cause on PVE (`ls -lR /etc/pve/nodes`, `qm list`, `pct list`, `hostname` must
#   be the name of a directory there), and capture again until the area guests is known.
#  test:
#   before: |
#    `jq -r '.capture.areas[] | select(.name == "guests").status' snapshot.json` prints
#    partial.
#   after: |
#    `jq -r '.capture.areas[] | select(.name == "guests").status' snapshot.json` prints
#    known, and the report has as many guests as `qm list` and `pct list`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
#   - https://pve.proxmox.com/wiki/Renaming_a_PVE_node
package rules.conversion.guests_partial

findings contains {"at": [sprintf("/capture/areas/%d", [i])], "vars": {"why": object.get(a, "detail", "no reason is known")}} if {
	some i, a in input.capture.areas
	a.name == "guests"
	a.status == "partial"
}
