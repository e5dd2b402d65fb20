# METADATA
# title: Drives of domains
# description: |
#  Disks and CD drives of virtual machines, where each is plugged in, and which
#  of them has a thread of its own, as PVE does it.
package lib.domaindisks

import data.lib.domains
import data.lib.facts
import data.lib.images
import data.lib.pcibus

# METADATA
# title: Drives by virtual machine and key
# description: vmid → key → {at, property, bus, index, cdrom}
drives[vmid][key] := {"at": p.at, "property": p.property, "bus": found[0][1], "index": to_number(found[0][2]), "cdrom": _cdrom(p.property)} if {
	some vmid, g in domains.list
	some key, p in g.config
	found := regex.find_all_string_submatch_n(`^(ide|sata|scsi|virtio)(0|[1-9][0-9]?)$`, key, 1)
	count(found) == 1
}

_cdrom(property) if {
	facts.field(property, "media") == "cdrom"
} else if {
	contains(volume(property), "cloudinit")
} else := false

# METADATA
# title: The volume, path or word that a drive holds
volume(property) := facts.field(property, "file") if {
	true
} else := facts.field(property, "volume")

# METADATA
# title: The image of a drive
# description: Undefined for empty drives and for what libvirt cannot name.
image(property) := images.of(volume(property))

# METADATA
# title: Whether a CD drive is empty
empty(drive) if {
	drive.cdrom
	volume(drive.property) == "none"
}

# METADATA
# title: The SCSI adapter that PVE takes
scsihw(g) := domains.value(g, "scsihw") if {
	true
} else := "lsi"

_disks_of_adapter(hw) := 1 if {
	hw == "virtio-scsi-single"
} else := 7 if {
	_by_id[hw]
} else := 256

_prefix(hw) := "virtioscsi" if {
	hw == "virtio-scsi-single"
} else := "scsihw"

# METADATA
# title: The number of PVE's adapter for a SCSI disk
adapter_number(vmid, index) := floor(index / _disks_of_adapter(scsihw(domains.list[vmid])))

# METADATA
# title: SCSI adapters by virtual machine
# description: |
#  vmid → number → {name, index}. libvirt counts without gaps: it would build
#  adapters of its own into them.
adapters[vmid][number] := {"name": sprintf("%s%d", [_prefix(scsihw(domains.list[vmid])), number]), "index": index} if {
	some vmid, list in drives
	numbers := sort({adapter_number(vmid, d.index) | some d in list; d.bus == "scsi"})
	some index, number in numbers
}

# METADATA
# title: Drives with a thread of their own
# description: vmid → key → number, from 1
threads[vmid][key] := number + 1 if {
	some vmid, list in drives
	keys := sort([[_rank[d.bus], d.index, key] | some key, d in list; _threaded(vmid, d)])
	some number, [_, _, key] in keys
}

_rank := {"scsi": 1, "virtio": 2}

_threaded(_, drive) if {
	drive.bus == "virtio"
	facts.truthy(facts.field(drive.property, "iothread"))
}

_threaded(vmid, drive) if {
	drive.bus == "scsi"
	scsihw(domains.list[vmid]) == "virtio-scsi-single"
	facts.truthy(facts.field(drive.property, "iothread"))
}

# METADATA
# title: The bus of libvirt for a drive
# description: Q35 has no IDE; PVE plugs such disks into the AHCI of the chipset.
bus(vmid, drive) := "sata" if {
	drive.bus == "ide"
	pcibus.q35[vmid]
} else := drive.bus

# METADATA
# title: Where a drive is plugged in
address(vmid, key, drive) := pcibus.address(vmid, key) if {
	drive.bus == "virtio"
} else := _place(_adapter(vmid, drive).index, 0, 0, drive.index % 7) if {
	drive.bus == "scsi"
	_by_id[scsihw(domains.list[vmid])]
} else := _place(_adapter(vmid, drive).index, 0, 0, drive.index) if {
	drive.bus == "scsi"
} else := _place(0, 0, 0, floor(drive.index / 2) + (2 * (drive.index % 2))) if {
	drive.bus == "ide"
	pcibus.q35[vmid]
} else := _place(0, floor(drive.index / 2), 0, drive.index % 2) if {
	drive.bus == "ide"
} else := _place(ahci(vmid), 0, 0, drive.index % 6) if drive.bus == "sata"

_by_id := {"lsi": true, "lsi53c810": true, "pvscsi": true}

_adapter(vmid, drive) := adapters[vmid][adapter_number(vmid, drive.index)]

_place(controller, number, target, unit) := {"type": "drive", "controller": format_int(controller, 10), "bus": format_int(number, 10), "target": format_int(target, 10), "unit": format_int(unit, 10)}

# METADATA
# title: The number of libvirt's controller for PVE's AHCI
# description: Q35 has one in the chipset, which is number 0.
ahci(vmid) := 1 if {
	pcibus.q35[vmid]
} else := 0

# METADATA
# title: The name that libvirt wants for each disk
# description: It says nothing to the guest, and must not be there twice.
target(vmid, drive) := concat("", [_letters[bus(vmid, drive)], _suffix(_first(vmid, drive) + drive.index)])

_letters := {"ide": "hd", "sata": "sd", "scsi": "sd", "virtio": "vd"}

_first(vmid, drive) := 31 if {
	drive.bus == "sata"
} else := 37 if {
	bus(vmid, drive) == "sata"
} else := 0

_suffix(n) := substring(_alphabet, n, 1) if {
	n < 26
} else := concat("", [substring(_alphabet, floor(n / 26) - 1, 1), substring(_alphabet, n % 26, 1)])

_alphabet := "abcdefghijklmnopqrstuvwxyz"

# METADATA
# title: Serial numbers that libvirt takes
# description: PVE also takes other characters, as %XX.
plain_serial := `^[A-Za-z0-9_.+ &:/-]+$`
