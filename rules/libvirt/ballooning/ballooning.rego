# METADATA
# scope: package
# title: Nothing takes memory back from guests by itself
# description: |
#  {vmids} may be shrunk by PVE: pvestatd takes memory back down to balloon when
#  the host gets full, by the weight in shares. libvirt has the balloon and moves
#  it only when told. The guests keep all of their memory, and a host that lent
#  more than it has runs out.
# custom:
#  id: PVE-LV-006
#  kind: gap
#  category: feature
#  severity: minor
#  component: ballooning of VMs
#  equivalent: zramSwap.enable
#  account: review
#  workaround: |
#   Add up the memory of all guests; where it is more than the host has, lower it
#   (`qm set VMID --memory MIB` on PVE), or run `virsh setmem NAME SIZE --live`
#   from a timer. zramSwap.enable and swap give room for peaks.
#  test:
#   before: |
#    `qm config VMID | grep -e balloon -e shares` on PVE prints a value that is not
#    0.
#   after: |
#    `free -m` on the trial system with all guests running shows memory left.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_memory
#   - https://libvirt.org/formatdomain.html#memory-balloon-device
package rules.libvirt.ballooning

import data.lib.domains
import data.lib.pve

_vms[vmid] := at if {
	some vmid, g in pve.vms
	_lent(g)
	at := domains.at(g, ["balloon", "shares"])
}

_lent(g) if {
	n := domains.number(g, "balloon")
	n > 0
	n < domains.memory(g)
	not _fixed(g)
}

# Who has no weight is left alone.
_fixed(g) if domains.value(g, "shares") == "0"

findings contains {"at": sort([pointer | some at in _vms; some pointer in at]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
