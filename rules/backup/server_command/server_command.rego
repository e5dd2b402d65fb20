# METADATA
# scope: package
# title: A command for each backup server
# description: |
#  PVE asked a backup server with the account, fingerprint, namespace and key of the
#  storage. The client of NixOS knows none of them: /etc/backup-servers/STORAGE is a
#  command that calls it with all of them, to list backups, to restore a disk, and to
#  map one as a device or to mount an archive, for single files. Backups of before,
#  which PVE made, are read as those of today.
# custom:
#  sources:
#   - https://pbs.proxmox.com/docs/backup-client.html
#   - https://pbs.proxmox.com/docs/command-syntax.html
#   - https://search.nixos.org/packages?query=proxmox-backup-client
package rules.backup.server_command

import data.lib.backups
import data.lib.disks
import data.lib.facts

_servers[id] := found if {
	some id, s in disks.storages
	found := backups.server(s)
}

# All words are of a closed set of characters.
_text(id, env) := concat("\n", array.flatten([
	"#!/bin/sh",
	sprintf("# proxmox-backup-client for the storage %s of Proxmox VE", [id]),
	sprintf("export PBS_REPOSITORY='%s'", [env.REPOSITORY]),
	sprintf("export PBS_PASSWORD_FILE='%s'", [env.PBS_PASSWORD_FILE]),
	[sprintf("export PBS_FINGERPRINT='%s'", [print]) | print := env.PBS_FINGERPRINT],
	"case ${1:-} in",
	[sprintf("backup | list | snapshot | prune)\n  set -- \"$@\" --ns '%s'\n  ;;", [env.NAMESPACE]) | env.NAMESPACE],
	sprintf("restore | mount | map | catalog)\n  set -- \"$@\"%s%s\n  ;;", [_ns(env), _key(env)]),
	"esac",
	`exec proxmox-backup-client "$@"`,
	"",
]))

_ns(env) := sprintf(" --ns '%s'", [env.NAMESPACE]) if {
	env.NAMESPACE
} else := ""

_key(env) := sprintf(" --keyfile '%s'", [env.KEYFILE]) if {
	env.KEYFILE
} else := ""

_programs := [facts.packages[name].at | some name in ["proxmox-backup-file-restore"]]

settings contains {"at": found.at, "option": ["environment", "etc", sprintf("backup-servers/%s", [id]), name], "value": value} if {
	some id, found in _servers
	some name, value in {"text": _text(id, found.environment), "mode": "0755"}
}

settings contains {"at": found.at, "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "proxmox-backup-client"]}]} if {
	some found in _servers
}

carries contains {"at": [s.at], "path": backups.secret(s, end), "to": backups.copy(s, end), "mode": "0600", "secret": true} if {
	data.target != "proxmox"
	some id, found in _servers
	s := disks.storages[id]
	some end in found.files
}

bridges contains {"at": sort(array.concat(found.at, _programs)), "bridge": "backup", "params": {"storage": id, "command": sprintf("/etc/backup-servers/%s", [id])}} if {
	some id, found in _servers
}
