# METADATA
# scope: package
# title: "The host mounts its own share: {ids}"
# description: |
#  The server of the storage {ids} is this host itself. At boot the mount waits for an export
#  that NixOS does not serve before its server is set up; at shutdown the server is gone
#  before the mount, and the host hangs until it is switched off, which in a trial costs the
#  time limit. Under memory pressure client and server wait for each other.
# custom:
#  id: PVE-STO-054
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: NFS and CIFS storage
#  account: none
#  workaround: |
#   Replace the storage by one of type dir on the same directory (`pvesm add
#   dir NAME --path PATH --is_mountpoint 1 --shared 0`); on other nodes the
#   network storage stays, with `nodes` set to them. Volume names change with
#   the storage, so rename it in the guests' configurations.
#  test:
#   before: |
#    `pvesm config {first}` on PVE prints a server, and `ip -brief address`
#    lists it.
#   after: |
#    `findmnt -t nfs,nfs4,cifs` on the trial system shows no mount from an
#    address of its own, and a reboot takes no longer than before.
#  phase: run
#  sources:
#   - https://man7.org/linux/man-pages/man5/nfs.5.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.own_share

import data.lib.disks
import data.lib.here

_own[id] := s.at if {
	some id, s in disks.storages
	s.section.type in {"cifs", "nfs"}
	s.properties.server.property.value in here.names
}

findings contains {"at": sort([at | some at in _own]), "vars": {"ids": concat(", ", sort(object.keys(_own))), "first": min(object.keys(_own))}} if {
	count(_own) > 0
}
