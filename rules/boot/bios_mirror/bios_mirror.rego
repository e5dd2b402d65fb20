# METADATA
# scope: package
# title: GRUB has to lie on each disk of the root pool
# description: |
#  The machine starts by BIOS from the pool {pool}, which has {count} disks, and PVE keeps a
#  GRUB on each. NixOS writes GRUB to the disks that are named to it and to no other. Named
#  by /dev/sda they change places when a disk is pulled; when only one is named, its failure
#  leaves a machine that does not start although the mirror is whole.
# custom:
#  id: PVE-BOOT-023
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: GRUB on BIOS
#  equivalent: boot.loader.grub.devices
#  account: none
#  workaround: |
#   After the commit set boot.loader.grub.devices = [ "/dev/disk/by-id/…" … ] with each
#   whole disk of {pool} by its id (not the partition), and add a disk there whenever you
#   replace one.
#  test:
#   before: |
#    `for d in /dev/sd?; do dd if=$d bs=512 count=1 2>/dev/null | grep -c GRUB; done` on PVE
#    prints 1 for each disk of the pool.
#   after: |
#    It prints 1 for each after `nixos-rebuild boot --install-bootloader`, and the machine
#    starts with each disk pulled in turn.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=boot.loader.grub.devices
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.bios_mirror

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": p.name, "count": count(members)}} if {
	input.hardware.firmware.kind == "bios"
	some i, p in input.storage.zfs_pools
	p.root
	members := [d.name |
		some j, d in p.devices
		startswith(d.name, "/dev/")
		j < _end(p.devices)
	]
	count(members) > 1
}

# Where the devices begin that hold no data of the pool, or that nothing starts from.
_end(devices) := min(array.concat([count(devices)], [j |
	some j, d in devices
	d.name in {"cache", "dedup", "logs", "spares", "special"}
]))
