# METADATA
# scope: package
# title: The state of TPMs does not come along by itself
# description: |
#  PVE keeps the TPM of {vmids} in a volume that the unit of the domain cannot read: on a
#  storage that is not there, or that only QEMU or a plugin reaches. The domain starts with an empty TPM: BitLocker
#  asks for its recovery key, systemd-cryptenroll for the passphrase, and Windows Hello has
#  to be set up anew.
# custom:
#  id: PVE-LV-005
#  kind: gap
#  category: configuration
#  severity: critical
#  component: TPM of VMs
#  account: review
#  workaround: |
#   Easiest before the conversion: move the state to a storage of files, LVM or ZFS with the
#   VM off (`qm disk move VMID tpmstate0 STORAGE`) and capture again. Or copy the volume
#   (`qemu-img convert -O raw PATH state.raw`, PATH as `pvesm path` prints it) and cut the state out: `od -A n -t u4 -j 12 -N 8 state.raw`
#   prints its place and length, `tail -c +$((PLACE + 1)) state.raw | head -c LENGTH` is the file
#   /var/lib/libvirt/swtpm/UUID/tpm2/tpm2-00.permall of the new system (tpm1.2/tpm-00.permall
#   for version 1.2), mode 0600, before the first start; UUID is that of `virsh domuuid NAME`.
#   Have the recovery keys at hand.
#  test:
#   before: |
#    `qm config VMID | grep tpmstate0` on PVE shows the volume.
#   after: |
#    `ls /var/lib/libvirt/swtpm/UUID/tpm2` on the trial system prints tpm2-00.permall before the
#    first start, and {vmids} start without asking for a recovery key.
#  phase: convert
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#tpm-device
#   - https://github.com/stefanberger/swtpm/blob/master/src/swtpm/swtpm_nvstore_linear.h
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_tpm
package rules.libvirt.tpm_state

import data.lib.domains
import data.lib.pve
import data.lib.tpmstate

_vms[vmid] := p.at if {
	some vmid, p in tpmstate.modules
	not tpmstate.volumes[vmid]
	not pve.template(domains.list[vmid])
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
