# METADATA
# scope: package
# title: Connections that belong to another are not recognised
# description: |
#  The firewall has helpers for {helpers}. They read the control connection of a
#  protocol and let its data connections in as related. The table of NixOS accepts
#  related packets too, but no helper tells the kernel which these are: active FTP,
#  SIP or TFTP to this host is connected and then gets no data.
# custom:
#  id: PVE-FW-012
#  kind: gap
#  category: feature
#  severity: major
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   Add to networking.nftables.tables."pve-host" for each: an object `ct helper ftp4 {
#   type "ftp" protocol tcp; l3proto ip; }` and a chain of type filter hook prerouting
#   priority 0 with `tcp dport 21 ct helper set "ftp4"`, and the module to
#   boot.kernelModules (nf_conntrack_ftp). Better let these protocols go.
#  test:
#   before: |
#    `iptables -t raw -S PVEFW-PREROUTING` on PVE prints a line with CT --helper.
#   after: |
#    `nft list ct helpers` in the trial boot prints them, and `curl --ftp-port -
#    ftp://HOST/` a list.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Conntrack_helpers
package rules.firewall.connection_helpers

import data.lib.firewall

findings contains {"at": [o.at], "vars": {"helpers": o.value}} if {
	firewall.on
	o := firewall.options.node.nf_conntrack_helpers
	o.value != ""
}
