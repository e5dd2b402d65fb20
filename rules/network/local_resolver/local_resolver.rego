# METADATA
# scope: package
# title: The host asks a resolver on itself
# description: |
#  /etc/resolv.conf names {address}, an address that only the host itself answers.
#  The resolver behind it (dnsmasq, unbound, systemd-resolved, AdGuard, a logged-in
#  tailscaled) has to run on NixOS too and before the network is needed; else no
#  name is found, and NFS, PBS and corosync peers given by name are not reached.
# custom:
#  id: PVE-NET-024
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: name resolution
#  equivalent: services.resolved, services.unbound, services.dnsmasq
#  account: none
#  workaround: |
#   Set the same resolver up with its NixOS module, or put the servers that it asks
#   into networking.nameservers and leave it out.
#  test:
#   before: |
#    `ss -lunp 'sport = 53'` on PVE shows who answers.
#   after: |
#    `getent hosts deb.debian.org` works in the trial boot right after login.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.nameservers
#   - https://man7.org/linux/man-pages/man5/resolv.conf.5.html
#   - https://tailscale.com/kb/1381/what-is-quad100
package rules.network.local_resolver

import data.lib.network

findings contains {"at": [sprintf("/network/dns/nameservers/%d", [i])], "vars": {"address": p.value}} if {
	some i, p in input.network.dns.nameservers
	network.ip(p.value)
	_own(p.value)
}

_own(address) if network.loopback(address)

# Tailscale answers here on every machine of a tailnet, and nobody else does.
_own("100.100.100.100") := true
