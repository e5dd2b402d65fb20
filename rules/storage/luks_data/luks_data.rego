# METADATA
# scope: package
# title: Encrypted data disks are not opened
# description: |
#  crypttab opens after boot: {names}. These lines are not taken over: they need a
#  program of Debian's initial RAM disk (keyscript), or a name that systemd does not read.
#  The devices stay closed on NixOS, and the mounts, volume groups or pools on them are
#  missing.
# custom:
#  id: PVE-STO-011
#  kind: pitfall
#  category: feature
#  severity: major
#  component: LUKS
#  equivalent: environment.etc.crypttab
#  account: review
#  workaround: |
#   Copy the key file to the new root with mode 0400, and write
#   environment.etc.crypttab.text with a line "NAME DEVICE KEYFILE
#   luks,nofail" for each device; systemd opens it before the mounts that
#   need it.
#  test:
#   before: |
#    `cryptsetup status NAME` on PVE prints active.
#   after: |
#    `cryptsetup status NAME` prints active on the trial system, and
#    `findmnt` shows the mount on it.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/cryptsetup/crypttab.5.en.html
#   - https://search.nixos.org/options?query=environment.etc
package rules.storage.luks_data

import data.lib.luks

_left contains i if {
	some i, _ in luks.late
	not luks.kept[i]
}

findings contains {"at": at, "vars": {"names": concat(", ", sort([luks.labels[i] | some i in _left]))}} if {
	at := sort([sprintf("/storage/crypttab/%d", [i]) | some i in _left])
	count(at) > 0
}
