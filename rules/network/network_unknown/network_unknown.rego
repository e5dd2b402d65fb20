# METADATA
# scope: package
# title: The network configuration could not be read
# description: |
#  /etc/network/interfaces was not captured, or no interface in it has a
#  translation. The configuration for NixOS then holds no network: the new
#  system asks every card for an address by DHCP, has no bridge, and the host is
#  not found at its address.
# custom:
#  id: PVE-NET-001
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: network configuration
#  equivalent: systemd.network
#  account: none
#  workaround: |
#   Capture again as root on the running host, so that /etc/network is readable.
#   If the host is configured by something else (NetworkManager, cloud-init,
#   systemd-networkd), write systemd.network.netdevs and systemd.network.networks
#   by hand in an overlay and check them against `ip -d addr`.
#  test:
#   before: |
#    `jq '.network.interfaces[].name' snapshot.json` prints nothing but "lo".
#   after: |
#    `networkctl list` in the trial boot prints the management interface as
#    routable.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://search.nixos.org/options?query=networking.useDHCP
package rules.network.network_unknown

import data.lib.network

findings contains {"at": [], "vars": {}} if {
	count([name |
		some name, n in network.interfaces
		n.kind != "loopback"
	]) == 0
}
