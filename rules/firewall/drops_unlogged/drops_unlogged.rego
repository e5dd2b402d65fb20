# METADATA
# scope: package
# title: Packets that are dropped are no longer logged
# description: |
#  The firewall of this host logs what it drops (log_level_in {level}), into
#  /var/log/pve-firewall.log. The table that takes its place drops in silence, and
#  nothing writes that file: fail2ban, a log collector or a person who reads it sees
#  quiet where there are attacks, and a wrong rule is hard to find.
# custom:
#  id: PVE-FW-011
#  kind: gap
#  category: feature
#  severity: minor
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Put a line `limit rate 1/second burst 5 packets log prefix "drop " level info`
#   before the last drop of networking.nftables.tables."pve-host", and read it with
#   journalctl -k; send it on from there. services.ulogd writes a file of its own.
#  test:
#   before: |
#    `tail -1 /var/log/pve-firewall.log` on PVE prints a dropped packet.
#   after: |
#    `journalctl -k --grep "^drop "` in the trial boot prints a line after `nc -zv
#    -w1 HOST 9999` from another machine.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Logging_traffic
package rules.firewall.drops_unlogged

import data.lib.firewall

findings contains {"at": [o.at], "vars": {"level": o.value}} if {
	firewall.on
	o := firewall.options.node.log_level_in
	o.value != ""
	o.value != "nolog"
}
