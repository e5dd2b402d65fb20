# METADATA
# title: What fstab and mount units become
# description: |
#  Splits fstab into lines that NixOS takes over, swap devices, lines that
#  have rules of their own, and lines that need a decision. Network mounts and
#  data disks never hold up the boot: a missing disk must not cost the host.
package lib.mounts

import data.lib.disks
import data.lib.facts
import data.lib.guard

_network(type) if data.catalog.filesystems[type].network

_local(type) if {
	data.catalog.filesystems[type].supported
	not _network(type)
	type != "zfs"
}

# The kernel and systemd mount these by themselves; the catalog says so of each.
_kernel := {"debugfs", "devpts", "hugetlbfs", "proc", "sysfs", "devtmpfs", "cgroup", "cgroup2", "securityfs", "tracefs"}

_of_boot(f) if f.file == "/"

_of_boot(f) if {
	f.file == "/boot"
	f.type != "vfat"
}

_of_boot(f) if {
	f.type == "vfat"
	f.file in {"/boot/efi", "/efi", "/boot"}
	disks.device_of(f.spec)
}

_of_boot(f) if f.type in _kernel

_of_boot(f) if {
	f.type == "tmpfs"
	regex.match(`^/(run|dev/shm|tmp)$`, f.file)
}

# Drives of the installer.
_of_boot(f) if regex.match(`^/media/(cdrom|floppy)[0-9]*$`, f.file)

# METADATA
# title: Lines that NixOS mounts
# description: index → {at, file, device, type, options}
taken[i] := {"at": sprintf("/storage/fstab/%d", [i]), "file": f.file, "device": device, "type": f.type, "options": options} if {
	some i, f in input.storage.fstab
	f.file != "/"
	not _of_boot(f)
	facts.plain_path(f.file)
	not endswith(f.file, "/")
	not _reserved(f.file)
	i == min(_lines[f.file])
	device := _device(f)
	options := _options(f)
}

# systemd takes the first line for a place and refuses the others.
_lines[f.file] contains i if some i, f in input.storage.fstab

# Places that NixOS mounts or makes itself.
_reserved(path) if regex.match(`^/(nix|proc|sys|dev|run|etc|usr|bin|sbin|lib|lib64)(/|$)`, path)

_device(f) := disks.device_of(f.spec) if _local(f.type)

_device(f) := f.spec if {
	_network(f.type)
	guard.remote(f.spec)
}

_device(f) := "tmpfs" if f.type == "tmpfs"

# A pool of folders; one of its branches may be a pattern.
_device(f) := f.spec if {
	pooled(f.type)
	regex.match(`^/[A-Za-z0-9_./*+-]+(=(RW|RO|NC))?(:/[A-Za-z0-9_./*+-]+(=(RW|RO|NC))?)*$`, f.spec)
	not regex.match(`/\.\.?(/|:|=|$)`, f.spec)
}

# A bind mount shows a directory of this host at a second place.
_device(f) := f.spec if {
	f.type == "none"
	some o in f.options
	o in {"bind", "rbind"}
	facts.plain_path(f.spec)
}

# METADATA
# title: Pools of folders by mergerfs
pooled(type) if type in {"fuse.mergerfs", "mergerfs"}

_options(f) := options if {
	kept := [o | some o in f.options; not data.catalog.mount_options_dropped[o]]
	every o in kept { guard.mount_option(o) }
	every o in kept { not _inline_secret(o) }
	options := array.concat(kept, [o | some o in _wanted(f); not o in kept])
}

_wanted(f) := ["nofail", "_netdev"] if _network(f.type)

_wanted(f) := ["nofail"] if not _network(f.type)

_inline_secret(option) if regex.match(`(?i)^(pass|password|passwd|password2|secret)=`, option)

_inline_secret(option) if contains(option, "=secret:")

# METADATA
# title: Swap on devices
# description: index → {at, value of swapDevices}
swaps[i] := {"at": sprintf("/storage/fstab/%d", [i]), "value": object.union({"device": device}, _priority(f))} if {
	some i, f in input.storage.fstab
	f.type == "swap"
	device := disks.device_of(f.spec)
}

_priority(f) := {"priority": to_number(given[0])} if {
	given := [n |
		some o in f.options
		regex.match(`^pri=[0-9]{1,5}$`, o)
		n := trim_prefix(o, "pri=")
	]
	count(given) > 0
} else := {}

# METADATA
# title: Lines that need a decision
# description: index → place, or the device of swap
left[i] := _label(f) if {
	some i, f in input.storage.fstab
	not _of_boot(f)
	not taken[i]
	not swaps[i]
}

_label(f) := f.file if f.type != "swap"

_label(f) := f.spec if f.type == "swap"

# METADATA
# title: Files of credentials that mounts name
# description: set of {at, file, path}
credentials contains {"at": entry.at, "file": entry.file, "path": path} if {
	some entry in taken
	some o in entry.options
	regex.match(`^(credentials|cred)=/`, o)
	path := regex.replace(o, `^[a-z]+=`, "")
	facts.plain_path(path)
}

# METADATA
# title: Mount units of this host that can be taken over
# description: index of the unit → {at, target, device, type, options}
units[i] := {"at": _units_at(i), "target": target, "device": found.device, "type": found.type, "options": array.concat(options, _on_access(i))} if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	endswith(u.name, ".mount")
	object.get(u, "load_state", "") != "masked"
	target := _place(u.name)
	facts.plain_path(target)
	not _reserved(target)
	not _in_fstab[target]
	found := _found(i, u, target)
	options := _options({"type": found.type, "options": _said_options(u)})
}

# What is mounted there now, else what the unit says that is mounted when the host starts, or on access.
_found(i, u, target) := {"device": device, "type": m.type} if {
	m := _mounted[target]
	_local(m.type)
	device := _stable(m.source)
} else := {"device": device, "type": type} if {
	_wanted_unit(i, u)
	_said(u, "Mount.Where") == target
	type := _said(u, "Mount.Type")
	device := _device({"type": type, "spec": _said(u, "Mount.What"), "options": _said_options(u)})
	not regex.match(`^/dev/(sd|hd|vd|xvd|nvme|md[0-9]|dm-)`, device)
}

_wanted_unit(_, u) if u.name in facts.in_use

_wanted_unit(i, _) if _automount[i]

_said(u, key) := values[count(values) - 1] if {
	values := [p.value | some p in u.detail.settings; p.key == key]
}

_said_options(u) := [o | some o in split(_said(u, "Mount.Options"), ","); o != ""] if {
	true
} else := []

# The unit that mounts on access: index of the mount unit → index of the automount unit
_automount[i] := j if {
	some j, a in input.units
	endswith(a.name, ".automount")
	startswith(a.fragment_path, "/etc/systemd/system/")
	a.name in facts.in_use
	name := sprintf("%s.mount", [trim_suffix(a.name, ".automount")])
	u := facts.units[name]
	i := to_number(trim_prefix(u.at, "/units/"))
}

_units_at(i) := sort([sprintf("/units/%d", [n]) | some n in [i, _automount[i]]]) if {
	_automount[i]
} else := [sprintf("/units/%d", [i])]

_on_access(i) := array.concat(["x-systemd.automount"], [sprintf("x-systemd.idle-timeout=%s", [idle]) |
	idle := _said(input.units[_automount[i]], "Automount.TimeoutIdleSec")
	regex.match(`^[0-9]{1,6}(s|sec|min|m|h)?$`, idle)
]) if {
	_automount[i]
} else := []

_in_fstab contains f.file if some f in input.storage.fstab

# Of several file systems at one place the last one is on top.
_mounted[target] := input.storage.mounts[max(places)] if some target, places in _places

_places[m.target] contains i if some i, m in input.storage.mounts

# systemd writes / as - and a dash as \x2d.
_place(name) := path if {
	stem := trim_suffix(name, ".mount")
	slashed := concat("", ["/", replace(stem, "-", "/")])
	path := replace(slashed, `\x2d`, "-")
	not contains(path, `\`)
}

_stable(source) := links[0] if {
	links := sort([l |
		some d in disks.by_path[source]
		some l in d.links
		regex.match(`^/dev/disk/by-uuid/[A-Za-z0-9-]+$`, l)
	])
	count(links) > 0
} else := source if {
	regex.match(`^/dev/disk/by-(uuid|partuuid|label|id)/[A-Za-z0-9_.:-]+$`, source)
}
