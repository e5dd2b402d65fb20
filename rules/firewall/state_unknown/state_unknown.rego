# METADATA
# scope: package
# title: Whether the host has a firewall is unknown
# description: |
#  /etc/pve/firewall could not be read (the database of the cluster was not mounted
#  and not in the capture), so that nobody knows whether this host was protected
#  by PVE's firewall. No filter is set up: a host that had one is open after the
#  conversion.
# custom:
#  id: PVE-FW-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Capture on the running host, or give the capture /var/lib/pve-cluster/config.db. If that
#   is not possible, set networking.firewall.enable = true with 22 and what the host serves
#   open; where PVE stays that is 3128, 8006, 5900-5999 and 60000-60050/tcp and 5404-5412/udp.
#  test:
#   before: |
#    `pve-firewall status` on PVE says what the snapshot does not.
#   after: |
#    The capture lists network.firewall as known, or `nft list ruleset` in
#    the trial boot prints the filter that you set.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.state_unknown

import data.lib.facts
import data.lib.firewall
import data.lib.network

findings contains {"at": [], "vars": {}} if {
	not firewall.read
	_concerned
}

_concerned if count(network.interfaces) > 0

# The network may be as unknown as its filter.
_concerned if facts.packages["pve-firewall"]
