# METADATA
# scope: package
# title: "Templates become images of Incus on request: {vmids}"
# description: |
#  Incus has images where PVE has templates. A unit publish-VMID reads the disk of
#  the template and makes an image pve-VMID of it, and a profile of the same name has
#  processors, memory, firmware and cards. Nobody starts the unit by himself: the
#  image is a second copy of the disk, and is not made anew when the template
#  changes. A new instance is a full copy, on the pool default. Users, keys and
#  addresses of cloud-init are not in it, nor are the variables of UEFI: the machine
#  starts as from a new disk. Linked clones go on reading from the old volume.
# custom:
#  id: PVE-INC-028
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: templates
#  equivalent: incus image import
#  account: review
#  workaround: |
#   `systemctl start publish-VMID`, then `incus launch pve-VMID NEW --vm --profile
#   pve-VMID` takes the place of a clone; give what cloud-init is to do with `--config
#   cloud-init.user-data="$(cat FILE)"`. Give the root a size with `--device
#   root,size=20GiB`. Do not remove the volume while disks of other guests are
#   linked clones of it.
#  test:
#   before: |
#    `qm config VMID` on PVE prints template: 1 for {vmids}.
#   after: |
#    `incus image list` prints pve-VMID after the unit has run, and `incus launch
#    pve-VMID NEW --vm --profile pve-VMID --console` shows the machine start.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/image_format/
#   - https://linuxcontainers.org/incus/docs/main/howto/images_copy/
#   - https://github.com/lxc/incus/blob/v6.0.2/cmd/incus/image.go
#   - https://pve.proxmox.com/wiki/VM_Templates_and_Clones
package rules.incus.published

import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.network
import data.lib.pve

findings contains {
	"at": sort([at | some t in incus.published; some at in array.concat([t.guest.at], _left(t))]),
	"vars": {"vmids": pve.numbers(object.keys(incus.published))},
} if {
	count(incus.published) > 0
}

_at(g, keys) := array.concat([g.at], [g.config[key].at | some key in keys; g.config[key]])

_of_unit(t) := ["template", "name", "boot", "bootdisk", "scsihw", t.key]

_of_profile(g) := array.concat(["bios", "cores", "memory", "smp", "sockets", "vcpus"], array.concat(sort(object.keys(_cards(g))), _drives(g)))

# What neither the image nor the profile has.
_left(t) := [p.at |
	some key, p in t.guest.config
	not key in _of_unit(t)
	not key in _of_profile(t.guest)
]

_unit(vmid, t, path, value) := {
	"at": _at(t.guest, _of_unit(t)),
	"option": array.concat(["systemd", "services", sprintf("publish-%d", [vmid])], path),
	"value": value,
}

settings contains _unit(vmid, t, path, value) if {
	some vmid, t in incus.published
	some [path, value] in [
		[["description"], sprintf("Image of the template %d", [vmid])],
		[["unitConfig"], {"RequiresMountsFor": [t.path]}],
		[["requires"], ["incus.service"]],
		[["after"], ["incus.service", "incus-preseed.service", "remote-fs.target", "zfs-volumes.target"]],
		[["serviceConfig"], {"Type": "oneshot", "TimeoutStartSec": "infinity", "PrivateTmp": true}],
		[["path"], [{"_ref": ["config", "virtualisation", "incus", "clientPackage"]}, {"_ref": ["pkgs", "gnutar"]}, {"_ref": ["pkgs", "lvm2"]}, {"_ref": ["pkgs", "qemu-utils"]}]],
		[["script"], concat("\n", array.flatten(_lines(vmid, t)))],
	]
}

# Paths have passed their patterns; a name is in it only where it is one of the DNS.
_lines(vmid, t) := [
	sprintf("! incus image info pve-%[1]d >/dev/null 2>&1 || { echo \"the image pve-%[1]d is there\"; exit 0; }", [vmid]),
	[sprintf("lvchange --activate y --ignoreactivationskip %s", [t.path]) | regex.match(`^/dev/[^/]+/base-`, t.path)],
	`work=$(mktemp -d -p /var/tmp)`,
	`trap 'rm -rf "$work"' EXIT`,
	sprintf("qemu-img convert -f %s -O qcow2 %s \"$work/disk.qcow2\"", [t.format, t.path]),
	`cat >"$work/metadata.yaml" <<END`,
	"architecture: $(uname -m)",
	"creation_date: $(date +%s)",
	"properties:",
	sprintf("  description: template %d%s", [vmid, _name(t.guest)]),
	"END",
	`tar -C "$work" -cf "$work/metadata.tar" metadata.yaml`,
	sprintf(`incus image import "$work/metadata.tar" "$work/disk.qcow2" --alias pve-%d`, [vmid]),
	"",
]

_name(g) := sprintf(" of Proxmox VE (%s)", [g.config.name.property.value]) if {
	guard.domain(g.config.name.property.value)
} else := " of Proxmox VE"

settings contains {
	"at": _at(t.guest, _of_profile(t.guest)),
	"option": ["virtualisation", "incus", "preseed", "profiles"],
	"value": [{
		"name": sprintf("pve-%d", [vmid]),
		"description": sprintf("As template %d of Proxmox VE", [vmid]),
		"config": object.union(_firmware(t.guest), {"limits.cpu": sprintf("%d", [incus.vcpus(t.guest)]), "limits.memory": sprintf("%dMiB", [_memory(t.guest)])}),
		"devices": object.union_n([
			{"root": object.union({"type": "disk", "path": "/", "pool": "default"}, _bus(t.key))},
			{name: card | some key, card in _cards(t.guest); name := regex.replace(key, `^net`, "eth")},
			{"cloud-init": {"type": "disk", "source": "cloud-init:config"} | some _ in _drives(t.guest)},
		]),
	}],
} if {
	some vmid, t in incus.published
}

_firmware(g) := {"security.secureboot": _enrolled(g)} if {
	g.config.bios.property.value == "ovmf"
} else := {"security.csm": "true", "security.secureboot": "false"}

_enrolled(g) := "true" if {
	facts.truthy(facts.field(g.config.efidisk0.property, "pre-enrolled-keys"))
} else := "false"

_memory(g) := found if {
	found := incus.number(facts.field(g.config.memory.property, "current"))
	found > 0
} else := found if {
	found := incus.number(g.config.memory.property.value)
	found > 0
} else := 512

_bus(key) := {"io.bus": "virtio-blk"} if {
	startswith(key, "virtio")
} else := {}

# Without an address: each new machine gets its own.
_cards(g) := {key: object.union({"type": "nic", "nictype": "bridged", "name": regex.replace(key, `^net`, "eth")}, _plug(bridge, _tag(p.property))) |
	some key, p in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	bridge := facts.field(p.property, "bridge")
	facts.interface_name(bridge)
	not _unplugged(p.property)
}

_unplugged(property) if facts.truthy(facts.field(property, "link_down"))

_tag(property) := network.number(facts.field(property, "tag"), 1, 4094) if {
	true
} else := 0

_plug(bridge, tag) := {"parent": name} if {
	name := network.tag_bridge(bridge, tag)
	name in network.tag_bridges
} else := {"parent": bridge, "vlan": sprintf("%d", [tag])} if {
	tag > 0
} else := {"parent": bridge}

_drives(g) := sort([key |
	some key, p in g.config
	regex.match(`^(ide|sata|scsi)[0-9]{1,2}$`, key)
	contains(incus.file(p.property), "cloudinit")
])
