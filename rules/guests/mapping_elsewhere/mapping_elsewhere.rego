# METADATA
# scope: package
# title: "VM {vmid} asks for resources that this node has not mapped: {mappings}"
# description: |
#  {vmid} ({name}) names the mappings {mappings}, which do not exist or have no
#  entry for this node. The VM does not start here on PVE either. It runs only
#  on another node, or does not run at all; in the trial it looks as if the
#  conversion had broken it.
# custom:
#  id: PVE-VM-018
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: resource mappings
#  account: none
#  workaround: |
#   Add this node to the mapping under Datacenter, Resource Mappings (`pvesh
#   set /cluster/mapping/pci/NAME --map
#   node=NODE,path=ADDRESS,id=VENDOR:DEVICE`), migrate the VM to the node that
#   has the device, or take the device out of the VM.
#  test:
#   before: |
#    `qm start {vmid}` on PVE says that the mapping is invalid or not found on
#    this node.
#   after: |
#    `pvesh get /cluster/mapping/pci --check-node NODE` (usb, dir) lists the
#    mapping without checks, and `qm start {vmid}` succeeds.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#resource_mapping
package rules.guests.mapping_elsewhere

import data.lib.facts
import data.lib.guard
import data.lib.passthrough
import data.lib.pve

_missing[vmid] contains {"name": name, "at": p.at} if {
	"mappings" in facts.known
	some vmid, g in pve.vms
	some key, p in g.config
	found := regex.find_all_string_submatch_n(`^(hostpci|usb|virtiofs)[0-9]+$`, key, 1)
	[type, field] := _kinds[found[0][1]]
	name := facts.field(p.property, field)
	guard.line(name)
	not passthrough.mapped[type][name]
}

_kinds := {"hostpci": ["pci", "mapping"], "usb": ["usb", "mapping"], "virtiofs": ["directory", "dirid"]}

findings contains {
	"at": sort([m.at | some m in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "mappings": concat(", ", sort({m.name | some m in list}))},
} if {
	some vmid, list in _missing
}
