# METADATA
# scope: package
# title: "RAID array {name} is not whole"
# description: |
#  The array {name} is {state} with {missing} members missing. The initial
#  RAM disk of NixOS waits half a minute for the rest before it starts an
#  array without it. A trial boot on the last disk leaves no copy of PVE's
#  own root, and a disk that comes back later with older data is taken for
#  the good one when both systems have started the array alone.
# custom:
#  id: PVE-STO-048
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Linux software RAID
#  equivalent: boot.swraid.enable
#  account: none
#  workaround: |
#   Add the missing member (`mdadm --manage /dev/{name} --add DEVICE`), wait
#   until `cat /proc/mdstat` shows all U, and wipe what is not used again
#   with `mdadm --zero-superblock`. Convert only after that.
#  test:
#   before: |
#    `mdadm --detail /dev/{name}` on PVE prints degraded or inactive.
#   after: |
#    `mdadm --detail /dev/{name}` prints clean or active with all devices, on
#    PVE and on the trial system.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man8/mdadm.8.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/swraid.nix
package rules.storage.md_degraded

findings contains {"at": [sprintf("/storage/md_arrays/%d", [i])], "vars": {"name": a.name, "state": a.state, "missing": a.degraded}} if {
	some i, a in input.storage.md_arrays
	_broken(a)
}

_broken(a) if {
	a.state
	a.degraded > 0
}

_broken(a) if a.state == "inactive"
