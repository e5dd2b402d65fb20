# METADATA
# scope: package
# title: ifupdown2 does not bring up this host's network
# description: |
#  networking.service is switched off ({state}), so that nothing acts on
#  /etc/network/interfaces at boot: netplan, systemd-networkd, NetworkManager or a
#  script gives this host its network. The new network is made of the {count}
#  interfaces of that file. Where the file is a leftover, the host comes up with the
#  wrong addresses or none.
# custom:
#  id: PVE-NET-058
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: network configuration
#  equivalent: systemd.network
#  account: none
#  workaround: |
#   Compare /etc/network/interfaces with what the host has (ip -br addr, ip route).
#   Make the file true, switch networking.service on, reboot PVE and capture again; or
#   write systemd.network.networks by hand in an overlay.
#  test:
#   before: |
#    `systemctl is-enabled networking` on PVE prints disabled or masked.
#   after: |
#    `ifquery --check -a` on PVE prints no difference, and `ip -br addr` the same on
#    PVE and in the trial boot.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://manpages.debian.org/trixie/ifupdown2/ifup.8.en.html
package rules.network.ifupdown_off

import data.lib.facts
import data.lib.network

findings contains {"at": [unit.at], "vars": {"state": state, "count": count(names)}} if {
	unit := facts.units["networking.service"]
	state := unit.unit.file_state
	state in {"disabled", "masked", "masked-runtime"}
	not "networking.service" in facts.in_use
	names := {name | some name, n in network.interfaces; n.kind != "loopback"}
	count(names) > 0
}
