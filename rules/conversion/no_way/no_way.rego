# METADATA
# scope: package
# title: "There is no way to convert this host: {why}"
# description: |
#  A plan needs a place for the new root and a way to start it once. From the facts of this
#  host there is none: {why}. The plan has no steps.
# custom:
#  id: PVE-CNV-015
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: conversion
#  account: none
#  inhibits: refuse
#  workaround: |
#   Where something is not known, capture on the running host as root, with the tools of its
#   storage installed (`lvm2`, `zfsutils-linux`, `util-linux`); `jq .capture.areas
#   snapshot.json` names the areas that are unknown. Where the host is built in another way,
#   convert by hand along the configuration that was made: it builds without a plan.
#  test:
#   before: |
#    `jq '.hosts[].steps | length' plan.json` prints 0.
#   after: |
#    `jq '.hosts[].steps | length' plan.json` prints the number of steps.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-installation.html#advanced_lvm_options
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.conversion.no_way

import data.lib.bootpath
import data.lib.disks
import data.lib.sideroot

_reasons contains sprintf("the data sets of the pool %s are not arranged as PVE's installer does it", [disks.root.pool]) if {
	disks.root.kind == "zfs"
	not sideroot.parent
}

_reasons contains sprintf("how much is free in the pool %s is not known", [disks.root.pool]) if {
	sideroot.parent
	not sideroot.zpool.free_bytes
}

_reasons contains sprintf("how much is free in the group %s and its thin pool is not known", [disks.root.group]) if {
	disks.root.kind == "lvm"
	sideroot.layout.kind == "none"
	not _measured
}

_reasons contains "how much is free in the btrfs of its root is not known" if {
	disks.root.kind == "btrfs"
	not sideroot.btrfs_free
}

# What is full is told by the rules about room.
_measured if {
	sideroot.group.size_bytes
	not sideroot.pool
}

_measured if sideroot.pool.data_percent >= 0

_reasons contains "what its root lies on is not known" if disks.root.kind == "unknown"

_reasons contains "its firmware is not known" if not input.hardware.firmware.kind

_reasons contains "its boot loader is neither GRUB nor systemd-boot as Proxmox VE has it" if not _loader

_loader if input.system.boot.loader == "grub"

_loader if {
	input.system.boot.loader == "systemd-boot"
	object.get(input.hardware.firmware, "kind", "uefi") == "uefi"
}

_reasons contains "no EFI system partition of it is known" if {
	input.hardware.firmware.kind
	_loader
	count(bootpath.uuids) == 0
}

_reasons contains "the GUID of its EFI system partition is not known" if {
	input.hardware.firmware.kind
	_loader
	bootpath.path.kind == "none"
	count(bootpath.uuids) > 0
}

inhibits contains {"at": array.concat(bootpath.at, sideroot.at), "vars": {"why": concat("; ", sort(_reasons))}} if count(_reasons) > 0
