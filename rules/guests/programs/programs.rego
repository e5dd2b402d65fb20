# METADATA
# scope: package
# title: Programs that VMs need outside of the API's services
# description: |
#  When a VM ends, qmeventd calls /usr/sbin/qm, which is not there on NixOS:
#  nothing is cleaned up, and a VM that was told to reboot stays off. proxmox-nixos
#  has a test of it since April 2026, after the revision in use. swtpm and
#  genisoimage are in the path of some of its units only, so that a VM with a TPM
#  or with cloud-init does not start by `qm start`, by such a reboot, or for a
#  backup.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/issues/224
#   - https://github.com/SaumonNet/proxmox-nixos/pull/111
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/qmeventd/qmeventd.c
package rules.guests.programs

import data.lib.pve
import data.lib.volumes

settings contains {"at": _at, "option": ["systemd", "tmpfiles", "settings", "10-qm", "/usr/sbin/qm", "L+", "argument"], "value": "/run/current-system/sw/bin/qm"} if {
	count(_at) > 0
}

settings contains {"at": _at, "option": ["systemd", "services", "qmeventd", "path"], "value": ["/run/current-system/sw"]} if {
	count(_at) > 0
}

settings contains {"at": sort(at), "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", program]}]} if {
	some program, at in _programs
	count(at) > 0
}

settings contains {"at": sort(_programs.swtpm), "option": ["systemd", "services", "pvescheduler", "path"], "value": [{"_ref": ["pkgs", "swtpm"]}]} if {
	count(_programs.swtpm) > 0
}

_at := sort([g.at | some g in pve.vms])

_programs.swtpm contains g.config.tpmstate0.at if some g in pve.vms

_programs.cdrkit contains v.at if {
	some v in volumes.list
	v.kind == "cloudinit"
	pve.vms[v.vmid]
}
