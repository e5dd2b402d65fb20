# METADATA
# scope: package
# title: Units that define and start domains
# description: |
#  libvirt runs the domains. A unit for each of them fetches the variables of its
#  firmware and the state of its TPM from PVE's volumes, which it only reads, and
#  again at each boot until the guest has changed them here. It hands the
#  definition to libvirt when libvirt does not know the domain or the
#  definition has changed: what people change with virsh stays until then, and the
#  definition that is replaced is kept in a file. The unit starts nothing. One more
#  starts the guests with onboot at each boot of the host, in PVE's order and with
#  its delays.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://search.nixos.org/options?query=virtualisation.libvirtd
#   - https://libvirt.org/manpages/virsh.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
package rules.libvirt.service

import data.lib.domaindisks
import data.lib.domains
import data.lib.efivars
import data.lib.facts
import data.lib.images
import data.lib.pve
import data.lib.rbd
import data.lib.tpmstate

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

# Only the whole of QEMU reaches images of Ceph.
_qemu := "qemu_full" if {
	some list in domaindisks.drives
	some d in list
	domaindisks.image(d.property).source.protocol == "rbd"
} else := "qemu" if {
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
			[["wants"], array.concat(["libvirtd.socket"], _online(vmid))],
			[["after"], array.concat(["libvirtd.socket", "libvirtd-config.service", "local-fs.target", "zfs.target"], _online(vmid))],
			[["environment", "LC_ALL"], "C"],
			[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
			[["environment", "DEFINITION"], {"_path": sprintf("./domains/%d.xml", [vmid])}],
			[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		],
		_steps(vmid),
	)
}

_steps(vmid) := array.concat(
	[
		[["path"], [{"_ref": ["pkgs", name]} | some name in _programs(vmid)]],
		[["script"], concat("", _script(vmid))],
	],
	[[["unitConfig", "RequiresMountsFor"], files] | files := _files(vmid); count(files) > 0],
)

_programs(vmid) := array.concat(
	["libvirt"],
	array.flatten([
		[name | name := "lvm2"; count(_images[vmid]) > 0],
		[name | some name in ["diffutils", "qemu-utils"]; count(_kept(vmid)) > 0],
		[name | name := "ceph-client"; count(_remote[vmid]) > 0],
	]),
)

# Images of Ceph with variables or a state: [place, image].
_remote[vmid] := sort({[volume.path, volume.image] |
	some list in [efivars.volumes, tpmstate.volumes]
	volume := list[vmid]
	volume.image
}) if {
	some vmid, _ in domains.list
}

_online(vmid) := ["network-online.target" | count(_remote[vmid]) > 0]

carries contains c if some c in rbd.carries({one[1].storage | some list in _remote; some one in list})

# Where Ceph does not answer there is no copy, and what was fetched before stays.
_fetched(vmid) := concat("\n", array.flatten([
	"fetch() { # image, place, how Ceph is reached",
	`  mkdir -p -m 0700 "$(dirname "$2")"`,
	`  rm -f "$2"`,
	`  timeout 120 rbd "${@:3}" export --no-progress "$1" "$2" || rm -f "$2"`,
	"}",
	[sprintf("fetch %s %s %s", [one[1].image, one[0], one[1].words]) | some one in _remote[vmid]],
	"",
])) if {
	count(_remote[vmid]) > 0
}

_cleared(vmid) := sprintf("rm -f %s\n", [concat(" ", [one[0] | some one in _remote[vmid]])]) if count(_remote[vmid]) > 0

# Disks come last: a domain whose group of LVM is late is known all the same, and does not start.
_script(vmid) := array.flatten([
	[_tried(path) | some path in sort(_images[vmid]); path in _kept(vmid)],
	[text | text := _fetched(vmid)],
	[_variables(vmid) | efivars.volumes[vmid]],
	[_state(vmid) | tpmstate.volumes[vmid]],
	[text | text := _cleared(vmid)],
	_define(vmid),
	[_active(path) | some path in sort(_images[vmid]); not path in _kept(vmid)],
])

# What is read before the first start.
_kept(vmid) := {volume.path | some volume in [efivars.volumes[vmid], tpmstate.volumes[vmid]]} if {
	efivars.volumes[vmid]
	tpmstate.volumes[vmid]
} else := {efivars.volumes[vmid].path} if {
	true
} else := {tpmstate.volumes[vmid].path} if {
	true
} else := set()

# systemd would take a blank for the end of a path, and a percent sign for a word of its own.
_files(vmid) := sort([path | some path in _kept(vmid); not regex.match(`^/(dev|run)/`, path); regex.match(`^[A-Za-z0-9_.:@+=,/-]+$`, path)])

# PVE switches volumes of LVM on when a guest starts, and tells LVM not to do so at boot.
_images[vmid] := {image.source.dev |
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio|efidisk|tpmstate)[0-9]{1,2}$`, key)
	image := images.of(facts.field(p.property, "file"))
	image.storage in {"lvm", "lvmthin"}
	regex.match(`^/dev/[A-Za-z0-9_+][A-Za-z0-9_.+-]*/[A-Za-z0-9_+][A-Za-z0-9_.+-]*$`, image.source.dev)
	_read(vmid, g, image.source.dev)
} if {
	some vmid, g in domains.list
}

# Of a template nothing but its firmware is read.
_read(_, g, _) if not pve.template(g)

_read(vmid, _, path) if path in _kept(vmid)

_active(path) := sprintf("lvchange --activate y --ignoreactivationskip %s\n", [path])

# Who removed the volume later has what was in it.
_tried(path) := sprintf("%s || true\n", [trim_suffix(_active(path), "\n")])

# The path of the definition has the hash of its text: it changes when the text does.
_define(vmid) := concat("\n", array.flatten([
	_notes(vmid),
	sprintf("defined=/var/lib/libvirt/pve/%d", [vmid]),
	sprintf("domain=%s", [domains.uuids[vmid]]),
	`mkdir -p "$(dirname "$defined")"`,
	`if ! virsh domname "$domain" >/dev/null 2>&1; then`,
	`  virsh define "$DEFINITION"`,
	["  notes" | domains.notes[vmid]],
	`elif test "$(cat "$defined" 2>/dev/null || true)" != "$DEFINITION"; then`,
	`  (umask 077; virsh dumpxml --inactive --security-info "$domain" >"$defined.before.xml")`,
	`  virsh define "$DEFINITION"`,
	["  notes" | domains.notes[vmid]],
	"fi",
	"echo \"$DEFINITION\" >\"$defined\"\n",
]))

# Notes are the comments before the first snapshot; PVE writes control characters, colons and percent signs as URLs do.
_notes(vmid) := [
	"notes() {",
	sprintf(`  text=$(sed '/^\[/,$d' %s | sed -n -e 's/\\/\\\\/g' -e 's/%%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g' -e 's/^#//p') || true`, [domains.notes[vmid].to]),
	`  test -z "$text" || virsh desc "$domain" --config --new-desc="$(printf '%b' "$text")" || true`,
	"}",
] if {
	domains.notes[vmid]
} else := []

# What the guest has not changed since is fetched again: it may have run on PVE in between. Without the volume what is here
# stays, and what a running guest has open is not replaced by the same.
_outdated(file, path) := [
	sprintf("test -e '%[1]s' || udevadm settle --timeout=30 --exit-if-exists='%[1]s'", [path]),
	sprintf(`if ! test -e "%[1]s" || { cmp -s "%[1]s" "%[1]s.fetched" && test -e '%[2]s'; }; then`, [file, path]),
]

# OVMF wants its variables in 528 KiB, however large the volume is.
_variables(vmid) := concat("\n", array.flatten([
	sprintf("variables=%s", [efivars.file(vmid)]),
	_outdated("$variables", volume.path),
	`  mkdir -p "$(dirname "$variables")"`,
	sprintf(`  qemu-img convert -f %s -O raw '%s' "$variables.new"`, [volume.format, volume.path]),
	`  truncate --size 540672 "$variables.new"`,
	`  if ! cmp -s "$variables.new" "$variables"; then`,
	`    cp "$variables.new" "$variables.fetched"`,
	`    mv "$variables.new" "$variables"`,
	"  fi",
	"fi\n",
])) if {
	volume := efivars.volumes[vmid]
}

# swtpm's linear form begins with a table: a magic word, then place and length of the permanent state at byte 12. Without
# the word the guest was never started, and libvirt makes a new TPM as PVE would: where it has a folder it makes none.
_state(vmid) := concat("\n", array.flatten([
	sprintf("state=%s", [tpmstate.folder(vmid)]),
	sprintf("file=%s", [tpmstate.file(vmid)]),
	_outdated("$state/$file", volume.path),
	`  mkdir -p "$(dirname "$state")"`,
	`  rm -rf "$state.new"`,
	`  mkdir -m 0700 "$state.new"`,
	sprintf(`  qemu-img convert -f %s -O raw '%s' "$state.new/volume"`, [volume.format, volume.path]),
	`  case "$(head -c 8 "$state.new/volume" | tr -d '\0')" in`,
	"  nilmptws)",
	`    read -r place length < <(od -A n -t u4 -j 12 -N 8 "$state.new/volume")`,
	`    (umask 077; tail -c "+$((place + 1))" "$state.new/volume" | head -c "$length" >"$state.new/$file")`,
	`    test "$(stat -c %s "$state.new/$file")" = "$length"`,
	`    if ! cmp -s "$state.new/$file" "$state/$file"; then`,
	`      mkdir -p -m 0700 "$state"`,
	`      cp -p "$state.new/$file" "$state/$file.fetched"`,
	`      mv "$state.new/$file" "$state/$file"`,
	"    fi",
	"    ;;",
	`  "") ;;`,
	sprintf(`  *) echo "%s holds no TPM" >&2; exit 1 ;;`, [volume.path]),
	"  esac",
	`  rm -r "$state.new"`,
	"fi\n",
])) if {
	volume := tpmstate.volumes[vmid]
}

settings contains {"at": at, "option": array.concat(["systemd", "services", "libvirt-start"], path), "value": value} if {
	count(domains.started) > 0
	at := sort(_timed_started | {domains.list[s.vmid].config.onboot.at | some s in domains.started})
	some [path, value] in [
		[["description"], "Start of domains in the order of PVE"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], array.concat(["libvirt-guests.service", "libvirt-shutdown.service", "network-online.target", "remote-fs.target"], [sprintf("%s.service", [_unit(s.vmid)]) | some s in domains.started])],
		[["path"], [{"_ref": ["pkgs", "libvirt"]}]],
		[["environment", "LC_ALL"], "C"],
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
		"udevadm settle --timeout=60 || true",
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
