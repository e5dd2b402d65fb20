# METADATA
# title: Variables of the firmware of domains
# description: Which build of OVMF a guest needs, and where its variables are on PVE and on the new system.
package lib.efivars

import data.lib.domains
import data.lib.facts
import data.lib.images
import data.lib.rbd

# METADATA
# title: Builds of OVMF by vmid
# description: secure where PVE takes the build with system management mode, plain elsewhere.
kinds[vmid] := kind if {
	some vmid, g in domains.list
	domains.uefi(g)
	not _arm(g)
	kind := _kind(g)
}

_arm(g) if domains.value(g, "arch") == "aarch64"

_kind(g) := "secure" if {
	domains.q35(g)
	facts.field(g.config.efidisk0.property, "efitype") == "4m"
} else := "plain"

# METADATA
# title: The file with the variables of a guest
file(vmid) := sprintf("/var/lib/libvirt/qemu/nvram/pve-%d_VARS.fd", [vmid])

# METADATA
# title: Volumes with variables that can be read
# description: |
#  vmid → {path, format}; files and block devices of the size that OVMF of
#  nixpkgs has. With image it is one of Ceph, which is fetched to path before.
volumes[vmid] := {"path": path, "format": image.format} if {
	some vmid, _ in kinds
	property := domains.list[vmid].config.efidisk0.property
	facts.field(property, "efitype") == "4m"
	image := images.of(facts.field(property, "file"))
	some key in ["file", "dev"]
	path := image.source[key]
}

volumes[vmid] := {"path": sprintf("/run/pve-volumes/%d-efidisk0", [vmid]), "format": "raw", "image": image} if {
	some vmid, _ in kinds
	property := domains.list[vmid].config.efidisk0.property
	facts.field(property, "efitype") == "4m"
	image := rbd.of(facts.field(property, "file"))
}
