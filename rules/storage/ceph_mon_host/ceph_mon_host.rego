# METADATA
# scope: package
# title: ceph.conf names no monitors
# description: |
#  [global] of ceph.conf has no mon_host. Daemons and clients then look for
#  sections [mon.X] or ask DNS, which Debian's packages and old deployments
#  allow. What is started on NixOS, QEMU among it, reads the same file: a
#  daemon that finds no monitor waits for ever, and guests on RBD do not
#  start.
# custom:
#  id: PVE-STO-068
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Ceph
#  equivalent: services.ceph.global.monHost
#  account: none
#  workaround: |
#   Add `mon_host = ADDRESS ADDRESS ADDRESS` to [global] of
#   /etc/pve/ceph.conf with the addresses of `ceph mon dump`, and remove
#   addresses from sections [mon.X]. `ceph config generate-minimal-conf`
#   prints a right one.
#  test:
#   before: |
#    `grep mon_host /etc/pve/ceph.conf` on PVE prints nothing.
#   after: |
#    It prints the addresses of all monitors, and `ceph -s` answers on PVE
#    and on the trial system.
#  phase: boot
#  sources:
#   - https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.storage.ceph_mon_host

import data.lib.disks
import data.lib.facts

# A storage of another cluster names its monitors itself.
_used if count(input.storage.ceph.daemons) > 0

_used if {
	some s in disks.storages
	s.section.type in {"cephfs", "rbd"}
	not s.properties.monhost
}

_named if {
	some p in input.storage.ceph.config
	regex.match(`^global\.mon[_ -]host$`, p.key)
}

findings contains {"at": ["/storage/ceph/config"], "vars": {}} if {
	"storage.ceph" in facts.known
	count(input.storage.ceph.config) > 0
	_used
	not _named
}
