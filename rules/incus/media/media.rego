# METADATA
# scope: package
# title: Media in drives of VMs
# description: |
#  Drives with an image or with the data of cloud-init are devices of the instance; a
#  drive without its image does not keep the VM from starting.
# custom:
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
package rules.incus.media

import data.lib.incus

_required(source) := {} if {
	source == "cloud-init:config"
} else := {"required": "false"}

parts contains incus.device(d.vmid, [d.at], d.key, object.union_n([{"type": "disk", "source": source}, _required(source), _priority(d.vmid, d.key)])) if {
	some d in incus.media_of
	source := incus.media_source(d.file)
}

_priority(vmid, key) := {"boot.priority": sprintf("%d", [incus.boot_order(vmid)[key]])} if {
	true
} else := {}
