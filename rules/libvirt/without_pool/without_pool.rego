# METADATA
# scope: package
# title: Storages of images are no pools of libvirt
# description: |
#  The storages {storages} hold images, and libvirt of nixpkgs is built without
#  support for their kind, or their place has a form that no pool can name. A
#  volume group that other hosts have as well is none either: a pool would switch
#  on all volumes in it. Disks of domains name their images by address or path and
#  do not need a pool; virsh and virt-manager neither list nor make volumes there.
# custom:
#  id: PVE-LV-010
#  kind: gap
#  category: feature
#  severity: minor
#  component: storage pools
#  account: review
#  workaround: |
#   Make and list volumes with the tools of the storage (`rbd ls POOL`, `rbd
#   create`, `lvs`, `lvcreate`), and name them in the disk of the domain.
#  test:
#   before: |
#    `pvesm list STORAGE` on PVE lists the volumes.
#   after: |
#    `rbd ls POOL` or the tool of the storage lists them on the trial system;
#    `virsh pool-list` does not.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/storage.html
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/development/libraries/libvirt/default.nix
package rules.libvirt.without_pool

import data.lib.libvirtpools

_storages[id] := s.at if {
	some id, s in libvirtpools.without
	not _beside(s)
}

# Of several storages in one volume group one is a pool.
_beside(s) if {
	s.section.type in {"lvm", "lvmthin"}
	some pool in libvirtpools.list
	pool.source.name == s.properties.vgname.property.value
}

findings contains {"at": sort([at | some at in _storages]), "vars": {"storages": concat(", ", sort(object.keys(_storages)))}} if count(_storages) > 0
