# METADATA
# scope: package
# title: "The backup server is this host itself: {ids}"
# description: |
#  The storage {ids} is a Proxmox Backup Server that runs on this node. With
#  the host in conversion nothing can be restored. On NixOS the server has to
#  be set up anew, makes a new certificate, and then no longer has the
#  fingerprint that the storage asks for; datastores, users, tokens and keys
#  in /etc/proxmox-backup stay behind.
# custom:
#  id: PVE-BAK-009
#  kind: pitfall
#  category: service
#  severity: major
#  component: Proxmox Backup Server
#  equivalent: services.proxmox-backup
#  account: none
#  workaround: |
#   Sync the datastore to another machine first (`proxmox-backup-manager
#   sync-job`, or a second server that pulls). Copy /etc/proxmox-backup with
#   its owner backup, set services.proxmox-backup.enable of proxmox-nixos,
#   and mount the datastore at the same path.
#  test:
#   before: |
#    `proxmox-backup-manager datastore list` on PVE prints the datastores,
#    and `pvesm status` shows {ids} as active.
#   after: |
#    `proxmox-backup-manager cert info` on the trial system prints the
#    fingerprint of `pvesm config {first}`, and a backup can be restored
#    while this host is off.
#  phase: convert
#  sources:
#   - https://pbs.proxmox.com/docs/
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-backup/default.nix
package rules.backup.server_here

import data.lib.disks
import data.lib.here

_own[id] := s.at if {
	some id, s in disks.storages
	s.section.type == "pbs"
	s.properties.server.property.value in here.names
}

findings contains {"at": sort([at | some at in _own]), "vars": {"ids": concat(", ", sort(object.keys(_own))), "first": min(object.keys(_own))}} if {
	count(_own) > 0
}
