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
#   The bridge gives the unit the program
#   (systemd.services.ceph-volume-all.path = [ pkgs.cryptsetup ]). The key
#   itself comes from the monitors: they have to be in quorum first.
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

_at := sort([sprintf("/storage/ceph/osds/%d", [i]) | some i in _encrypted])

findings contains {"at": _at, "vars": {"osds": concat(", ", sort([sprintf("osd.%d", [input.storage.ceph.osds[i].id]) | some i in _encrypted]))}} if {
	count(_encrypted) > 0
}

bridges contains {"at": _at, "bridge": "storage", "params": {"unit": "ceph-volume-all.service", "closes": ["PVE-STO-076"]}} if count(_encrypted) > 0

settings contains {"at": _at, "option": ["systemd", "services", "ceph-volume-all", "path"], "value": [{"_ref": ["pkgs", "cryptsetup"]}]} if count(_encrypted) > 0
