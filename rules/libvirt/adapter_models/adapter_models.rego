# METADATA
# scope: package
# title: "VM {vmid} has a SCSI adapter that libvirt does not build"
# description: |
#  The disks of {vmid} ({name}) hang on an adapter of model {model}, and libvirt has
#  no word for it with QEMU. The domain has an LSI 53C895A instead. A guest whose
#  initial RAM disk or registry knows only the old adapter does not find its root.
# custom:
#  id: PVE-LV-052
#  kind: gap
#  category: configuration
#  severity: critical
#  component: SCSI adapter of a virtual machine
#  account: review
#  workaround: |
#   Install the driver of the new adapter in the guest while PVE still runs it: add a
#   small disk on another adapter, or set `qm set {vmid} --scsihw virtio-scsi-single`
#   after the drivers of virtio are in the guest, start it once, and capture again.
#  test:
#   before: |
#    `qm config {vmid} | grep scsihw` on PVE prints {model}.
#   after: |
#    It prints virtio-scsi-single, and the guest starts on PVE and on the trial
#    system.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#controllers
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_hard_disk
package rules.libvirt.adapter_models

import data.lib.domaindisks
import data.lib.domains
import data.lib.guard
import data.lib.pve

findings contains {"at": [g.config.scsihw.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "model": model}} if {
	some vmid, g in domains.list
	model := domains.value(g, "scsihw")
	guard.line(model)
	not data.catalog.libvirt_scsi_models[model]
	count(domaindisks.adapters[vmid]) > 0
}
