# METADATA
# scope: package
# title: "VM {vmid} asks for a machine that QEMU of NixOS does not have"
# description: |
#  The configuration of {vmid} ({name}) pins the machine {machine}. QEMU
#  {version} of proxmox-nixos has machines from {oldest} to {newest}; it
#  refuses any other, and the VM does not start.
# custom:
#  id: PVE-VM-001
#  kind: gap
#  category: feature
#  severity: critical
#  component: machine type of a VM
#  account: review
#  workaround: |
#   Shut the VM down on PVE and choose a version in between under Hardware,
#   Machine (`qm set {vmid} --machine pc-q35-{newest}`, or pc-i440fx-{newest}
#   if it is one), start it there and let the guest settle its drivers.
#   Windows may ask to be activated again.
#  test:
#   before: |
#    `qm config {vmid} | grep machine` prints {machine}.
#   after: |
#    It prints a version from {oldest} to {newest}, and `qm start {vmid}`
#    succeeds on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://www.qemu.org/docs/master/about/removed-features.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-qemu/default.nix
package rules.guests.machine_gone

import data.lib.pve
import data.lib.release

_qemu := data.catalog.qemu["proxmox-nixos"]

findings contains {"at": [m.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "machine": m.machine, "version": _qemu.version, "oldest": _qemu.oldest, "newest": _qemu.newest}} if {
	some vmid, m in pve.machines
	_outside(m.series)
}

_outside(series) if series > release.series(_qemu.newest)

_outside(series) if series < release.series(_qemu.oldest)
