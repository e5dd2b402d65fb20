# METADATA
# scope: package
# title: "The domain of VM {vmid} is without {devices}"
# description: |
#  {vmid} ({name}) has disks or cards of the host that libvirt cannot be told of:
#  {devices}. The volume lies on a storage that is not there or that only a plugin of
#  PVE reaches, or the mapping names no device of this host. The domain is defined
#  without them: the guest does not find its root, its data or its card.
# custom:
#  id: PVE-LV-050
#  kind: gap
#  category: configuration
#  severity: critical
#  component: devices of virtual machines
#  account: lost
#  workaround: |
#   Correct the line on PVE (move the disk with `qm disk move {vmid} DISK STORAGE`,
#   name the card by its address) and capture again; or add the device to the domain
#   with `virsh attach-device NAME FILE --config`.
#  test:
#   before: |
#    `qm config {vmid}` on PVE prints the lines {devices}.
#   after: |
#    `virsh dumpxml NAME` on the trial system shows an alias ua-KEY for each of
#    them.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#devices
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.left_out

import data.lib.domaindisks
import data.lib.domainhostdevs
import data.lib.domains
import data.lib.pve

_out[vmid][key] := d.at if {
	some vmid, list in domaindisks.drives
	some key, d in list
	not domaindisks.image(d.property)
	not domaindisks.empty(d)
}

_out[vmid][key] := p.at if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^hostpci[0-9]+$`, key)
	not domainhostdevs.pci[vmid][key]
}

findings contains {"at": sort([at | some at in list]), "vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort(object.keys(list)))}} if {
	some vmid, list in _out
	count(list) > 0
}
