# METADATA
# scope: package
# title: Lines of fstab that need a decision
# description: |
#  These lines are not taken over: {files}. Their device or options do not
#  fit (a password in the line, a swap file on PVE's root, a file system or
#  path that NixOS has no words for), so nothing is mounted there and guests
#  that use the place find it empty.
# custom:
#  id: PVE-STO-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: /etc/fstab
#  equivalent: fileSystems, swapDevices
#  account: review
#  workaround: |
#   Write each line with fileSystems or swapDevices. Move a password into a
#   file of mode 0600 and name it with the option credentials=. Swap on a
#   file of the new root: swapDevices with device and size.
#  test:
#   before: |
#    `findmnt --fstab` and `swapon --show` on PVE.
#   after: |
#    `findmnt` and `swapon --show` on the trial system list the same places.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man5/fstab.5.html
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.fstab_left

import data.lib.mounts

findings contains {"at": at, "vars": {"files": concat(", ", sort([f | some f in mounts.left]))}} if {
	at := sort([sprintf("/storage/fstab/%d", [i]) | some i, _ in mounts.left])
	count(at) > 0
}
