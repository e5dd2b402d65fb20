# METADATA
# scope: package
# title: "PVE of proxmox-nixos drops lines that it does not know: {lines}"
# description: |
#  These lines hold values that came after qemu-server 9.1.3, which is what
#  proxmox-nixos has: {lines}. Its reader drops a whole line when one part of
#  it is unknown. The VM starts without this network card, EFI disk or guest
#  agent, or with another processor, and the next change of the VM through PVE
#  writes the file without the line, so that it is missing after a rollback
#  too.
# custom:
#  id: PVE-VM-044
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: VM configuration
#  account: none
#  workaround: |
#   Write the lines on PVE without the new part before the conversion:
#   freeze-fs-on-backup in place of freeze-fs, no host-tunnel, no level,
#   ms-cert=2023 in place of 2023w and 2023k, an older processor model. Keep a
#   copy of /etc/pve/qemu-server.
#  test:
#   before: |
#    `qm config VMID` on PVE prints the lines, and the list of versions of
#    `pveversion -v` a qemu-server above 9.1.3.
#   after: |
#    `qm config VMID` on the trial system prints every line, without "unable to
#    parse value".
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=debian/changelog
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-qemu-server/default.nix
package rules.guests.newer_values

import data.lib.drives
import data.lib.facts

_lines contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in facts.vms
	some key, p in g.config
	_newer(key, p.property)
}

# The capture gives older names of the option this one, so the text decides.
_newer("agent", property) if regex.match(`(^|,)(freeze-fs|guest-fsfreeze)=`, property.value)

_newer("efidisk0", property) if facts.field(property, "ms-cert") in {"2023k", "2023w"}

_newer("cpu", property) if facts.field(property, "level")

_newer("cpu", property) if data.catalog.cpu_models_after_pve_9_1[facts.field(property, "cputype")]

_newer(key, property) if {
	startswith(key, "net")
	facts.field(property, "host-tunnel")
}

findings contains {"at": sort([l.at | some l in _lines]), "vars": {"lines": drives.words(_lines)}} if count(_lines) > 0
