# METADATA
# scope: package
# title: Scripts of SysV init are not started
# description: |
#  {scripts} lie in /etc/init.d, come from no package and start with the host. systemd of
#  Debian makes a unit of each of them; NixOS has no such generator. Agents of vendors and
#  software from before systemd are installed this way. The script itself can be carried and
#  run; what it starts is named in no file that is read.
# custom:
#  id: PVE-SYS-016
#  kind: gap
#  category: service
#  severity: major
#  component: init.d
#  equivalent: systemd.services
#  account: none
#  workaround: |
#   The bridge runs each script as Debian does, by a service of its name. Look what it starts
#   (`grep -E "DAEMON=|start" /etc/init.d/NAME`): a program below /opt or /usr has to be copied,
#   and one that is linked needs programs.nix-ld.libraries or a package. Better is a
#   systemd.services.NAME with ExecStart of the daemon itself; drop what is not wanted.
#  test:
#   before: |
#    `systemctl list-units --all | grep -E "LSB|SYSV"` on PVE lists them.
#   after: |
#    `systemctl is-active NAME` on the trial system prints active for those you kept.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-sysv-generator.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.system.init_scripts

import data.lib.carriedscripts
import data.lib.facts

_scripts[i] := name if {
	some i, f in input.local_files
	startswith(f.path, "/etc/init.d/")
	f.kind == "script"
	f.state == "local"
	not object.get(f, "started", "") == "no"
	name := substring(f.path, count("/etc/init.d/"), -1)
	not facts.packages[name]
	not _native(name)
}

# A unit of that name takes the place of the script.
_native(name) if {
	u := facts.units[concat("", [name, ".service"])].unit
	not startswith(u.fragment_path, "/run/systemd/generator")
}

findings contains {"at": sort([sprintf("/local_files/%d", [i]) | some i, _ in _scripts]), "vars": {"scripts": concat(", ", sort([s | some s in _scripts]))}} if {
	count(facts.packages) > 0
	count(_scripts) > 0
}

# A name that NixOS has a unit of is that of another thing.
_kept[i] := name if {
	some i, name in _scripts
	count(facts.packages) > 0
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,80}$`, name)
	not data.catalog.nixos_own_units[sprintf("%s.service", [name])]
}

_at(i) := [sprintf("/local_files/%d", [i])]

bridges contains {"at": _at(i), "bridge": "service", "params": {"unit": sprintf("%s.service", [name])}} if some i, name in _kept

# As systemd-sysv-generator writes it.
settings contains {"at": _at(i), "option": ["systemd", "services", name, key], "value": value} if {
	some i, name in _kept
	some key, value in object.union(carriedscripts.unit, {
		"description": "Script of SysV init",
		"serviceConfig": {
			"Type": "forking",
			"ExecStart": sprintf("/etc/init.d/%s start", [name]),
			"ExecStop": sprintf("/etc/init.d/%s stop", [name]),
			"GuessMainPID": false,
			"IgnoreSIGPIPE": false,
			"KillMode": "process",
			"RemainAfterExit": true,
			"SuccessExitStatus": "5 6",
			"TimeoutSec": "5min",
		},
	})
}

settings contains {"at": _at(i), "option": option, "value": value} if {
	some i, _ in _kept
	some [option, value] in carriedscripts.paths
}

carries contains {"at": _at(i), "path": input.local_files[i].path, "to": input.local_files[i].path, "mode": "0700", "secret": true} if {
	some i, _ in _kept
}

# What most of them read first.
carries contains {"at": [sprintf("/local_files/%d", [i]) | some i, _ in _kept], "path": file, "to": file, "mode": "0644", "secret": false} if {
	count(_kept) > 0
	some file in _library
}

_library contains "/lib/lsb/init-functions" if facts.packages["lsb-base"]

_library contains "/lib/lsb/init-functions" if startswith(facts.packages["sysvinit-utils"]["package"].version, "3.1")

carries contains {"at": _at(i), "path": file, "to": file, "mode": "0600", "secret": true} if {
	some i, name in _kept
	file := sprintf("/etc/default/%s", [name])
	file in _there
}

_there contains f.path if some f in input.config_files

_there contains f.path if {
	some f in input.local_files
	not object.get(f, "state", "") == "missing"
}

checks contains {"at": _at(i), "check": "unit-active", "params": {"unit": sprintf("%s.service", [name])}, "required": false} if some i, name in _kept
