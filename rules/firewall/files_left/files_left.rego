# METADATA
# scope: package
# title: Files of PVE's firewall that do nothing on this host stay behind
# description: |
#  Lines of PVE's firewall ({count}) filter nothing here: their switch is off, they are about
#  other nodes and guests that run there, or they are groups that no rule names. They lie in
#  the database behind /etc/pve, which the new system does not have. Nothing was closed by
#  them; but a group or a list of addresses that somebody keeps for later is gone with them.
# custom:
#  id: PVE-FW-018
#  kind: gap
#  category: configuration
#  severity: minor
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   Keep a copy with your notes (`tar -C /etc/pve -czf firewall.tgz firewall nodes`), and write
#   what is still meant into networking.nftables.tables.
#  test:
#   before: |
#    `pve-firewall status` prints disabled, or `pve-firewall compile` no chain of these lines.
#   after: |
#    `tar tzf firewall.tgz` prints the files on another machine, or nobody misses them.
#  phase: prepare
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.firewall.files_left

import data.rules.firewall.elsewhere
import data.rules.firewall.inactive

_lines := elsewhere.lines | inactive.lines

findings contains {"at": sort(_lines), "vars": {"count": count(_lines)}} if count(_lines) > 0
