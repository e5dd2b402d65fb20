# METADATA
# scope: package
# title: VMs are pinned to machines that QEMU will drop soon
# description: |
#  The VMs {vmids} are pinned to machine versions below {below}. QEMU
#  {version} still has them, but deletes a version six years after its
#  release: after an update of proxmox-nixos they stop starting, without a
#  change of their configuration.
# custom:
#  id: PVE-VM-002
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: machine type of VMs
#  account: none
#  workaround: |
#   Plan a maintenance window for each VM and raise the version under
#   Hardware, Machine. For Windows guests do it while PVE can still be booted,
#   because devices are found anew.
#  test:
#   before: |
#    `qm config VMID | grep machine` on PVE prints a version below {below} for
#    each of {vmids}.
#   after: |
#    `qm config VMID | grep machine` prints {below} or newer, and `ip -br addr`
#    (`ipconfig`) inside shows the old addresses.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://www.qemu.org/docs/master/about/deprecated.html
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.guests.machine_old

import data.lib.pve
import data.lib.release

_qemu := data.catalog.qemu["proxmox-nixos"]

_old[vmid] := m if {
	some vmid, m in pve.machines
	m.series < release.series(_qemu.warn_below)
	m.series >= release.series(_qemu.oldest)
}

findings contains {"at": sort([m.at | some m in _old]), "vars": {"vmids": pve.numbers(object.keys(_old)), "below": _qemu.warn_below, "version": _qemu.version}} if {
	count(_old) > 0
}
