# METADATA
# scope: package
# title: What PVE's firewall filters, without its programs
# description: |
#  Where all that pve-firewall and proxmox-firewall filter now stands in tables of
#  nftables, and where they filter nothing, the new host filters the same without them.
#  A change in the firewall panel reaches the tables with a new configuration only.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.firewall.programs

import data.lib.facts
import data.lib.firewall
import data.lib.guestfilters
import data.rules.firewall.host_rules
import data.rules.firewall.vnet_rules

_names := {"pve-firewall", "proxmox-firewall"}

_at := sort({facts.packages[name].at | some name in _names} | {facts.units[sprintf("%s.service", [name])].at | some name in _names})

_whole if {
	count(_at) > 0
	firewall.read
	_host
	count(guestfilters.lost) == 0
	count(vnet_rules.findings) == 0
}

_host if host_rules.translated

_host if not firewall.on

bridges contains {"at": [at], "bridge": "firewall", "params": {"programs": "tables of nftables"}} if {
	_whole
	some at in _at
}

# The filter that NixOS has by itself would be one more.
settings contains {"at": _at, "option": ["networking", "firewall", "enable"], "value": false} if _whole
