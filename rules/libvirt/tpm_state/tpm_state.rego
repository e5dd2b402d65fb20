# METADATA
# scope: package
# title: The state of TPMs has to be moved by hand
# description: |
#  PVE keeps the TPM of {vmids} in a volume, in the form of one file that swtpm
#  calls linear; libvirt keeps it in a folder below /var/lib/libvirt/swtpm, in
#  another form. The domain starts with an empty TPM: BitLocker asks for its
#  recovery key, systemd-cryptenroll for the passphrase, and Windows Hello has to
#  be set up anew.
# custom:
#  id: PVE-LV-005
#  kind: gap
#  category: configuration
#  severity: critical
#  component: TPM of VMs
#  account: review
#  workaround: |
#   Have the recovery keys at hand. With the VM off, start swtpm on the volume
#   (`swtpm socket --tpm2 --tpmstate backend-uri=file://VOLUME --ctrl
#   type=unixio,path=/tmp/tpm --flags not-need-init,startup-clear --daemon`), save
#   its state (`swtpm_ioctl --unix /tmp/tpm --save permanent tpm2-00.permall`,
#   then `swtpm_ioctl --unix /tmp/tpm -s`), and put the file into
#   /var/lib/libvirt/swtpm/UUID/tpm2 on the new system, UUID being that of `virsh
#   domuuid NAME`, before the first start.
#  test:
#   before: |
#    `qm config VMID | grep tpmstate0` on PVE shows the volume.
#   after: |
#    {vmids} start on the trial system without asking for a recovery key.
#  phase: convert
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#tpm-device
#   - https://github.com/stefanberger/swtpm/wiki
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_tpm
package rules.libvirt.tpm_state

import data.lib.pve

_vms[vmid] := g.config.tpmstate0.at if some vmid, g in pve.vms

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
