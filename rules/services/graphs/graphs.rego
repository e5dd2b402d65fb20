# METADATA
# scope: package
# title: The graphs of the past are empty after the conversion
# description: |
#  PVE {version} keeps the load of node, guests and storages in /var/lib/rrdcached/db. The
#  files are not carried, and rrdcached of proxmox-nixos begins with an empty directory: the
#  graphs of the last year are gone, also those by which somebody plans memory and disks.
# custom:
#  id: PVE-SVC-009
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: rrdcached
#  account: none
#  workaround: |
#   Stop rrdcached on PVE (`systemctl stop rrdcached`) and copy /var/lib/rrdcached/db to the
#   new root before the first start there. Files of PVE 9 (pve-node-9.0, pve-vm-9.0) have
#   another layout than those of 8: where the versions differ, keep a copy and a note, or
#   send values to a metric server from now on.
#  test:
#   before: |
#    `ls /var/lib/rrdcached/db` on PVE lists pve2-node, pve2-vm, or pve-node-9.0.
#   after: |
#    It lists the same on the trial system, and the graph of the node for `Year (average)`
#    is not empty.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://github.com/SaumonNet/proxmox-nixos/tree/main/modules/proxmox-ve
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#external_metric_server
package rules.services.graphs

import data.lib.facts

findings contains {"at": [facts.units["rrdcached.service"].at], "vars": {"version": input.host.pve_version}} if {
	data.target == "proxmox"
	"rrdcached.service" in facts.in_use
}
