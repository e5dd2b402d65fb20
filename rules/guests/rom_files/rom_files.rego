# METADATA
# scope: package
# title: "VM {vmid} gives a card a ROM that stays on PVE: {files}"
# description: |
#  PVE looks for the files {files} of {vmid} ({name}) in /usr/share/kvm. In
#  proxmox-nixos this directory is part of the QEMU package in the Nix store,
#  read-only and without these files, and every update of QEMU is a new
#  directory. QEMU does not start a VM whose ROM is missing.
# custom:
#  id: PVE-VM-020
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: PCI passthrough
#  account: none
#  workaround: |
#   Copy the file to a place that stays, such as /var/lib/vm-roms, take romfile
#   out of the device, and name it to QEMU: `qm set {vmid} --args '-set
#   device.hostpci0.romfile=/var/lib/vm-roms/FILE'`.
#  test:
#   before: |
#    `ls -l /usr/share/kvm` on PVE lists {files}.
#   after: |
#    `qm showcmd {vmid} --pretty` on the trial system names the file below
#    /var/lib/vm-roms, and `qm start {vmid}` succeeds.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough#romfile
#   - https://www.qemu.org/docs/master/system/invocation.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-qemu-server/default.nix
package rules.guests.rom_files

import data.lib.facts
import data.lib.guard
import data.lib.pve

_roms[vmid] contains {"file": file, "at": p.at} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]+$`, key)
	file := facts.field(p.property, "romfile")
	guard.line(file)
}

findings contains {
	"at": sort([r.at | some r in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "files": concat(", ", sort({r.file | some r in list}))},
} if {
	some vmid, list in _roms
}
