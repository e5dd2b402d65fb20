# METADATA
# scope: package
# title: Graphs of the past stay on PVE's root
# description: |
#  The graphs of node, storages and guests come from files below /var/lib/rrdcached/db,
#  outside of the cluster database. They are not taken over, so all graphs begin with the
#  trial boot. That is when one wants to compare the load of before and after. PVE 9 writes
#  another, finer format; files of PVE 8 and earlier are read only as long as no new file of
#  the guest is there.
# custom:
#  id: PVE-MET-004
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: RRD graphs
#  account: none
#  workaround: |
#   Copy them with the service stopped on both sides (`rsync -a /mnt/var/lib/rrdcached/db/
#   /var/lib/rrdcached/db/`), or keep an archive and read it with `rrdtool fetch`. For a
#   comparison over the conversion use an external metric server.
#  test:
#   before: |
#    `ls /var/lib/rrdcached/db/*` on PVE prints files for the node and each guest.
#   after: |
#    `pvesh get /nodes/NODE/rrddata --timeframe week` on the new system prints values from
#    before the conversion.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/pmxcfs/status.c
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/rrdcached.nix
package rules.metrics.history

import data.lib.facts

findings contains {"at": [facts.packages.rrdcached.at], "vars": {}} if {
	facts.packages["pve-manager"]
	count(facts.guests) > 0
}
