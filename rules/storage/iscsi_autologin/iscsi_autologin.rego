# METADATA
# scope: package
# title: Nobody logs in to the iSCSI targets at boot
# description: |
#  The initiator of Debian logs in to these targets by itself when the host
#  starts: {targets}. On NixOS nothing does unless it is told to: volume
#  groups, mounts and pools on the LUNs are missing, and units that wait for
#  them fail.
# custom:
#  id: PVE-STO-052
#  kind: gap
#  category: service
#  severity: major
#  component: iSCSI
#  equivalent: systemd.services.iscsi.wantedBy
#  account: none
#  workaround: |
#   The bridge copies the records below /etc/iscsi/nodes, passwords included,
#   and starts the login (systemd.services.iscsi.wantedBy = [
#   "remote-fs.target" ]). Where the name of the initiator is not known, set
#   services.openiscsi.enable and services.openiscsi.name as in
#   /etc/iscsi/initiatorname.iscsi, and do the same.
#  test:
#   before: |
#    `iscsiadm -m node -o show | grep node.startup` on PVE prints automatic,
#    and `iscsiadm -m session` lists the targets.
#   after: |
#    `iscsiadm -m session` on the trial system lists {targets} after a
#    reboot, before any guest was started.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/services/networking/iscsi/initiator.nix
#   - https://pve.proxmox.com/wiki/Storage:_iSCSI
package rules.storage.iscsi_autologin

_automatic := [i |
	some i, n in input.storage.iscsi.nodes
	n.startup in {"automatic", "onboot"}
]

_at := sort([sprintf("/storage/iscsi/nodes/%d", [i]) | some i in _automatic])

findings contains {"at": _at, "vars": {"targets": concat(", ", sort({input.storage.iscsi.nodes[i].target | some i in _automatic}))}} if {
	count(_automatic) > 0
}

# Without a name the initiator is not started.
_kept if {
	count(_automatic) > 0
	regex.match(`^(iqn|eui|naa)\.[A-Za-z0-9.:_-]{1,220}$`, input.storage.iscsi.initiator_name)
}

bridges contains {"at": _at, "bridge": "storage", "params": {"unit": "iscsi.service"}} if _kept

# The unit of the package logs in to records that say automatic. enableAutoLoginOut would make each new record one of them,
# those of PVE's storages too.
settings contains {"at": _at, "option": ["systemd", "services", "iscsi", "wantedBy"], "value": ["remote-fs.target"]} if _kept

carries contains {"at": _at, "path": "/etc/iscsi/nodes", "to": "/etc/iscsi/nodes", "mode": "0600", "secret": true} if _kept

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "iscsi.service"}, "required": false} if _kept
