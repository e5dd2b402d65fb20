# METADATA
# scope: package
# title: "VM {vmid} has encrypted memory, which PVE's helper must allow: {kind}"
# description: |
#  {vmid} ({name}) uses {kind}. qemu-server reads what the processor can do
#  from /run/qemu-server/host-hw-capabilities.json, which the unit
#  pve-query-machine-capabilities writes at boot. proxmox-nixos does not have
#  this unit, so that the VM does not start. Beside it the kernel must know the
#  feature as a host: SEV-SNP since Linux 6.11, TDX since 6.16, while the
#  default kernel of NixOS is {kernel}.
# custom:
#  id: PVE-VM-043
#  kind: gap
#  category: feature
#  severity: critical
#  component: confidential computing
#  equivalent: boot.kernelPackages, boot.kernelParams
#  account: review
#  workaround: |
#   Add a unit that runs the program query-machine-capabilities of qemu-server
#   before pve-guests and keeps its file, choose boot.kernelPackages new
#   enough, and switch the feature on (boot.kernelParams = [ "kvm_amd.sev=1" ]
#   or [ "kvm_intel.tdx=1" ]). Until then keep the VM on a node with Debian.
#  test:
#   before: |
#    `cat /run/qemu-server/host-hw-capabilities.json` on PVE prints amd-sev or
#    intel-tdx with its abilities.
#   after: |
#    `cat /run/qemu-server/host-hw-capabilities.json` prints the same on the
#    trial system, `dmesg | grep -i -e sev -e tdx` says enabled, and `qm start
#    {vmid}` succeeds.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_memory_encryption
#   - https://git.proxmox.com/?p=qemu-server.git;a=tree;f=src/query-machine-capabilities
#   - https://docs.kernel.org/virt/kvm/x86/amd-memory-encryption.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/qemu-server.nix
package rules.guests.confidential

import data.lib.pve
import data.lib.release

_kinds := {"amd-sev": "AMD SEV", "intel-tdx": "Intel TDX"}

findings contains {"at": [p.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "kind": kind, "kernel": release.kernel}} if {
	some vmid, g in pve.vms
	some key, kind in _kinds
	p := g.config[key]
}
