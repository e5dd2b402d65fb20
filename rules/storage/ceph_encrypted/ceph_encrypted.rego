# METADATA
# scope: package
# title: "Encrypted OSDs are not opened: {osds}"
# description: |
#  These OSDs are on dm-crypt. ceph-volume fetches their key from the
#  monitors and opens them with the program cryptsetup, which is not in the
#  path of the unit ceph-volume-all of proxmox-nixos (it has lvm2 and
#  util-linux). The activation stops at the first of them, so OSDs that are
#  not encrypted stay down as well.
# custom:
#  id: PVE-STO-076
#  kind: gap
#  category: service
#  severity: major
#  component: Ceph OSD
#  equivalent: systemd.services.ceph-volume-all.path
#  account: none
#  workaround: |
#   systemd.services.ceph-volume-all.path = [ pkgs.cryptsetup ]; and keep
#   /var/lib/ceph/bootstrap-osd, whose key may ask for the passphrase.
#  test:
#   before: |
#    `lvs -o lv_tags | grep ceph.encrypted=1` on PVE prints the volumes.
#   after: |
#    `systemctl status ceph-volume-all` on the trial system shows success,
#    and `ceph osd tree` has {osds} up.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
#   - https://docs.ceph.com/en/latest/ceph-volume/lvm/encryption/
package rules.storage.ceph_encrypted

_encrypted := [i | some i, o in input.storage.ceph.osds; o.encrypted]

findings contains {"at": sort([sprintf("/storage/ceph/osds/%d", [i]) | some i in _encrypted]), "vars": {"osds": concat(", ", sort([sprintf("osd.%d", [input.storage.ceph.osds[i].id]) | some i in _encrypted]))}} if {
	count(_encrypted) > 0
}
