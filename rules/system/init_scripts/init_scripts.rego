# METADATA
# scope: package
# title: Scripts of SysV init are not started
# description: |
#  {scripts} lie in /etc/init.d, come from no package and start with the host. systemd of
#  Debian makes a unit of each of them; NixOS has no such generator, so nothing starts them and
#  nothing says so.
#  Agents of vendors and software from before systemd are installed this way.
# custom:
#  id: PVE-SYS-016
#  kind: gap
#  category: service
#  severity: major
#  component: init.d
#  equivalent: systemd.services
#  account: none
#  workaround: |
#   Write a systemd.services.NAME for each that is still wanted (ExecStart of the daemon
#   itself, Type = "forking" where it goes to the background), with the program packaged or
#   kept in a VM. Drop the others.
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
