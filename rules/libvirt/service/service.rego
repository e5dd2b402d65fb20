# METADATA
# scope: package
# title: Units that define and start domains
# description: |
#  libvirt runs the domains. A unit for each of them hands its definition to
#  libvirt, again whenever it changes, and fetches the variables of its firmware
#  once from PVE's volume; it starts nothing. One more unit starts the guests with
#  onboot at each boot of the host, in PVE's order and with its delays. When the
#  host shuts down, guests are asked to shut down and given PVE's time for it.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://search.nixos.org/options?query=virtualisation.libvirtd
#   - https://libvirt.org/manpages/virsh.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
package rules.libvirt.service

import data.lib.domains
import data.lib.efivars
import data.lib.facts
import data.lib.images
import data.lib.pve

_all := sort([g.at | some g in domains.list])

_timed := sort([g.config.startup.at | some g in domains.list; g.config.startup])

settings contains {"at": _all, "option": ["virtualisation", "libvirtd", option], "value": value} if {
	count(domains.list) > 0
	some option, value in {
		"enable": true,
		"onBoot": "ignore",
		"onShutdown": "shutdown",
		"qemu": {"package": {"_ref": ["pkgs", _qemu]}},
	}
}

_qemu := "qemu" if {
	some g in domains.list
	domains.value(g, "arch") == "aarch64"
} else := "qemu_kvm"

# PVE waits 180 seconds for each where nothing is said.
settings contains {"at": _at(_timed), "option": ["virtualisation", "libvirtd", "shutdownTimeout"], "value": max({180} | {down | some g in domains.list; down := domains.whole(facts.field(g.config.startup.property, "down")); down <= 86400})} if {
	count(domains.list) > 0
}

_at(list) := list if {
	count(list) > 0
} else := _all

_unit(vmid) := sprintf("libvirt-domain-%d", [vmid])

settings contains {"at": [g.at], "option": array.concat(["systemd", "services", _unit(vmid)], path), "value": value} if {
	some vmid, g in domains.list
	some [path, value] in array.concat(
		[
			[["description"], sprintf("Domain %s (VM %d of PVE)", [domains.name(vmid), vmid])],
			[["wantedBy"], ["multi-user.target"]],
			[["wants"], ["libvirtd.socket"]],
			[["after"], ["libvirtd.socket", "libvirtd-config.service", "local-fs.target", "zfs.target"]],
			[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
			[["environment", "DEFINITION"], {"_path": sprintf("./domains/%d.xml", [vmid])}],
			[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		],
		_steps(vmid),
	)
}

_steps(vmid) := [
	[["path"], [{"_ref": ["pkgs", name]} | some name in array.concat(["libvirt"], array.concat([p | p := "lvm2"; count(_volumes[vmid]) > 0], [p | p := "qemu-utils"; efivars.volumes[vmid]]))]],
	[["script"], concat("", array.concat([_active(path) | some path in sort(_volumes[vmid])], array.concat([_variables(vmid) | efivars.volumes[vmid]], [_define])))],
]

# PVE switches volumes of LVM on when a guest starts, and tells LVM not to do so at boot.
_volumes[vmid] := {image.source.dev |
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio|efidisk)[0-9]{1,2}$`, key)
	image := images.of(facts.field(p.property, "file"))
	image.storage in {"lvm", "lvmthin"}
	regex.match(`^/dev/[A-Za-z0-9_+][A-Za-z0-9_.+-]*/[A-Za-z0-9_+][A-Za-z0-9_.+-]*$`, image.source.dev)
	not pve.template(g)
} if {
	some vmid, g in domains.list
}

_active(path) := sprintf("lvchange --activate y --ignoreactivationskip %s\n", [path])

_define := "virsh define \"$DEFINITION\"\n"

# OVMF wants its variables in 528 KiB, however large the volume is.
_variables(vmid) := concat("\n", [
	sprintf("variables=%s", [efivars.file(vmid)]),
	`if ! test -e "$variables"; then`,
	`  mkdir -p "$(dirname "$variables")"`,
	sprintf(`  qemu-img convert -f %s -O raw '%s' "$variables.new"`, [volume.format, volume.path]),
	`  truncate --size 540672 "$variables.new"`,
	`  mv "$variables.new" "$variables"`,
	"fi\n",
]) if {
	volume := efivars.volumes[vmid]
}

settings contains {"at": at, "option": array.concat(["systemd", "services", "libvirt-start"], path), "value": value} if {
	count(domains.started) > 0
	at := sort(_timed_started | {domains.list[s.vmid].config.onboot.at | some s in domains.started})
	some [path, value] in [
		[["description"], "Start of domains in the order of PVE"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], array.concat(["libvirt-guests.service", "network-online.target", "remote-fs.target"], [sprintf("%s.service", [_unit(s.vmid)]) | some s in domains.started])],
		[["path"], [{"_ref": ["pkgs", "libvirt"]}]],
		[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
		[["restartIfChanged"], false],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		[["script"], concat("\n", array.concat(array.concat(_preamble, [sprintf("start %s %d", [domains.name(s.vmid), s.up]) | some s in domains.started]), ["exit \"$failed\"\n"]))],
	]
}

_timed_started := {domains.list[s.vmid].config.startup.at | some s in domains.started; domains.list[s.vmid].config.startup}

# A guest that does not start keeps no other one from it.
_preamble := array.concat(
	[
		"failed=0",
		"start() { # name, seconds until the next one",
		`  test "$(virsh domstate "$1")" = running || virsh start "$1" || failed=1`,
		`  sleep "$2"`,
		"}",
	],
	[sprintf("sleep %d", [_delay]) | _delay > 0],
)

_delay := max([seconds |
	some n in input.cluster.nodes
	n.local
	some p in n.config
	p.key == "startall-onboot-delay"
	seconds := domains.whole(p.value)
	seconds <= 300
])
