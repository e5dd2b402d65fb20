# METADATA
# scope: package
# title: Units of this host that are not written anew
# description: |
#  The files of {units} lie in /etc/systemd/system ({count} units in all). They
#  go by the name of a unit that NixOS writes itself, or have lines that no
#  option can hold, so none of them is taken over blindly: the new system
#  has the unit of its module without the change, or none.
# custom:
#  id: PVE-SYS-009
#  kind: pitfall
#  category: service
#  severity: major
#  component: systemd units
#  equivalent: systemd.services
#  account: review
#  workaround: |
#   Read the copies below /var/lib/pve2nix/etc/systemd/system. Put what is
#   still wanted into systemd.services.NAME of the unit that NixOS has, with
#   lib.mkForce where its module says otherwise, or write the unit again under
#   a name of its own; secrets go into a file that EnvironmentFile names.
#  test:
#   before: |
#    `systemctl cat NAME` on PVE shows the unit.
#   after: |
#    `systemctl start NAME` on the trial system succeeds and `systemctl
#    is-enabled NAME` answers as on PVE.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.system.local_units

import data.lib.facts
import data.lib.localunits

_left[i] := u if {
	some i, u in localunits.all
	not localunits.written[i]
	not localunits.instances[i]
}

findings contains {"at": at, "vars": {"count": count(at), "units": concat(", ", shown)}} if {
	at := sort([sprintf("/units/%d", [i]) | some i, _ in _left])
	count(at) > 0
	shown := array.slice(sort([u.name | some u in _left]), 0, 8)
}

_settings[kind] contains {"at": sprintf("/units/%d", [i]), "of": localunits.name(i), "path": path, "value": value} if {
	some i, kind in localunits.written
	some [path, value] in localunits.options[i]
}

settings contains {"at": [s.at], "option": ["systemd", "services", s.of, s.path[0]], "value": s.value} if {
	some s in _settings.service
	count(s.path) == 1
}

settings contains {"at": [s.at], "option": ["systemd", "services", s.of, s.path[0], s.path[1]], "value": s.value} if some s in _settings.service

settings contains {"at": [s.at], "option": ["systemd", "sockets", s.of, s.path[0]], "value": s.value} if {
	some s in _settings.socket
	count(s.path) == 1
}

settings contains {"at": [s.at], "option": ["systemd", "sockets", s.of, s.path[0], s.path[1]], "value": s.value} if some s in _settings.socket

settings contains {"at": [s.at], "option": ["systemd", "timers", s.of, s.path[0]], "value": s.value} if {
	some s in _settings.timer
	count(s.path) == 1
}

settings contains {"at": [s.at], "option": ["systemd", "timers", s.of, s.path[0], s.path[1]], "value": s.value} if some s in _settings.timer

settings contains {"at": [s.at], "option": ["systemd", "paths", s.of, s.path[0]], "value": s.value} if {
	some s in _settings.path
	count(s.path) == 1
}

settings contains {"at": [s.at], "option": ["systemd", "paths", s.of, s.path[0], s.path[1]], "value": s.value} if some s in _settings.path

# What scripts call by name is found as in a session.
settings contains {"at": [sprintf("/units/%d", [i])], "option": ["systemd", "services", localunits.name(i), "path"], "value": ["/run/wrappers", "/run/current-system/sw", "/usr/local"]} if {
	some i in localunits.by_path
	localunits.written[i] == "service"
}

# An instance has no file of its own: what starts it is all there is to say.
settings contains {"at": [sprintf("/units/%d", [i])], "option": ["systemd", "targets", trim_suffix(target, ".target"), "wants"], "value": [u.name]} if {
	some i, u in localunits.instances
	some target in u.detail.wanted_by
	regex.match(`^[a-z0-9-]+\.target$`, target)
}

# envfs is mounted beside all else, and nothing waits for it by itself.
settings contains {"at": [sprintf("/units/%d", [i])], "option": ["systemd", "services", localunits.name(i), "after"], "value": ["bin.mount", "usr-bin.mount"]} if {
	some i in localunits.by_path
	localunits.written[i] == "service"
}

carries contains {
	"at": ["/units"],
	"path": file,
	"to": concat("", ["/var/lib/pve2nix", file]),
	"mode": "0600",
	"secret": true,
} if {
	some i, u in localunits.all
	some file in array.concat([u.fragment_path], [d | some d in u.drop_ins; _kept(i, d)])
	facts.plain_path(file)
}

# Drop-ins are read again where they hold what the snapshot does not.
_kept(i, file) if {
	localunits.secret[i]
	startswith(file, "/etc/systemd/system/")
}
