# METADATA
# scope: package
# title: A tunnel runs commands when it comes up
# description: |
#  {tunnels} runs {count} commands with PostUp, PreUp or their like, the first is
#  {example}. They set what the tunnel is for: forwarding, masquerading, routes. On
#  NixOS they run from the same file, with programs that are known (iptables, ip,
#  nft, sysctl, tc, wg, ethtool); a tunnel with any other command, or with words of a
#  shell in it, is not started, since a command that fails takes it down. Rules of
#  iptables stand beside tables of nftables, where a drop of either wins.
# custom:
#  id: PVE-NET-052
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: WireGuard
#  equivalent: networking.wg-quick.interfaces.<name>.postUp
#  account: review
#  workaround: |
#   Say forwarding with boot.kernel.sysctl."net.ipv4.ip_forward" = 1 and masquerading
#   in networking.nftables.tables, and drop the lines. What remains goes into
#   networking.wg-quick.interfaces."NAME".postUp and preDown with programs as
#   ${pkgs.iproute2}/bin/ip.
#  test:
#   before: |
#    `iptables-save` and `ip rule` on PVE print what the lines add.
#   after: |
#    `systemctl is-active wg-quick-NAME` prints active in the trial boot, and `nft
#    list ruleset` the same rule in its words.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man8/wg-quick.8.html
#   - https://search.nixos.org/options?query=networking.wg-quick.interfaces
package rules.network.wireguard_commands

import data.lib.facts

_found[at] := {"tunnel": name, "text": p.value} if {
	some i, f in input.config_files
	[[_, name]] := regex.find_all_string_submatch_n(`^/etc/wireguard/([^/]+)\.conf$`, f.path, 1)
	concat("", ["wg-quick@", name, ".service"]) in facts.in_use
	some j, p in f.properties
	p.key in {"Interface.PreUp", "Interface.PostUp", "Interface.PreDown", "Interface.PostDown"}
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

findings contains {
	"at": at,
	"vars": {"tunnels": concat(", ", sort({l.tunnel | some l in _found})), "count": count(at), "example": substring(_found[at[0]].text, 0, 120)},
} if {
	count(_found) > 0
	at := sort(object.keys(_found))
}
