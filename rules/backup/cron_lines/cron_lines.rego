# METADATA
# scope: package
# title: Lines of vzdump.cron become timers
# description: |
#  cron of Debian ran /etc/pve/vzdump.cron, the form of jobs before PVE 7.1. Nothing on
#  NixOS reads it, and the scheduler of PVE does not either. A timer calls vzdump at
#  the time of each line with what it said; maxfiles is put into the form of today. Mails
#  go where the notifications of PVE send them.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/vzdump.1.html
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
package rules.backup.cron_lines

import data.lib.calendar
import data.lib.waits

# Options with the form of their values: words of a command line that need no quotes.
_forms := {
	"all": `^[01]$`,
	"bwlimit": `^[0-9]{1,9}$`,
	"compress": `^(0|1|gzip|lzo|zstd)$`,
	"exclude": `^[0-9]{3,9}([,; ][0-9]{3,9})*$`,
	"ionice": `^[0-8]$`,
	"maxfiles": `^[0-9]{1,5}$`,
	"mode": `^(snapshot|stop|suspend)$`,
	"node": `^[A-Za-z0-9][A-Za-z0-9-]{0,62}$`,
	"pool": `^[A-Za-z0-9_.-]{1,64}$`,
	"protected": `^[01]$`,
	"prune-backups": `^keep-[a-z]+=[0-9]{1,5}(,keep-[a-z]+=[0-9]{1,5})*$`,
	"remove": `^[01]$`,
	"storage": `^[A-Za-z][A-Za-z0-9_.-]*$`,
	"vmid": `^[0-9]{3,9}([,; ]+[0-9]{3,9})*$`,
}

# Where the message goes is for the notifications of PVE to say.
_dropped := {"mailnotification", "mailto", "quiet"}

_jobs[i] := {"at": sprintf("/jobs/vzdump_cron/%d", [i]), "event": event, "options": options} if {
	some i, line in input.jobs.vzdump_cron
	line.backup.enabled
	line.user == "root"
	event := calendar.cron(line.schedule)
	options := object.union_n([{o.name: o.value} | some o in line.backup.options; not o.name in _dropped])
	every name, value in options {
		regex.match(_forms[name], value)
	}
	_here(options)
}

_here(options) if not options.node

_here(options) if options.node == input.host.name

_argument("vmid", _) := []

_argument("maxfiles", "0") := ["--prune-backups", "keep-all=1"]

_argument("maxfiles", value) := ["--prune-backups", sprintf("keep-last=%s", [value])] if value != "0"

_argument(name, value) := [sprintf("--%s", [name]), concat(",", regex.split(`[,; ]+`, value))] if not name in {"maxfiles", "vmid"}

_arguments(options) := array.concat(
	[vmid | some vmid in regex.split(`[,; ]+`, object.get(options, "vmid", "")); vmid != ""],
	[word | some name in sort(object.keys(options)); some word in _argument(name, options[name])],
)

_unit(i) := sprintf("vzdump-cron-%d", [i])

settings contains {"at": [job.at], "option": array.concat(["systemd", "services", _unit(i)], path), "value": value} if {
	some i, job in _jobs
	some [path, value] in [
		[["description"], "Backup by vzdump"],
		[["wants"], ["network-online.target"]],
		[["after"], ["network-online.target", "pve-cluster.service", "pve-storage.target"]],
		[["requires"], ["pve-cluster.service"]],
		[["restartIfChanged"], false],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["path"], [{"_ref": ["config", "boot", "zfs", "package"]}, {"_ref": ["pkgs", "gzip"]}, {"_ref": ["pkgs", "lzop"]}, {"_ref": ["pkgs", "zstd"]}]],
		[["serviceConfig"], {"Type": "oneshot"}],
		[["script"], sprintf("exec /run/current-system/sw/bin/vzdump %s\n", [concat(" ", _arguments(job.options))])],
	]
}

settings contains {"at": [job.at], "option": array.concat(["systemd", "timers", _unit(i)], path), "value": value} if {
	some i, job in _jobs
	some [path, value] in [
		[["description"], "Time of a backup by vzdump"],
		[["wantedBy"], ["timers.target"]],
		[["timerConfig"], {"OnCalendar": job.event}],
	]
}

bridges contains {"at": [job.at], "bridge": "backup", "params": {"unit": _unit(i)}} if some i, job in _jobs

checks contains {"at": [job.at], "check": "unit-active", "params": {"unit": sprintf("%s.timer", [_unit(i)])}, "required": true} if some i, job in _jobs
