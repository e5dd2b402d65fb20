# METADATA
# scope: package
# title: OSDs and monitors wait for the commit
# description: |
#  An OSD of a newer Ceph may change the form of what is on its disk, and a monitor
#  promises to keep what it has heard: neither is taken back by a fallback. Until a
#  trial is committed the volumes of OSDs are those that PVE left, and the cluster
#  goes on with the daemons of the other hosts.
# custom:
#  sources:
#   - https://docs.ceph.com/en/latest/cephadm/upgrade/
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rules.conversion.guard_stores

import data.lib.waits

settings contains {"at": waits.stores_at, "option": ["systemd", "services", unit, "unitConfig", "ConditionPathExists"], "value": waits.condition} if {
	some unit in waits.stores
}
