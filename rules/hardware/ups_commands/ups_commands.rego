# METADATA
# scope: package
# title: A power failure calls commands that NixOS does not have
# description: |
#  What happens on battery is done by {commands}. NixOS has nothing at such paths of Debian
#  or below /usr/local, and a script that calls `qm` or `pct` finds neither. In place of an
#  own SHUTDOWNCMD the host is shut down at once; timers and notices that call such a path
#  do nothing. What the scripts did before the shutdown (other machines, storage, a delay)
#  is left out.
# custom:
#  id: PVE-HW-012
#  kind: pitfall
#  category: service
#  severity: major
#  component: UPS
#  equivalent: power.ups, services.apcupsd.hooks
#  account: review
#  workaround: |
#   Leave power.ups.upsmon.settings.SHUTDOWNCMD as it is by default: a plain shutdown of the
#   host stops guests in order, scripts for that are not needed. Put what has to happen besides into
#   the flake with pkgs.writeShellScript, and name it in power.ups.upsmon.settings.NOTIFYCMD
#   or as CMDSCRIPT in the file of power.ups.schedulerRules; with apcupsd use
#   services.apcupsd.hooks.
#  test:
#   before: |
#    `grep -hE "SHUTDOWNCMD|NOTIFYCMD|CMDSCRIPT" /etc/nut/*.conf` or `ls /etc/apcupsd` on
#    PVE shows the commands.
#   after: |
#    `upsmon -c fsd` on the trial system, with all guests backed up, shuts guests and host
#    down cleanly.
#  phase: run
#  sources:
#   - https://networkupstools.org/docs/man/upsmon.conf.html
#   - https://manpages.debian.org/stable/apcupsd/apccontrol.8.en.html
#   - https://search.nixos.org/options?query=power.ups.upsmon.settings
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/monitoring/ups.nix
package rules.hardware.ups_commands

import data.lib.facts
import data.lib.lines

_nut if {
	some name in ["nut-monitor.service", "nut-client.service", "upsmon.service"]
	name in facts.in_use
}

_keys := {
	"/etc/nut/upsmon.conf": {"NOTIFYCMD", "SHUTDOWNCMD"},
	"/etc/nut/upssched.conf": {"CMDSCRIPT"},
}

# The shutdown of Debian's own file is what NixOS does without a word.
_commands[lines.at(file, i)] := program if {
	_nut
	some file, keys in _keys
	some i, p in lines.files[file].properties
	p.key in keys
	program := split(trim(p.value, "\""), " ")[0]
	not endswith(program, "/upssched")
	not program in {"/sbin/shutdown", "/usr/sbin/shutdown"}
	startswith(program, "/")
}

# Events that apccontrol calls a script for.
_commands[sprintf("/local_files/%d", [i])] := f.path if {
	"apcupsd.service" in facts.in_use
	some i, f in input.local_files
	startswith(f.path, "/etc/apcupsd/")
	f.kind == "script"
	f.state in {"changed", "local"}
}

findings contains {"at": sort([at | some at, _ in _commands]), "vars": {"commands": concat(", ", sort({c | some c in _commands}))}} if {
	count(_commands) > 0
}
