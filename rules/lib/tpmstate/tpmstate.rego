# METADATA
# title: States of TPMs of domains
# description: |
#  Where PVE keeps the state of a TPM and where libvirt looks for it. PVE has a
#  volume in the form that swtpm calls linear, libvirt a folder with a file.
package lib.tpmstate

import data.lib.domains
import data.lib.facts
import data.lib.images
import data.lib.rbd

# METADATA
# title: TPMs by virtual machine
# description: vmid → {property, at}
modules[vmid] := g.config.tpmstate0 if some vmid, g in domains.list

# METADATA
# title: The version of a TPM
# description: PVE's default is the old one.
version(property) := "2.0" if {
	facts.field(property, "version") == "v2.0"
} else := "1.2"

# METADATA
# title: Where libvirt looks for the state of a guest
folder(vmid) := concat("/", ["/var/lib/libvirt/swtpm", domains.uuids[vmid], _kinds[version(modules[vmid].property)].folder])

# METADATA
# title: The name of the file in there
file(vmid) := _kinds[version(modules[vmid].property)].file

_kinds := {
	"1.2": {"folder": "tpm1.2", "file": "tpm-00.permall"},
	"2.0": {"folder": "tpm2", "file": "tpm2-00.permall"},
}

# METADATA
# title: Volumes with states that can be read
# description: |
#  vmid → {path, format}; files and block devices. With image it is one of Ceph,
#  which is fetched to path before.
volumes[vmid] := {"path": path, "format": image.format} if {
	some vmid, p in modules
	image := images.of(facts.field(p.property, "file"))
	some key in ["file", "dev"]
	path := image.source[key]
}

volumes[vmid] := {"path": sprintf("/run/pve-volumes/%d-tpmstate0", [vmid]), "format": "raw", "image": image} if {
	some vmid, p in modules
	image := rbd.of(facts.field(p.property, "file"))
}
