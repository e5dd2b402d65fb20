# METADATA
# scope: package
# title: "Media in drives of VMs are not inserted: {drives}"
# description: |
#  Drives with an image or with the data of cloud-init are devices of the instance; a
#  drive without its image does not keep the VM from starting. What is listed has no
#  image that this host can name.
# custom:
#  id: PVE-INC-023
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: CD drives
#  account: review
#  workaround: |
#   Take the medium out on PVE (`qm set VMID --ide2 none,media=cdrom`), or insert it
#   later: `incus config device add NAME ide2 disk source=/path/image.iso`.
#  test:
#   before: |
#    `qm config VMID` on PVE prints the image of {drives}.
#   after: |
#    `incus config device show NAME` prints the image, or it is not needed.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
package rules.incus.media

import data.lib.drives
import data.lib.incus
import data.lib.pve

_drives contains {"vmid": vmid, "key": key, "at": p.at, "file": incus.file(p.property)} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio)[0-9]{1,2}$`, key)
	incus.cdrom(p.property)
	incus.file(p.property) != "none"
}

_source(file) := "cloud-init:config" if {
	contains(file, "cloudinit")
} else := "/dev/cdrom" if {
	file == "cdrom"
} else := place.path if {
	place := incus.place(file)
	place.kind == "file"
}

_required(source) := {} if {
	source == "cloud-init:config"
} else := {"required": "false"}

parts contains incus.device(d.vmid, [d.at], d.key, object.union_n([{"type": "disk", "source": source}, _required(source), _priority(d.vmid, d.key)])) if {
	some d in _drives
	source := _source(d.file)
}

_priority(vmid, key) := {"boot.priority": sprintf("%d", [incus.boot_order(vmid)[key]])} if {
	true
} else := {}

_absent contains d if {
	some d in _drives
	not _source(d.file)
}

findings contains {"at": sort([d.at | some d in _absent]), "vars": {"drives": drives.words(_absent)}} if count(_absent) > 0
