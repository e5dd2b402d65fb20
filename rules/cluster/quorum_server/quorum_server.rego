# METADATA
# scope: package
# title: This host goes on as the quorum device of other clusters
# description: |
#  Builds corosync-qnetd of its sources and runs it as Debian does, with the certificates of
#  before, which the nodes of the clusters trust. It keeps nothing but these, and runs in
#  the trial too: without it the clusters are a vote short.
# custom:
#  sources:
#   - https://packages.debian.org/source/bookworm/corosync-qdevice
#   - https://manpages.debian.org/bookworm/corosync-qnetd/corosync-qnetd.8.en.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
package rules.cluster.quorum_server

import data.lib.facts
import data.lib.qdevice

_facts := sort([facts.packages["corosync-qnetd"].at, facts.units["corosync-qnetd.service"].at]) if {
	"corosync-qnetd.service" in facts.in_use
	not qdevice.declined
}

_package := qdevice.program(["--disable-qdevices", "--enable-qnetd"])

_user := "coroqnetd"

settings contains {"at": _facts, "option": array.concat(["systemd", "services", "corosync-qnetd"], path), "value": value} if {
	some [path, value] in [
		[["description"], "Corosync Qdevice Network daemon"],
		[["wantedBy"], ["multi-user.target"]],
		[["requires"], ["network-online.target"]],
		[["after"], ["network-online.target"]],
		[["path"], [_package]],
		[["script"], "exec corosync-qnetd -f\n"],
		[["unitConfig", "ConditionPathExists"], "/etc/corosync/qnetd/nssdb"],
		[["serviceConfig"], {
			# The number of the user is another one than before.
			"ExecStartPre": {"_concat": ["+", {"_ref": ["pkgs", "coreutils"]}, sprintf("/bin/chown -R %[1]s:%[1]s /etc/corosync/qnetd", [_user])]},
			"Restart": "on-abnormal",
			"RuntimeDirectory": "corosync-qnetd",
			"RuntimeDirectoryMode": "0770",
			"StandardError": "null",
			"Type": "notify",
			"User": _user,
		}]]
	}

	settings contains {"at": _facts, "option": option, "value": value} if {
		some [option, value] in [
			[["environment", "systemPackages"], [_package]],
			[["networking", "firewall", "allowedTCPPorts"], [5403]],
			[["users", "groups", _user, "members"], []],
			[["users", "users", _user, "group"], _user],
			[["users", "users", _user, "isSystemUser"], true],
		]
	}

	carries contains {"at": _facts, "path": "/etc/corosync/qnetd", "to": "/etc/corosync/qnetd", "mode": "0700", "secret": true} if _facts

	bridges contains {"at": _facts, "bridge": "cluster", "params": {"unit": "corosync-qnetd.service"}} if _facts

	checks contains {"at": _facts, "check": check, "params": params, "required": false} if {
		some [check, params] in [["unit-active", {"unit": "corosync-qnetd.service"}], ["port-listening", {"port": 5403}]]
		_facts
	}
