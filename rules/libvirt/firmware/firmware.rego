# METADATA
# scope: package
# title: Firmware of domains
# description: |
#  OVMF of nixpkgs for guests with UEFI, with a file of variables for each guest:
#  that with Secure Boot and system management mode where PVE takes its own one,
#  on Q35, else the plain one. It lies in /etc/ovmf, so that domains name a path
#  that stays. Guests with SeaBIOS need nothing.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#bios-bootloader
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/OVMF.pm
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/applications/virtualization/OVMF/default.nix
package rules.libvirt.firmware

import data.lib.domains
import data.lib.efivars

parts contains {"at": domains.at(g, ["bios", "efidisk0"]), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, kind in efivars.kinds
	g := domains.list[vmid]
	some [path, value] in [
		[["os", "loader"], {"readonly": true, "secure": kind == "secure", "type": "pflash", "path": sprintf("/etc/ovmf/%s/FV/OVMF_CODE.fd", [kind])}],
		[["os", "nvram"], {"template": sprintf("/etc/ovmf/%s/FV/OVMF_VARS.fd", [kind]), "path": efivars.file(vmid)}],
	]
}

parts contains {"at": domains.at(g, ["bios"]), "document": domains.document(vmid), "path": ["features", "smm", "state"], "value": true} if {
	some vmid, kind in efivars.kinds
	kind == "secure"
	g := domains.list[vmid]
}

# What QEMU brings for the architecture.
parts contains {"at": domains.at(g, ["bios"]), "document": domains.document(vmid), "path": ["os", "firmware"], "value": "efi"} if {
	some vmid, g in domains.list
	domains.value(g, "arch") == "aarch64"
}

settings contains {"at": at, "option": ["environment", "etc", concat("/", ["ovmf", kind]), "source"], "value": {"_ref": ["pkgs", name, "fd"]}} if {
	some kind, name in {"plain": "OVMF", "secure": "OVMFFull"}
	at := sort([domains.list[vmid].config.bios.at | some vmid, other in efivars.kinds; other == kind])
	count(at) > 0
}
