# METADATA
# scope: package
# title: Network changes wait for the next boot of PVE
# description: |
#  /etc/network/interfaces.new holds changes that were made in the web interface
#  and not applied. PVE puts the file in place at its next boot; the conversion
#  follows the file that is active now. After a boot of PVE both differ.
# custom:
#  id: PVE-NET-011
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: /etc/network/interfaces.new
#  account: review
#  workaround: |
#   Compare the two files (`diff /etc/network/interfaces
#   /etc/network/interfaces.new`). Apply the change with Apply Configuration in
#   the web interface, or revert it there, and capture again.
#  test:
#   before: |
#    `diff /etc/network/interfaces /etc/network/interfaces.new` prints lines.
#   after: |
#    `ls /etc/network/interfaces.new` prints that there is no such file.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_apply_network_changes
package rules.network.staged_changes

findings contains {"at": at, "vars": {}} if {
	at := [sprintf("/network/anomalies/%d", [i]) |
		some i, a in input.network.anomalies
		startswith(a.source, "/etc/network/interfaces.new")
	]
	_staged
}

_staged if {
	some f in input.files
	f.path == "/etc/network/interfaces.new"
}

_staged if {
	some a in input.network.anomalies
	startswith(a.source, "/etc/network/interfaces.new")
}
