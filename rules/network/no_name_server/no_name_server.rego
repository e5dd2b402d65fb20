# METADATA
# scope: package
# title: The host has no name server
# description: |
#  /etc/resolv.conf of PVE names no server and no interface takes one from DHCP.
#  systemd-resolved of NixOS then asks its built-in fallback servers at Cloudflare
#  and Google: what failed on PVE goes out to them, names of the inside included, and
#  hosts without a way out wait for them at each lookup.
# custom:
#  id: PVE-NET-049
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: name resolution
#  equivalent: networking.nameservers
#  account: none
#  workaround: |
#   Set the servers in the DNS panel of the node and capture again, or
#   networking.nameservers. To have none, set services.resolved.enable = false or
#   services.resolved.fallbackDns = [ ].
#  test:
#   before: |
#    `cat /etc/resolv.conf` on PVE prints no line with nameserver.
#   after: |
#    `resolvectl status` in the trial boot prints your servers and no Fallback DNS
#    Servers, or `systemctl is-enabled systemd-resolved` disabled.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/resolved.conf.html#FallbackDNS=
#   - https://search.nixos.org/options?query=services.resolved.fallbackDns
package rules.network.no_name_server

import data.lib.facts
import data.lib.network

findings contains {"at": [], "vars": {}} if {
	"network.dns" in facts.known
	count(input.network.dns.nameservers) == 0
	count(network.dhcp) == 0
	count(network.networks) > 0
}
