# METADATA
# scope: package
# title: "Only the HA manager starts these guests: {sids}"
# description: |
#  {sids} are HA resources. Nothing starts them on NixOS: pve-guests leaves HA guests
#  alone, and the HA manager is not run there, because {why}. Containers of PVE do not start
#  by it on NixOS; HA would try, fail, and move them to another node while a unit runs them
#  here. In a cluster it is worse: while this node is down for the conversion the other nodes
#  declare it dead and start the guests themselves; when they start here as well, both write
#  to the same disks.
# custom:
#  id: PVE-HA-001
#  kind: gap
#  category: feature
#  severity: critical
#  component: high availability
#  account: none
#  workaround: |
#   Before the conversion take each of them out of HA (`ha-manager remove SID`) and
#   set onboot (`qm set VMID --onboot 1`), or move it to a node that stays on
#   Debian (`ha-manager migrate SID NODE`). Wait until `ha-manager status` shows
#   this node's lrm as idle; only then may it be down for longer than a minute. With what
#   stands against it out of the way, and a new capture, the HA manager runs on NixOS too:
#   containers out of HA (`ha-manager remove ct:CTID`), or kept on other nodes by a strict
#   rule (`ha-manager rules add node-affinity debian --resources ct:CTID --nodes A,B
#   --strict 1`).
#  test:
#   before: |
#    `ha-manager status` lists {sids} on this node.
#   after: |
#    `ha-manager status` on another node lists none of them here, and after a reboot of the
#    trial system `qm list` on all nodes shows each of them running once.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.ha.guests

import data.lib.ha
import data.lib.lxc
import data.lib.pve

# A container of a host of its own has a unit that starts it.
_started contains sprintf("ct:%d", [vmid]) if {
	some vmid in lxc.ready
	lxc.available[vmid]
}

_left[sid] := r.at if {
	some sid, r in pve.ha_active
	not sid in _started
}

findings contains {
	"at": sort([at | some at in _left]),
	"vars": {"sids": concat(", ", sort(object.keys(_left))), "why": concat(", and ", sort(ha.hindered))},
} if {
	count(_left) > 0
	not ha.manager
}
