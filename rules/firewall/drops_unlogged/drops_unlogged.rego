# METADATA
# scope: package
# title: Packets that are dropped are logged in another place
# description: |
#  The firewall of this host logs what it drops (log_level_in {level}) into
#  /var/log/pve-firewall.log. The table that takes its place logs it into the journal of
#  the kernel, one line a second, and nothing writes that file: fail2ban, a log
#  collector or a person who reads it sees quiet where there are attacks.
# custom:
#  id: PVE-FW-011
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Read journalctl -k: the lines begin with "host in:" or "host out:". For fail2ban
#   set backend = systemd and journalmatch = _TRANSPORT=kernel in the jail, for a
#   collector the same match. services.ulogd writes a file of its own.
#  test:
#   before: |
#    `tail -1 /var/log/pve-firewall.log` on PVE prints a dropped packet.
#   after: |
#    `journalctl -k --grep "^host in: "` in the trial boot prints a line after `nc -zv
#    -w1 HOST 9999` from another machine.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Logging_traffic
package rules.firewall.drops_unlogged

import data.lib.firewall
import data.rules.firewall.host_rules

findings contains {"at": [o.at], "vars": {"level": o.value}} if {
	host_rules.translated
	o := firewall.options.node.log_level_in
	o.value != ""
	o.value != "nolog"
}
