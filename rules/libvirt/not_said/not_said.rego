# METADATA
# scope: package
# title: Settings of virtual machines that no domain has
# description: |
#  libvirt has no word for these lines: {lines}. A guest that is frozen at its
#  start begins to run; huge pages are given back when it stops; memory and
#  agents over ISA are not plugged as PVE does; a watchdog that only wrote a line
#  writes none.
# custom:
#  id: PVE-LV-008
#  kind: gap
#  category: feature
#  severity: minor
#  component: settings of VMs
#  account: lost
#  workaround: |
#   Where the guest needs it, do it by hand: `virsh start NAME --paused` in place
#   of freeze, vm.nr_hugepages for pages that stay, `virsh attach-device` for
#   memory, a channel of virtio for the agent.
#  test:
#   before: |
#    `qm config VMID` on PVE prints the lines.
#   after: |
#    The guests do on the trial system what they did before; `virsh dumpxml NAME`
#    shows what replaced the lines.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.not_said

import data.lib.domains
import data.lib.facts

_lines[g.config[key].at] := sprintf("%d %s", [vmid, key]) if {
	some vmid, g in domains.list
	some key in ["agent", "freeze", "hotplug", "keephugepages", "watchdog"]
	_unsaid(g, key)
}

_unsaid(g, key) if {
	key in {"freeze", "keephugepages"}
	domains.on(g, key)
}

_unsaid(g, "hotplug") if "memory" in domains.hotplug(g)

_unsaid(g, "agent") if {
	domains.agent(g)
	facts.field(g.config.agent.property, "type") == "isa"
}

_unsaid(g, "watchdog") if facts.field(g.config.watchdog.property, "action") == "debug"

findings contains {"at": sort(object.keys(_lines)), "vars": {"lines": concat(", ", sort([line | some line in _lines]))}} if count(_lines) > 0
