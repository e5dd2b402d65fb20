# METADATA
# scope: package
# title: Units that were written for this host
# description: |
#  The unit files of {units} lie in /etc/systemd/system and were written on
#  this host. Their commands name programs and scripts of Debian ({count}
#  units in all), which are not on the new root, so none of them is taken
#  over blindly.
# custom:
#  id: PVE-SYS-009
#  kind: pitfall
#  category: service
#  severity: major
#  component: systemd units
#  equivalent: systemd.services
#  account: review
#  workaround: |
#   Read the copies below /var/lib/pve2nix/etc/systemd/system. Write each
#   unit again with systemd.services.NAME, programs from nixpkgs in path or
#   by their package, scripts of your own in the flake, and secrets in
#   EnvironmentFile.
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

_local[i] := u if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	not endswith(u.name, ".mount")
	not endswith(u.name, ".automount")
	object.get(u, "load_state", "") != "masked"
	not object.get(u, "file_state", "") in {"alias", "masked"}
	object.get(u, "load_state", "") != "not-found"
}

findings contains {"at": at, "vars": {"count": count(at), "units": concat(", ", shown)}} if {
	at := sort([sprintf("/units/%d", [i]) | some i, _ in _local])
	count(at) > 0
	shown := array.slice(sort([u.name | some u in _local]), 0, 8)
}

carries contains {
	"at": ["/units"],
	"path": u.fragment_path,
	"to": concat("", ["/var/lib/pve2nix", u.fragment_path]),
	"mode": "0600",
	"secret": true,
} if {
	some u in _local
	facts.plain_path(u.fragment_path)
}
