# METADATA
# scope: package
# title: Firewalls of guests as an nftables table
# description: |
#  Says what PVE's firewall lets guests send and receive as one table of family
#  bridge, with chains for each network card that is filtered, and keeps the
#  names of their devices on the host as PVE has them. A guest of whose firewall
#  a part has no words stays out of it as a whole.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://git.proxmox.com/?p=pve-firewall.git
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
#   - https://libvirt.org/formatdomain.html#overriding-the-target-element
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://github.com/NixOS/nixpkgs/pull/380686
package rules.firewall.guest_tables

import data.lib.domains
import data.lib.firewall
import data.lib.guestfilters
import data.lib.incus
import data.lib.release

_at := sort(guestfilters.nodes(guestfilters.translated))

settings contains {"at": _at, "option": option, "value": value} if {
	guestfilters.content
	some [option, value] in [
		[["networking", "nftables", "enable"], true],
		[["networking", "nftables", "tables", "pve-guests", "family"], "bridge"],
		[["networking", "nftables", "tables", "pve-guests", "content"], guestfilters.content],
	]
}

# The kernel that checks rules while 24.11 is built knows no bridges.
settings contains {"at": _at, "option": ["networking", "nftables", "preCheckRuleset"], "value": firewall.as_inet} if {
	guestfilters.content
	release.current == "24.11"
}

parts contains {
	"at": [guestfilters.cards[f.guest][f.key].at],
	"document": domains.document(to_number(f.guest)),
	"path": ["devices", "interfaces", f.key],
	"value": {"target": {"dev": f.device}},
} if {
	data.target == "libvirt"
	some f in guestfilters.filtered
	domains.list[to_number(f.guest)]
}

parts contains incus.device(to_number(f.guest), [guestfilters.cards[f.guest][f.key].at], f.key, {"host_name": f.device}) if {
	data.target == "incus"
	some f in guestfilters.filtered
}
