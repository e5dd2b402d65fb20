# METADATA
# scope: package
# title: OSDs start only when their volumes are activated
# description: |
#  The OSDs {osds} are logical volumes that `ceph-volume lvm activate --all`
#  mounts and unlocks. On NixOS one unit does this before the OSDs; when it
#  fails (other LVM filter, missing keyring of bootstrap-osd, dm-crypt) the
#  OSDs stay down, and after ten minutes the cluster moves all their data.
# custom:
#  id: PVE-STO-021
#  kind: pitfall
#  category: service
#  severity: major
#  component: Ceph OSD
#  equivalent: services.proxmox-ve.ceph.osd, services.ceph.osd
#  account: none
#  workaround: |
#   `ceph osd set noout` before the conversion, convert one node at a time
#   from HEALTH_OK, and unset it only when all OSDs are up. Carry
#   /var/lib/ceph/bootstrap-osd and /etc/ceph.
#  test:
#   before: |
#    `ceph osd tree` shows the OSDs up.
#   after: |
#    On the trial system `systemctl status ceph-volume-all` has succeeded,
#    `ceph osd tree` shows them up, and `ceph -s` shows no misplaced objects.
#  phase: boot
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
#   - https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/
package rules.storage.ceph_osds

import data.lib.ceph

findings contains {"at": ["/storage/ceph/daemons"], "vars": {"osds": concat(", ", sort([sprintf("osd.%s", [id]) | some id in ceph.ids.osd]))}} if {
	count(ceph.ids.osd) > 0
}
