# METADATA
# title: Domains of libvirt
# description: |
#  Which virtual machines become domains, and what several rules ask of them.
#  Templates are defined as well, and never started.
package lib.domains

import data.lib.facts
import data.lib.pve
import data.lib.release

# METADATA
# title: Virtual machines of this node by vmid
list := facts.vms

# METADATA
# title: The document of a virtual machine
document(vmid) := ["domains", format_int(vmid, 10)]

# METADATA
# title: The value of a key of the configuration
value(g, key) := g.config[key].property.value

# METADATA
# title: A whole number of a key
# description: Undefined for what is none.
number(g, key) := whole(value(g, key))

# METADATA
# title: Text that is a whole number
whole(text) := to_number(text) if regex.match(`^(0|[1-9][0-9]{0,8})$`, text)

# METADATA
# title: Whether a key says yes
on(g, key) if facts.truthy(value(g, key))

# METADATA
# title: Whether a key says no
off(g, key) if lower(value(g, key)) in {"0", "off", "no", "false"}

# METADATA
# title: Pointers of those keys that a configuration has
# description: Of none, the pointer of the guest.
at(g, keys) := found if {
	found := sort([g.config[key].at | some key in keys])
	count(found) > 0
} else := [g.at]

# METADATA
# title: The name of a domain
# description: PVE's, with the vmid where two virtual machines of this host have the same or it is no host name.
name(vmid) := names[vmid]

# METADATA
# title: Names of domains by vmid
names[vmid] := given if {
	some vmid, given in _given
	count(_known_as[given]) == 1
}

names[vmid] := sprintf("%s-%d", [given, vmid]) if {
	some vmid, given in _given
	count(_known_as[given]) > 1
}

names[vmid] := sprintf("vm%d", [vmid]) if {
	some vmid in object.keys(list)
	not _given[vmid]
}

# METADATA
# title: Virtual machines that share their name
# description: name → set of vmids
shared[given] := vmids if {
	some given, vmids in _known_as
	count(vmids) > 1
}

_given[vmid] := given if {
	some vmid, g in list
	given := value(g, "name")
	regex.match(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$`, given)
}

_known_as[given] contains vmid if some vmid, given in _given

# METADATA
# title: The form of a UUID
uuid_form := `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`

# METADATA
# title: UUIDs by vmid
# description: |
#  That of the configuration. One that is no UUID, or that a machine copied by
#  hand has as well, is made of host and vmid: libvirt takes each once, and would
#  choose another one at each definition.
uuids[vmid] := uuid if {
	some vmid, uuid in _own
	count(holders[uuid]) == 1
}

uuids[vmid] := concat("-", [substring(hash, 0, 8), substring(hash, 8, 4), concat("", ["5", substring(hash, 13, 3)]), concat("", ["8", substring(hash, 17, 3)]), substring(hash, 20, 12)]) if {
	some vmid in object.keys(list)
	not _alone[vmid]
	hash := crypto.sha256(sprintf("%s/%d", [input.host.name, vmid]))
}

_alone[vmid] if {
	some vmid, uuid in _own
	count(holders[uuid]) == 1
}

# METADATA
# title: Virtual machines by the UUID that their configuration has
# description: uuid → set of vmids
holders[uuid] contains vmid if some vmid, uuid in _own

_own[vmid] := lower(uuid) if {
	some vmid, g in list
	uuid := facts.field(g.config.smbios1.property, "uuid")
	regex.match(uuid_form, uuid)
}

# METADATA
# title: Whether the machine is Q35
q35(g) if regex.match(`^(pc-)?q35(-|$)`, type(g))

# METADATA
# title: The machine type as the configuration names it
type(g) := facts.field(g.config.machine.property, "type")

# METADATA
# title: The machine that PVE would take
# description: |
#  {chipset, version, series, pve}: without a version PVE takes the newest, and for
#  Windows the one that the virtual machine was made with, or 5.1. Undefined
#  where it is the newest one.
machine(g) := {"version": found[0][1], "series": release.series(found[0][1]), "pve": _pve(found[0][2])} if {
	found := regex.find_all_string_submatch_n(`^pc-(?:i440fx|q35)-([0-9]{1,3}\.[0-9]{1,3})(?:\.[0-9]+)?(?:\+pve([0-9]{1,3}))?(?:\.pxe)?$`, type(g), 1)
	count(found) == 1
} else := {"version": version, "series": release.series(version), "pve": 0} if {
	windows(g) > 0
	version := _made(g)
}

_pve(text) := to_number(text) if {
	text != ""
} else := 0

_made(g) := regex.find_n(`^[0-9]{1,3}\.[0-9]{1,3}`, made, 1)[0] if {
	made := facts.field(g.config.meta.property, "creation-qemu")
	release.series(made) >= 9001
} else := "5.1"

# METADATA
# title: The series of the machine on this host
# description: Of one without a version, that of the QEMU that the host has; undefined where that is not known.
series(g) := machine(g).series if {
	true
} else := release.series(facts.packages["pve-qemu-kvm"]["package"].version)

# METADATA
# title: Whether the machine behaves as PVE's of a version does
# description: Revisions of PVE count where the machine names one, or follows the newest.
at_least(g, wanted, _) if series(g) > wanted

at_least(g, wanted, 0) if series(g) == wanted

at_least(g, wanted, pve_revision) if {
	m := machine(g)
	m.series == wanted
	m.pve >= pve_revision
}

at_least(g, wanted, _) if {
	not machine(g)
	series(g) == wanted
}

# METADATA
# title: Version of Windows
# description: "As PVE counts: 5 for XP and 2003, 6 for Vista and 2008, 7, 8, 10, 11; 0 for other systems."
windows(g) := _windows[value(g, "ostype")] if {
	true
} else := 0

_windows := {"w2k": 5, "w2k3": 5, "w2k8": 6, "win10": 10, "win11": 11, "win7": 7, "win8": 8, "wvista": 6, "wxp": 5}

# METADATA
# title: Whether the firmware is UEFI
uefi(g) if value(g, "bios") == "ovmf"

# METADATA
# title: Whether the guest is emulated without KVM
emulated(g) if off(g, "kvm")

# METADATA
# title: Sockets of the machine
sockets(g) := n if {
	some key in ["sockets", "smp"]
	n := number(g, key)
	n > 0
	not _sockets_before(g, key)
} else := 1

_sockets_before(g, "smp") if number(g, "sockets") > 0

# METADATA
# title: Cores of a socket
cores(g) := n if {
	n := number(g, "cores")
	n > 0
} else := 1

# METADATA
# title: Memory in MiB
# description: PVE's default is 512.
memory(g) := n if {
	n := whole(facts.field(g.config.memory.property, "current"))
	n >= 16
} else := 512

# METADATA
# title: What may be plugged while the guest runs
hotplug(g) := set() if {
	value(g, "hotplug") == "0"
} else := {word | some word in split(value(g, "hotplug"), ",")} if {
	not facts.truthy(value(g, "hotplug"))
} else := {"disk", "network", "usb"}

# METADATA
# title: Whether the guest is given a graphics card of the host as its own
graphics_given(g) if {
	some key, p in g.config
	startswith(key, "hostpci")
	facts.truthy(facts.field(p.property, "x-vga"))
}

# METADATA
# title: The kind of display
# description: Undefined for a kind that PVE does not have.
display(g) := kind if {
	kind := facts.field(g.config.vga.property, "type")
	regex.match(`^(std|cirrus|vmware|qxl[234]?|virtio|virtio-gl|serial[0-3]|none)$`, kind)
} else := "none" if {
	not g.config.vga
	graphics_given(g)
} else := "cirrus" if {
	windows(g) == 5
} else := "std"

# METADATA
# title: Whether people look at the guest with SPICE
spice(g) if regex.match(`^(qxl|virtio)`, display(g))

# METADATA
# title: Whether the guest agent has a channel
agent(g) if facts.truthy(facts.field(g.config.agent.property, "enabled"))

# METADATA
# title: Own CPU models by name
# description: name → properties by key
cpu_models[id] := facts.section_properties(m, sprintf("/mappings/%d", [i])) if {
	some i, m in input.mappings
	m.type == "cpu-model"
	id := m.id
}

# METADATA
# title: Guests that start with the host, in PVE's order
# description: |
#  List of {vmid, order, up}; without an order last, of one order by vmid. The HA
#  manager starts its guests whatever onboot says.
started := [{"vmid": s[1], "order": s[0], "up": s[2]} |
	some s in sort([[order(g), vmid, _up(g)] |
		some vmid, g in list
		_starts(vmid, g)
		not pve.template(g)
	])
]

_starts(_, g) if on(g, "onboot")

_starts(vmid, _) if pve.ha_active[sprintf("vm:%d", [vmid])]

# METADATA
# title: Place of a guest in the order of starts
# description: PVE starts guests without an order last.
order(g) := n if {
	n := whole(facts.field(g.config.startup.property, "order"))
} else := 1000000000

_up(g) := n if {
	n := whole(facts.field(g.config.startup.property, "up"))
	n <= 86400
} else := 0

# METADATA
# title: Configurations of PVE whose notes are read on the new system
# description: "vmid → {at, path, to}: the file of the virtual machine, and its copy that only root can read."
notes[vmid] := {"at": d.at, "path": path, "to": concat("", ["/var/lib/pve2nix", path])} if {
	some vmid, g in list
	d := g.config.description
	found := regex.find_all_string_submatch_n(sprintf(`^(/etc/pve/nodes/[A-Za-z0-9-]{1,63}/qemu-server/%d\.conf):[0-9]+$`, [vmid]), d.property.source, 1)
	path := found[0][1]
}
