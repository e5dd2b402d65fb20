# METADATA
# scope: package
# title: The facts are those of files, not of the running host
# description: |
#  The capture read a copy or the disk of the host. What only a running one tells is unknown
#  here, not absent: {areas}. Addresses that DHCP gave, services that were started by hand,
#  mounts, drivers, the state of pools and of the cluster are among it. Findings that need
#  them do not appear, and checks of the trial system have nothing to compare with.
# custom:
#  id: PVE-CNV-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: capture
#  account: none
#  workaround: |
#   Capture on the running host as root (`pve2nix introspect`), at a time when everything
#   that matters is up. If the host does not run any more, go through the list of unknown
#   areas in this report and write down by hand what was there.
#  test:
#   before: |
#    `jq -r .capture.mode snapshot.json` prints root.
#   after: |
#    `jq -r .capture.mode snapshot.json` prints live.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.conversion.from_files

_unknown := [a.name |
	some a in input.capture.areas
	a.status == "unknown"
]

findings contains {"at": ["/capture/mode"], "vars": {"areas": concat(", ", sort(_unknown))}} if {
	input.capture.mode == "root"
	count(_unknown) > 0
}
