# METADATA
# scope: package
# title: Guest configurations without a disk
# description: |
#  {vmids} have neither a disk nor a network card in their configuration: an
#  interrupted restore, a clone that failed, or an empty file. They are carried as
#  they are and can be mistaken for guests that the conversion has broken.
# custom:
#  id: PVE-VM-009
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: guest configuration
#  account: none
#  workaround: |
#   Restore them from a backup or remove them (`qm destroy VMID`, `pct destroy
#   VMID`) before the conversion. Look for volumes that belong to the number first
#   (`pvesm list STORAGE --vmid VMID`).
#  test:
#   before: |
#    `qm config VMID` or `pct config VMID` on PVE prints no disk for {vmids}.
#   after: |
#    `qm config VMID` prints a disk, or `qm list` and `pct list` do not have
#    the guest.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.guests.without_devices

import data.lib.facts
import data.lib.pve

_empty[vmid] := g if {
	some vmid, g in facts.guests
	count([key |
		some key, _ in g.config
		regex.match(`^(ide|sata|scsi|virtio|rootfs|net|hostpci|unused)[0-9]*$`, key)
	]) == 0
}

findings contains {"at": sort([g.at | some g in _empty]), "vars": {"vmids": pve.numbers(object.keys(_empty))}} if count(_empty) > 0
