# METADATA
# title: Drives and mount points of the guests of this node
# description: |
#  What virtual machines and containers that can start have attached, by the
#  pointer of the property. Drives without a file and mount points without a
#  volume are not in here.
package lib.drives

import data.lib.facts
import data.lib.pve

# METADATA
# title: Disks and CD drives of virtual machines
# description: pointer → {vmid, key, property, file}
disks[p.at] := {"vmid": vmid, "key": key, "property": p.property, "file": _file(p.property)} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio)[0-9]+$`, key)
}

# METADATA
# title: Root and mount points of containers
# description: pointer → {vmid, key, property, volume}
mounts[p.at] := {"vmid": vmid, "key": key, "property": p.property, "volume": _file(p.property)} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^(rootfs|mp[0-9]+)$`, key)
}

_file(property) := facts.field(property, "file") if {
	true
} else := facts.field(property, "volume")

# METADATA
# title: A list of keys by guest
# description: "[{vmid, key}] → 100 scsi0, 101 mp1"
words(list) := concat(", ", sort({sprintf("%d %s", [d.vmid, d.key]) | some d in list}))
