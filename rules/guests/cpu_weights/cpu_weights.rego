# METADATA
# scope: package
# title: CPU weights of guests mean something else on the new system
# description: |
#  This host runs control groups of version 1, where a guest without cpuunits
#  has 1024 shares. {weights} were written for that. NixOS has version 2 only,
#  where a guest without cpuunits weighs 100 and 10000 is the most. 1024, which
#  means the same as nothing now, is ten times the others then; 2048, twice the
#  others now, is twenty times.
# custom:
#  id: PVE-VM-041
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: cpuunits
#  account: none
#  workaround: |
#   Divide each value by ten on PVE before the conversion (`qm set VMID
#   --cpuunits N`, `pct set VMID --cpuunits N`), and delete those that say
#   1024.
#  test:
#   before: |
#    `qm config VMID | grep cpuunits` on PVE prints the values, and `cat
#    /proc/cmdline` shows systemd.unified_cgroup_hierarchy=0.
#   after: |
#    `cat /sys/fs/cgroup/qemu.slice/VMID.scope/cpu.weight` on the trial system
#    prints about 100 for a guest of ordinary weight.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://docs.kernel.org/admin-guide/cgroup-v2.html
package rules.guests.cpu_weights

import data.lib.facts
import data.lib.guard
import data.lib.kernel
import data.lib.pve

_first_version if {
	some i in kernel.by_key["systemd.unified_cgroup_hierarchy"]
	input.system.boot.kernel_parameters[i].value in {"0", "f", "false", "n", "no", "off"}
}

_weights contains {"vmid": vmid, "value": p.property.value, "at": p.at} if {
	_first_version
	some vmid, g in facts.guests
	not pve.template(g)
	p := g.config.cpuunits
	guard.line(p.property.value)
}

findings contains {
	"at": sort([w.at | some w in _weights]),
	"vars": {"weights": concat(", ", sort({sprintf("%d (%s)", [w.vmid, w.value]) | some w in _weights}))},
} if {
	count(_weights) > 0
}
