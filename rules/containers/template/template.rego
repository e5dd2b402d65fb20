# METADATA
# scope: package
# title: "Container templates cannot be cloned on NixOS: {vmids}"
# description: |
#  {vmids} are templates. They never start, so nothing goes down with them, and
#  their volumes stay on their storages. But pct clone is a tool of PVE that
#  has no working counterpart for containers on the new system, so that no new
#  container can be made of them.
# custom:
#  id: PVE-CT-011
#  kind: gap
#  category: feature
#  severity: minor
#  component: LXC containers
#  equivalent: virtualisation.lxc
#  account: review
#  workaround: |
#   Keep the template on a node that stays on Debian, or back it up with vzdump
#   before the conversion and unpack the archive where a container is needed.
#  test:
#   before: |
#    `pct config VMID` on PVE prints `template: 1` for {vmids}.
#   after: |
#    `pvesm list STORAGE --vmid VMID` lists an archive of the template, and
#    `tar tf ARCHIVE` the files of its root.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/pct.1.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/container.nix
package rules.containers.template

import data.lib.facts
import data.lib.pve

_templates[vmid] := g if {
	some vmid, g in facts.containers
	pve.template(g)
}

# Nothing is made of what it says.
_at := {g.at | some g in _templates} | {p.at | some g in _templates; some p in g.config}

findings contains {"at": sort(_at), "vars": {"vmids": pve.numbers(object.keys(_templates))}} if {
	count(_templates) > 0
}
