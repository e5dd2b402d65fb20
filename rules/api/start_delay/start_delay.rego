# METADATA
# scope: package
# title: "The wait of {seconds} seconds before guests start is ignored"
# description: |
#  The node has startall-onboot-delay={seconds}, as people set it where guests need a
#  storage, a switch or a quorum that comes up after the host. On PVE a helper waits before
#  pve-guests starts them. In proxmox-nixos that line of the unit is commented out: guests
#  start at once, those whose storage is not there fail, and PVE does not try them again.
# custom:
#  id: PVE-API-007
#  kind: gap
#  category: feature
#  severity: major
#  component: start of the node
#  equivalent: systemd.services.pve-guests
#  account: none
#  workaround: |
#   Put the wait back with systemd.services.pve-guests.serviceConfig.ExecStartPre =
#   "${pkgs.coreutils}/bin/sleep {seconds}", and a TimeoutStartSec that is longer.
#  test:
#   before: |
#    `pvenode config get --property startall-onboot-delay` prints {seconds}; `systemctl cat
#    pve-guests` on the trial system prints no ExecStartPre.
#   after: |
#    `systemctl cat pve-guests` on the trial system prints the line, and `journalctl -b -u
#    pve-guests` shows the first start {seconds} seconds after the unit began.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/pvenode.1.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
package rules.api.start_delay

import data.lib.facts
import data.lib.pve

_starts if {
	some vmid, g in facts.guests
	not pve.template(g)
	facts.truthy(g.config.onboot.property.value)
}

findings contains {"at": [sprintf("%s/config/%d", [pve.local_node.at, i])], "vars": {"seconds": p.value}} if {
	data.target == "proxmox"
	some i, p in pve.local_node.config
	p.key == "startall-onboot-delay"
	regex.match(`^[1-9][0-9]{0,5}$`, p.value)
	_starts
}
