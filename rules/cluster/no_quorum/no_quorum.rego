# METADATA
# scope: package
# title: The cluster has no quorum
# description: |
#  This node sees no majority of votes. /etc/pve is read-only: nothing that the conversion
#  asks for beforehand can be changed, from corosync.conf to the guests that should be moved
#  away. Guests that run go on, but none can be started: after the reboot that the conversion
#  brings, none of this node's guests comes up, on Debian or on NixOS.
# custom:
#  id: PVE-CLU-018
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: quorum
#  account: none
#  workaround: |
#   Bring back the missing nodes, or remove those that are gone for good: `pvecm expected 1`
#   on the node that stays, then `pvecm delnode NAME`. Do not convert before `pvecm status`
#   prints "Quorate: Yes", and capture again.
#  test:
#   before: |
#    `pvecm status` prints "Quorate: No" or "Activity blocked".
#   after: |
#    `pvecm status` prints "Quorate: Yes", and `touch /etc/pve/test && rm /etc/pve/test`
#    works.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.cluster.no_quorum

findings contains {"at": ["/cluster/quorate"], "vars": {}} if input.cluster.quorate == false
