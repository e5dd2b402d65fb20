# METADATA
# scope: package
# title: "The backup server is this host itself: {ids}"
# description: |
#  The storage {ids} is a Proxmox Backup Server that runs on this node, and
#  no package of it exists for NixOS. It can go on in the clone of the old root, where
#  its datastores are on file systems of their own and the root can be cloned. Else
#  nothing can be backed up or restored through {ids} after the conversion; a server
#  that is set up elsewhere makes a new certificate, so the fingerprint of the storage
#  no longer fits, and datastores, users, tokens and keys in /etc/proxmox-backup stay
#  behind.
# custom:
#  id: PVE-BAK-009
#  kind: gap
#  category: service
#  severity: major
#  component: Proxmox Backup Server
#  equivalent: proxmox-backup-client
#  account: none
#  bridge: companion
#  workaround: |
#   A datastore within the root of Proxmox VE: move it to a disk or a data set of its own
#   that fstab or ZFS mounts, change its path in /etc/proxmox-backup/datastore.cfg, capture
#   again. Or, before the conversion, set up a server on another machine, or in a virtual
#   machine that is given the disk of the datastore, and let it pull the
#   datastore (a remote and a sync job). Copy /etc/proxmox-backup there, or
#   create the tokens anew, and point the storage to it: `pvesm set {first}
#   --server ADDRESS --fingerprint FINGERPRINT`.
#  test:
#   before: |
#    `proxmox-backup-manager datastore list` on PVE prints the datastores,
#    and `pvesm status` shows {ids} as active.
#   after: |
#    `proxmox-backup-client snapshot list --repository USER@REALM@ADDRESS:DATASTORE` on the
#    trial system lists the old backups, on this host or on the server elsewhere.
#  phase: convert
#  sources:
#   - https://pbs.proxmox.com/docs/
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/default.nix
package rules.backup.server_here

import data.lib.companion
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

# Backups that nobody can write are noticed here, not when one is wanted.
checks contains {"at": sort([at | some at in _own]), "check": "port-listening", "params": {"port": 8007}, "required": true} if {
	companion.exists
	count(_own) > 0
	companion.units["proxmox-backup-proxy.service"]
}
