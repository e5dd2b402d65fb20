# METADATA
# scope: package
# title: Mount units need a decision
# description: |
#  The units {units} mount a file system. What they mount is not known by a
#  stable name, or needs something first (a key, another mount), so the
#  place stays empty on NixOS, and a directory storage on it writes to the
#  root disk instead.
# custom:
#  id: PVE-STO-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: mount unit
#  equivalent: fileSystems
#  account: review
#  workaround: |
#   `systemctl cat NAME` on PVE shows What= and Where=. Write fileSystems
#   with the same place, the device by UUID and the option nofail; an
#   encrypted disk also needs its line of crypttab.
#  test:
#   before: |
#    `findmnt` on PVE shows the place.
#   after: |
#    `findmnt` on the trial system shows it with the same UUID, and the files of its storage
#    are there.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.mount_units_left

import data.lib.facts
import data.lib.mounts

_left[i] := u.name if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	regex.match(`\.(mount|automount)$`, u.name)
	object.get(u, "load_state", "") != "masked"
	not _taken[i]
	not _off(u)
	not regex.match(`^(var-lib-snapd-)?snap-`, u.name)
}

_taken[to_number(trim_prefix(at, "/units/"))] := u.target if {
	some u in mounts.units
	some at in u.at
}

# Nobody mounts it, neither at boot nor on first use.
_off(u) if {
	u.file_state == "disabled"
	not u.name in facts.in_use
	not concat("", [trim_suffix(u.name, ".mount"), ".automount"]) in facts.in_use
}

findings contains {"at": at, "vars": {"units": concat(", ", sort([n | some n in _left]))}} if {
	at := sort([sprintf("/units/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
