# METADATA
# scope: package
# title: Packet filters that a script of the interfaces loads
# description: |
#  {scripts} runs whenever an interface goes up, which is where many hosts load their
#  iptables or nftables rules. NixOS has no such directories and systemd-networkd
#  runs no scripts: what these rules closed is open, and what they translated is not.
# custom:
#  id: PVE-FW-015
#  kind: gap
#  category: configuration
#  severity: major
#  component: /etc/network/if-*.d
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   Take `nft list ruleset` (or iptables-save through iptables-restore-translate) on
#   PVE without PVE's own chains and put it into networking.nftables.tables. Rules for
#   one interface match it by name there and need no hook.
#  test:
#   before: |
#    `run-parts --test /etc/network/if-pre-up.d` on PVE prints the script.
#   after: |
#    `nft list ruleset` in the trial boot prints the same rules.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/interfaces.5.en.html
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.firewall.hook_scripts

_scripts[f.path] contains sprintf("/local_files/%d", [i]) if {
	some i, f in input.local_files
	f.kind == "script"
	f.state == "local"
	regex.match(`^/etc/network/if-(pre-up|up)\.d/[^/]*(iptables|ip6tables|nft|firewall|filter|masquerade|nat)[^/.]*$`, f.path)
}

findings contains {"at": sort([at | some places in _scripts; some at in places]), "vars": {"scripts": concat(", ", sort(object.keys(_scripts)))}} if {
	count(_scripts) > 0
}
