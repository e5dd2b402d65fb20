# METADATA
# scope: package
# title: Nothing keeps the clock of a cluster node right
# description: |
#  No time daemon runs on this host, which is a member of a cluster. NixOS starts
#  systemd-timesyncd with servers on the Internet; where those cannot be reached the clock
#  drifts: Ceph reports skew, backups and logs have wrong times, and where PVE stays corosync
#  drops the node and tickets of other nodes are refused.
# custom:
#  id: PVE-SYS-005
#  kind: pitfall
#  category: service
#  severity: major
#  component: clock
#  equivalent: services.chrony
#  account: none
#  workaround: |
#   Choose servers that all nodes reach, set services.chrony.enable and
#   services.chrony.servers, and do the same on the PVE nodes with `apt
#   install chrony`.
#  test:
#   before: |
#    `timedatectl` on PVE prints `System clock synchronized: no`.
#   after: |
#    `chronyc tracking` on the trial system shows a stratum below 16, and
#    `date` on all nodes agrees within a second.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html
#   - https://search.nixos.org/options?query=services.timesyncd
package rules.system.time_unsynchronised

import data.lib.facts
import data.lib.pve

_daemons := {"chrony.service", "chronyd.service", "ntp.service", "ntpsec.service", "openntpd.service", "systemd-timesyncd.service"}

_programs := {"chrony", "ntp", "ntpsec", "openntpd", "systemd-timesyncd"}

_none if {
	"units" in facts.known
	count(_daemons & facts.in_use) == 0
}

# The units of a tree are not all there is; what is not installed does not run.
_none if {
	"packages" in facts.known
	count(facts.packages) > 0
	count(_daemons & facts.in_use) == 0
	count({name | some name in _programs; facts.packages[name]}) == 0
}

findings contains {"at": [], "vars": {"nodes": count(input.cluster.nodes)}} if {
	pve.clustered
	_none
	not input.system.clock.synchronized
}
