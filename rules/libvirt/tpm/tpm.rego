# METADATA
# scope: package
# title: TPMs of domains
# description: A TPM of the same version, emulated by swtpm, which the host then has.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#tpm-device
#   - https://search.nixos.org/options?query=virtualisation.libvirtd.qemu.swtpm
package rules.libvirt.tpm

import data.lib.domains
import data.lib.facts

_modules[vmid] := g.config.tpmstate0 if some vmid, g in domains.list

parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "tpm"], "value": {"model": "tpm-tis", "backend": {"type": "emulator", "version": _version(p.property), "persistent_state": true}}} if {
	some vmid, p in _modules
}

# PVE's default is the old one.
_version(property) := "2.0" if {
	facts.field(property, "version") == "v2.0"
} else := "1.2"

settings contains {"at": sort([p.at | some p in _modules]), "option": ["virtualisation", "libvirtd", "qemu", "swtpm", "enable"], "value": true} if count(_modules) > 0
