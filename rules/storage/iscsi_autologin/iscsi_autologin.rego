# METADATA
# scope: package
# title: Nobody logs in to the iSCSI targets at boot
# description: |
#  The initiator of Debian logs in to these targets by itself when the host
#  starts: {targets}. On NixOS it does not, unless it is told to, and without
#  an iSCSI storage of PVE it is not even started. Volume groups, mounts and
#  pools on the LUNs are missing, and units that wait for them fail.
# custom:
#  id: PVE-STO-052
#  kind: gap
#  category: service
#  severity: major
#  component: iSCSI
#  equivalent: services.openiscsi.enableAutoLoginOut
#  account: none
#  workaround: |
#   Set services.openiscsi.enable, services.openiscsi.name as in
#   /etc/iscsi/initiatorname.iscsi, services.openiscsi.enableAutoLoginOut and
#   services.openiscsi.discoverPortal. It takes one portal: with several
#   targets keep /etc/iscsi/nodes, whose records are used as they are.
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

findings contains {"at": sort([sprintf("/storage/iscsi/nodes/%d", [i]) | some i in _automatic]), "vars": {"targets": concat(", ", sort({input.storage.iscsi.nodes[i].target | some i in _automatic}))}} if {
	count(_automatic) > 0
}
