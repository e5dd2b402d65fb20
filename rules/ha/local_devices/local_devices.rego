# METADATA
# scope: package
# title: "HA moves guests away from their devices: {sids}"
# description: |
#  {sids} are HA resources and have PCI or USB devices of this machine by address. A
#  reboot under the shutdown policy conditional freezes them here; when the node is switched
#  off, crashes or is reset, the others take them over after about two minutes and cannot
#  start them: the address is another device there or none. The guest ends in the
#  state error, or with somebody else's device.
# custom:
#  id: PVE-HA-009
#  kind: pitfall
#  category: feature
#  severity: major
#  component: high availability
#  account: none
#  workaround: |
#   Take them out of HA before this node goes down (`ha-manager remove SID`). Where several
#   nodes have the same device, use a mapping (`pvesh create /cluster/mapping/pci ...`) and a
#   rule that names these nodes.
#  test:
#   before: |
#    `ha-manager status` lists {sids} here, and `qm config VMID` shows hostpci or usb with an
#    address.
#   after: |
#    `ha-manager status` does not list {sids} before this node goes down, and they run here
#    after the reboot.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#_requirements
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#resource_mapping
package rules.ha.local_devices

import data.lib.facts
import data.lib.pve

_devices[vmid] contains p.at if {
	some vmid, g in facts.vms
	some key, p in g.config
	regex.match(`^(hostpci|usb)[0-9]+$`, key)
	host := facts.field(p.property, "host")
	host != "spice"
}

_bound[sid] := r if {
	some sid, r in pve.ha_active
	_devices[r.vmid]
}

findings contains {"at": sort(at), "vars": {"sids": concat(", ", sort(object.keys(_bound)))}} if {
	pve.clustered
	count(_bound) > 0
	at := array.concat([r.at | some r in _bound], [at | some r in _bound; some at in _devices[r.vmid]])
}
