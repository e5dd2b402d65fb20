# METADATA
# scope: package
# title: ceph.conf is empty and Ceph has daemons here
# description: |
#  {daemons} have their data on this host, but ceph.conf says nothing. They
#  run on what they were started with. NixOS starts them anew from the file:
#  without the id of the cluster and its monitors none of them comes back.
# custom:
#  id: PVE-STO-071
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Ceph
#  account: none
#  workaround: |
#   Write /etc/pve/ceph.conf again while a monitor still runs: `ceph config
#   generate-minimal-conf`, with public_network and cluster_network. Copies
#   may be in the database of another node or in a backup.
#  test:
#   before: |
#    `wc -c /etc/pve/ceph.conf` on PVE prints 0, and `systemctl list-units
#    "ceph-*"` shows running daemons.
#   after: |
#    `ceph -s` answers after `systemctl restart ceph.target` on PVE.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.storage.ceph_empty

import data.lib.facts

findings contains {"at": ["/storage/ceph/daemons"], "vars": {"daemons": concat(", ", sort(input.storage.ceph.daemons))}} if {
	"storage.ceph" in facts.known
	count(input.storage.ceph.daemons) > 0
	count(input.storage.ceph.config) == 0
}
