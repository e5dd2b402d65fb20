# METADATA
# scope: package
# title: Guests of other nodes do not fail over to this one
# description: |
#  The HA managers of the other nodes go on, but none runs here, because {why}. They never place a
#  guest on this node again, rules and groups that name it are not followed here,
#  and its guests are not moved away when it fails. A cluster that was sized to lose
#  one node may now have no room left.
# custom:
#  id: PVE-HA-002
#  kind: gap
#  category: feature
#  severity: major
#  component: high availability
#  account: lost
#  workaround: |
#   Take this node out of groups and rules so that the others plan without it
#   (`ha-manager rules config`, `ha-manager groupconfig`), check that the rest has
#   memory for all HA guests, and keep at least three nodes on Debian while HA is
#   needed.
#  test:
#   before: |
#    `ha-manager status` lists this node's lrm as active or idle.
#   after: |
#    With the converted node up, `ha-manager status` on another lists its lrm as dead or not
#    at all, and no HA guest as waiting for it.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.ha.failover

import data.lib.ha
import data.lib.pve

findings contains {"at": sort(_at), "vars": {"why": concat(", and ", sort(ha.hindered))}} if {
	pve.clustered
	not ha.manager
	count(input.cluster.ha_resources) > 0
}

_at contains at if {
	some list in ["ha_groups", "ha_rules"]
	some i, section in input.cluster[list]
	some at in array.concat([sprintf("/cluster/%s/%d", [list, i])], _lines(sprintf("/cluster/%s/%d", [list, i]), section))
}

_at contains at if {
	some r in pve.ha_active
	some at in [sprintf("%s/properties/%d", [r.at, j]) |
		some j, p in r.section.properties
		not p.key in {"comment", "max_restart", "state"}
	]
}

_at contains sprintf("/datacenter/options/%d", [i]) if {
	some i, p in input.datacenter.options
	p.key in {"fencing", "ha"}
}

_lines(at, section) := [sprintf("%s/properties/%d", [at, j]) |
	some j, p in section.properties
	p.key != "comment"
]
