# METADATA
# scope: package
# title: Home directories stay on the root of PVE
# description: |
#  The homes of {names} lie on PVE's root file system, which the new system
#  does not mount. Their users find empty directories: keys, scripts and the
#  history of the shell are gone until someone copies them. The same holds
#  for /root.
# custom:
#  id: PVE-USR-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /home
#  equivalent: fileSystems
#  account: none
#  workaround: |
#   Mount PVE's root on the new system so that nothing of it is written, the
#   journal included (`mount -o ro,noload DEVICE /mnt` for ext4,
#   ro,norecovery for XFS), and copy: `rsync -aHAX /mnt/home/ /home/ && rsync
#   -aHAX --exclude=.ssh/authorized_keys --exclude=.forward /mnt/root/
#   /root/`. The first exception is a link into /etc/pve, the second calls a
#   program that NixOS has not.
#  test:
#   before: |
#    `ls -A /home/*` on PVE shows files.
#   after: |
#    `ls -A /home/*` on the trial system shows the same, with the same
#    owners.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=users.users._name_.createHome
#   - https://man7.org/linux/man-pages/man5/ext4.5.html
package rules.users.home_directories

import data.lib.accounts

_mounted contains m.target if some m in input.storage.mounts

_mounted contains f.file if some f in input.storage.fstab

_elsewhere(home) if {
	some place in _mounted
	place != "/"
	startswith(concat("", [home, "/"]), concat("", [place, "/"]))
}

_left[i] := u.name if {
	some i, u in accounts.users
	not u.home in {"/", "/nonexistent", "/var/empty"}
	not _elsewhere(u.home)
}

findings contains {"at": at, "vars": {"names": concat(", ", sort([n | some n in _left]))}} if {
	at := sort([sprintf("/system/users/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
