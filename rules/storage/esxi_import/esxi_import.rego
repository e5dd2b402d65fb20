# METADATA
# scope: package
# title: "Machines can no longer be imported from ESXi: storage {ids}"
# description: |
#  The storage {ids} shows the machines of an ESXi host through a FUSE
#  program of PVE (pve-esxi-import-tools). proxmox-nixos does not package it,
#  so the storage cannot be activated and the import wizard shows nothing.
# custom:
#  id: PVE-STO-063
#  kind: gap
#  category: feature
#  severity: minor
#  component: import from ESXi
#  account: none
#  workaround: |
#   Import what is still there before the conversion, or leave the import to
#   a node that stays on PVE. Afterwards `pvesm remove NAME`. From NixOS
#   machines can be fetched with virt-v2v.
#  test:
#   before: |
#    `pvesm list {first}` on PVE lists the machines of the ESXi host.
#   after: |
#    `qm list` lists all that were to be imported, and `pvesm status` on the
#    trial system prints no storage of type esxi.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Migrate_to_Proxmox_VE
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-storage/default.nix
package rules.storage.esxi_import

import data.lib.disks

_sources[id] := s.at if {
	some id, s in disks.storages
	s.section.type == "esxi"
}

findings contains {"at": sort([at | some at in _sources]), "vars": {"ids": concat(", ", sort(object.keys(_sources))), "first": min(object.keys(_sources))}} if {
	count(_sources) > 0
}
