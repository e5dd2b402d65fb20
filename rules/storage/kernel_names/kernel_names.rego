# METADATA
# scope: package
# title: "Mounts name disks in the order of their discovery: {places}"
# description: |
#  These lines of fstab name a disk as /dev/sdX, vdX or nvmeXn1. The letter
#  is given in the order in which the kernel finds disks, and the kernel of
#  NixOS loads drivers in another order and from another initial RAM disk.
#  The mount fails, or another disk is mounted there and swap is written over
#  a file system.
# custom:
#  id: PVE-STO-058
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: /etc/fstab
#  equivalent: fileSystems, swapDevices
#  account: none
#  workaround: |
#   On PVE replace the device by `UUID=` of `blkid -o value -s UUID DEVICE`,
#   then `mount -a` and `findmnt --verify`. Capture the host again.
#  test:
#   before: |
#    `grep -E "^/dev/(sd|vd|xvd|nvme)" /etc/fstab` on PVE prints the lines of
#    {places}.
#   after: |
#    It prints nothing, and `findmnt` on the trial system shows each place
#    with the same UUID as on PVE.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man5/fstab.5.html
#   - https://wiki.archlinux.org/title/Persistent_block_device_naming
package rules.storage.kernel_names

_named[at] := _place(f) if {
	some i, f in input.storage.fstab
	regex.match(`^/dev/(sd[a-z]+[0-9]*|x?vd[a-z]+[0-9]*|nvme[0-9]+n[0-9]+(p[0-9]+)?)$`, f.spec)
	f.file != "/"
	not startswith(f.file, "/media/")
	at := sprintf("/storage/fstab/%d", [i])
}

_place(f) := "swap" if f.type == "swap"

_place(f) := f.file if f.type != "swap"

findings contains {"at": sort(object.keys(_named)), "vars": {"places": concat(", ", sort([p | some p in _named]))}} if {
	count(_named) > 0
}
