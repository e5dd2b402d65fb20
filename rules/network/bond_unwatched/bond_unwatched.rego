# METADATA
# scope: package
# title: A bond does not notice a dead link
# description: |
#  {bonds} has no bond-miimon and no ARP targets. In its mode the kernel then never
#  looks at the links: with a pulled cable or a switch that reboots, the bond goes on
#  sending into the dead port. The conversion keeps it as it is, and a trial boot
#  with one cable in the wrong port is where it shows.
# custom:
#  id: PVE-NET-045
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: bonds
#  equivalent: systemd.network.netdevs.<name>.bondConfig.MIIMonitorSec
#  account: none
#  workaround: |
#   Set bond-miimon 100 on PVE (Network, Edit, Apply Configuration) and capture again;
#   or bondConfig.MIIMonitorSec = "100ms" of systemd.network.netdevs.
#  test:
#   before: |
#    `grep "MII Polling" /proc/net/bonding/BOND` on PVE prints MII Polling Interval
#    (ms): 0.
#   after: |
#    `grep "MII Polling" /proc/net/bonding/BOND` prints 100 in the trial boot, and
#    `ping GATEWAY` goes on while one cable is out.
#  phase: run
#  sources:
#   - https://docs.kernel.org/networking/bonding.html
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.bond_unwatched

import data.lib.network

# The kernel forces the others to look every 100 ms.
_modes := {"balance-rr", "active-backup", "balance-xor", "broadcast"}

_bonds := {name |
	some name, n in network.interfaces
	n.kind == "bond"
	n.bond_mode in _modes
	count(network.members[name]) > 1
	not _watched(name)
}

_watched(name) if network.number(network.value(name, "bond-miimon"), 1, 4294967295)

_watched(name) if network.number(network.value(name, "bond-arp-interval"), 1, 4294967295)

_watched(name) if network.links[name].bond.miimon_milliseconds > 0

findings contains {"at": sort([network.interfaces[name].at | some name in _bonds]), "vars": {"bonds": concat(", ", sort(_bonds))}} if {
	count(_bonds) > 0
}
