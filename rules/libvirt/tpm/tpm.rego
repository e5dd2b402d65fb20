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
import data.lib.tpmstate

parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "tpm"], "value": {"model": "tpm-tis", "backend": {"type": "emulator", "version": tpmstate.version(p.property), "persistent_state": true}}} if {
	some vmid, p in tpmstate.modules
}

settings contains {"at": sort([p.at | some p in tpmstate.modules]), "option": ["virtualisation", "libvirtd", "qemu", "swtpm", "enable"], "value": true} if count(tpmstate.modules) > 0
