# METADATA
# scope: package
# title: The vote of the quorum device reaches this node
# description: |
#  Builds corosync-qdevice of its sources, whose sum is that of Debian's source package,
#  against the corosync of the system, and runs it beside corosync as Debian does. Its
#  certificates are copied. It runs in the trial too: without its vote a cluster of two
#  nodes would not be quorate there. It is configured in corosync.conf alone.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://packages.debian.org/source/bookworm/corosync-qdevice
#   - https://github.com/corosync/corosync-qdevice
#   - https://manpages.debian.org/bookworm/corosync-qdevice/corosync-qdevice.8.en.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
package rules.cluster.quorum_device

import data.lib.facts
import data.lib.qdevice

_at contains sprintf("/cluster/corosync/%d", [i]) if {
	some i, p in input.cluster.corosync
	startswith(p.key, "quorum.device.")
}

_at contains facts.packages["corosync-qdevice"].at

_at contains facts.units["corosync-qdevice.service"].at

_facts := sort(_at) if qdevice.kept

_package := qdevice.program(["--disable-qnetd"])

settings contains {"at": _facts, "option": array.concat(["systemd", "services", "corosync-qdevice"], path), "value": value} if {
	some [path, value] in [
		[["description"], "Corosync Qdevice daemon"],
		[["wantedBy"], ["multi-user.target"]],
		[["requires"], ["corosync.service"]],
		[["after"], ["corosync.service"]],
		[["path"], [_package]],
		[["script"], "exec corosync-qdevice -f\n"],
		[["unitConfig"], {"ConditionKernelCommandLine": "!nocluster", "ConditionPathExists": "/etc/corosync/corosync.conf"}],
		[["serviceConfig"], {"Restart": "on-failure", "RuntimeDirectory": "corosync-qdevice", "RuntimeDirectoryMode": "0770", "StandardError": "null", "Type": "notify"}],
	]
}

# corosync-qdevice-tool, by which one looks at it.
settings contains {"at": _facts, "option": ["environment", "systemPackages"], "value": [_package]} if qdevice.kept

carries contains {"at": _facts, "path": "/etc/corosync/qdevice", "to": "/etc/corosync/qdevice", "mode": "0700", "secret": true} if qdevice.kept

bridges contains {"at": _facts, "bridge": "cluster", "params": {"unit": "corosync-qdevice.service"}} if qdevice.kept

checks contains {"at": _facts, "check": "unit-active", "params": {"unit": "corosync-qdevice.service"}, "required": true} if qdevice.kept
