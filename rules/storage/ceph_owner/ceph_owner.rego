# METADATA
# scope: package
# title: Files of Ceph belong to an id that NixOS does not use
# description: |
#  On Debian the user ceph has the id {uid}, on NixOS 288. Data directories,
#  keyrings and journals that are copied or mounted belong to an unknown
#  user there; monitors and OSDs stop at start with permission denied.
# custom:
#  id: PVE-STO-023
#  kind: pitfall
#  category: service
#  severity: major
#  component: Ceph
#  equivalent: users.users.ceph.uid
#  account: none
#  workaround: |
#   Run `chown -R ceph:ceph /var/lib/ceph /etc/ceph` in the new root after
#   the copy. The block devices of OSDs get their owner from ceph-volume.
#   PVE's own root is not touched.
#  test:
#   before: |
#    `stat -c %u /var/lib/ceph` on PVE prints {uid}.
#   after: |
#    `stat -c %U /var/lib/ceph/mon/*` on the trial system prints ceph, and
#    `journalctl -u "ceph-*"` has no permission denied.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/misc/ids.nix
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
package rules.storage.ceph_owner

findings contains {"at": [sprintf("/system/users/%d", [i])], "vars": {"uid": u.uid}} if {
	count(input.storage.ceph.daemons) > 0
	some i, u in input.system.users
	u.name == "ceph"
	u.uid != data.catalog.os_ids["user/ceph"]
}
