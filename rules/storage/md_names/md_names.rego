# METADATA
# scope: package
# title: Mounts name RAID arrays by their number
# description: |
#  These lines name an array as /dev/mdN: {places}. The number comes from
#  mdadm.conf in Debian's initial RAM disk. NixOS has no ARRAY lines and does
#  not know its own host name that early, so it takes the arrays for foreign
#  ones and calls them md127, md126 …: the mounts fail, or take the wrong
#  array.
# custom:
#  id: PVE-STO-049
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Linux software RAID
#  equivalent: boot.swraid.mdadmConf
#  account: none
#  workaround: |
#   Write the UUID of the file system into fstab (`blkid -o value -s UUID
#   /dev/mdN`), or the name below /dev/disk/by-id (md-uuid-…). Or give
#   boot.swraid.mdadmConf the lines that `mdadm --detail --scan` prints.
#  test:
#   before: |
#    `grep /dev/md /etc/fstab /etc/crypttab` on PVE prints the lines.
#   after: |
#    `cat /proc/mdstat` and `findmnt` on the trial system show the same file
#    systems at the same places as on PVE.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man5/mdadm.conf.5.html
#   - https://search.nixos.org/options?query=boot.swraid.mdadmConf
package rules.storage.md_names

_number := `^/dev/md[0-9]`

_by_number[at] := f.file if {
	some i, f in input.storage.fstab
	regex.match(_number, f.spec)
	f.file != "/"
	at := sprintf("/storage/fstab/%d", [i])
}

_by_number[at] := e.name if {
	some i, e in input.storage.crypttab
	regex.match(_number, e.device)
	at := sprintf("/storage/crypttab/%d", [i])
}

findings contains {"at": sort(object.keys(_by_number)), "vars": {"places": concat(", ", sort([p | some p in _by_number]))}} if {
	count(_by_number) > 0
}
