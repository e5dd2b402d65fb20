# METADATA
# scope: package
# title: What NixOS lacks runs in a clone of PVE's root
# description: |
#  A container of systemd with the clone as its root, in the network of the host. Of its
#  units only those start that NixOS lacks and this host has in use: each type of unit has a
#  condition on an empty file of its name, laid over the clone, which also holds for packages
#  that are installed later. It starts when the conversion is committed; one that has no
#  units, and commands of packages alone, when one of them is called. Its packages are
#  managed by PackageKit in it. On a thick volume of LVM there is no clone: there the old root is
#  mounted for reading, with a folder above it that takes what is written.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-nspawn.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-clone.8.html
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://btrfs.readthedocs.io/en/latest/Subvolumes.html
package rules.bridges.companion

import data.lib.companion
import data.lib.companionfiles
import data.lib.datastores
import data.lib.disks
import data.lib.facts
import data.lib.here
import data.lib.waits

bridges contains {"at": [u.at], "bridge": "companion", "params": {"unit": name}} if {
	companion.exists
	some name, u in companion.units
}

# The interface of PVE is there because it was asked for.
bridges contains {"at": [u.at], "bridge": "webui", "params": {"unit": name}} if {
	companion.exists
	some name, u in companion.units
	u.entry.asked
}

bridges contains {"at": [p.at], "bridge": "companion", "params": {"package": name}} if {
	companion.exists
	some name, p in companion.packages
}

bridges contains {"at": companionfiles.at, "bridge": "companion", "params": {}} if count(companionfiles.at) > 0

# Libraries do not make a companion, and where there is one, they are in it.
bridges contains {"at": [at], "bridge": "companion", "params": {"package": name}} if {
	companion.exists
	some name, at in companion.along
}

bridges contains {"at": ["/host"], "bridge": "companion", "params": {}} if {
	companion.exists
	companion.demanded
}

# What a backup server stands for beside its units.
_served := sort(array.flatten([
	[facts.packages[name].at | some name in ["proxmox-backup-server"]],
	[sprintf("/certificates/%d", [i]) | some i, c in input.certificates; startswith(c.path, "/etc/proxmox-backup/")],
	datastores.at,
	[s.at | some s in disks.storages; s.section.type == "pbs"; s.properties.server.property.value in here.names],
]))

bridges contains {"at": _served, "bridge": "companion", "params": {"unit": "proxmox-backup-proxy.service", "closes": ["PVE-BAK-009"]}} if {
	companion.exists
	companion.units["proxmox-backup-proxy.service"]
	companion.units["proxmox-backup.service"]
}

# A copy that shares all blocks with the root until one of them is written.
plans contains {"at": disks.root.at, "path": ["clone", name], "value": value} if {
	companion.exists
	some name, value in companion.clone
}

_set(option, value) := {"at": ["/host"], "option": option, "value": value}

_service(path) := array.concat(["systemd", "services", companion.unit], path)

_etc(name) := ["environment", "etc", sprintf("%s/%s", [companion.folder, name])]

_read := "0444"

settings contains _set(_service(path), value) if {
	companion.exists
	some [path, value] in [
		[["description"], "What NixOS lacks, in a clone of the root of Proxmox VE"],
		[["documentation"], ["man:systemd-nspawn(1)"]],
		[["wants"], array.concat(_with_it, ["network-online.target"])],
		[["after"], ["network-online.target", "local-fs.target", "zfs.target"]],
		# A change of NixOS does not end what runs in it.
		[["restartIfChanged"], false],
		[["environment"], {"SYSTEMD_NSPAWN_API_VFS_WRITABLE": "yes", "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["unitConfig", "RequiresMountsFor"], array.concat([companion.root], sort(companion.binds))],
		[["serviceConfig"], {
			"Type": "notify",
			"ExecStart": _start,
			"KillMode": "mixed",
			"Delegate": true,
			"TasksMax": "infinity",
			"Slice": "machine.slice",
			"RestartForceExitStatus": 133,
			"SuccessExitStatus": 133,
			"TimeoutStopSec": "2min",
			"DevicePolicy": "closed",
			"DeviceAllow": array.concat(["char-pts rw"], _allowed_devices),
		}],
	]
}

settings contains _set(_service(["wantedBy"]), ["multi-user.target"]) if {
	companion.exists
	companion.at_boot
}

_allowed_devices := array.concat([sprintf("%s rwm", [node]) | some node in sort(companion.devices); not startswith(node, "/dev/loop")], _blocks)

_blocks := array.concat(["/dev/loop-control rwm", "block-loop rwm"], _others) if {
	"loop" in companion.needs
} else := _others

_others := sort([allow | some need in companion.needs; some allow in data.catalog.companion_devices[need].allow])

_start := {"_concat": [{"_ref": ["config", "systemd", "package"]}, sprintf("/bin/systemd-nspawn %s", [concat(" ", _arguments)])]}

_arguments := array.concat(
	array.concat(
		[
			"--quiet", "--keep-unit", "--boot",
			sprintf("--machine=%s", [companion.machine]), sprintf("--directory=%s", [companion.root]),
			"--settings=no", "--resolv-conf=bind-host", "--timezone=off", "--link-journal=no",
			sprintf("--capability=%s", [concat(",", sort([name | some name, _ in data.catalog.companion_capabilities]))]),
			sprintf("\"--system-call-filter=%s\"", [concat(" ", sort([name | some name, _ in data.catalog.companion_system_calls]))]),
			# What PVE mounts is not there, and waiting for it ends in the maintenance mode.
			"--bind-ro=/dev/null:/etc/fstab",
			sprintf("--bind-ro=/etc/%s/allow:/dev/companion/allow", [companion.folder]),
			sprintf("--bind-ro=/etc/%s/companion.target:/run/systemd/system/companion.target", [companion.folder]),
		],
		array.concat(
			[sprintf("--bind-ro=/etc/%s/%s.d:/run/systemd/system/%s.d", [companion.folder, kind, kind]) | some kind, _ in data.catalog.companion_types],
			[sprintf("--bind-ro=/etc/%s/%s.d:/run/systemd/system/%s.d", [companion.folder, name, name]) | some name in sort(companion.forced)],
		),
	),
	array.concat(
		[sprintf("--bind=%s", [path]) | some path in sort(companion.devices | companion.binds)],
		["systemd.unit=companion.target"],
	),
)

# The commit writes the file; it does not wait for the companion, and is not taken back where that does not start.
settings contains _set(array.concat(["systemd", "paths", "companion-committed"], path), value) if {
	companion.exists
	some [path, value] in [
		[["description"], "Start of the companion when the trial is committed"],
		[["wantedBy"], ["multi-user.target"]],
		[["unitConfig"], {"ConditionPathExists": "/var/lib/pve2nix/guard/trial.json"}],
		[["pathConfig"], {"PathChanged": "/var/lib/pve2nix/guard/committed", "Unit": sprintf("%s.service", [_committed])}],
	]
}

_committed := companion.unit if {
	companion.at_boot
} else := _commands

# Commands of its packages have a small program each on the host, which calls them there.
_commands := "companion-commands"

settings contains _set(array.concat(["systemd", "services", _commands], path), value) if {
	companion.exists
	count(companion.packages) > 0
	some [path, value] in [
		[["description"], "Commands of the packages of the companion"],
		[["wantedBy"], ["multi-user.target"]],
		# It does not end with the mount, which is taken away when the companion is set back.
		[["wants"], [_mount]],
		[["after"], [_mount]],
		[["unitConfig"], {
			"ConditionPathExists": array.concat(waits.condition, ["/var/lib/pve2nix/guard/pve2nix"]),
			"RequiresMountsFor": ["/var/lib/pve2nix"],
		}],
		[["serviceConfig"], {
			"Type": "oneshot",
			"RemainAfterExit": true,
			"RuntimeDirectory": "companion",
			"ExecStart": concat(" ", array.concat(["/var/lib/pve2nix/guard/pve2nix bridge companion link"], _called)),
		}],
	]
}

_mount := "var-lib-machines-companion.mount"

# Names as dpkg has them need no quotes.
_called := sort([name | some name, _ in companion.packages; regex.match(`^[a-z0-9][a-z0-9+.-]{0,127}$`, name)])

_with_it := [sprintf("%s.service", [_commands])] if {
	companion.at_boot
	count(companion.packages) > 0
} else := []

# Behind all others, so that no program of the companion is called in the place of one of NixOS.
settings contains _set(["environment", "profiles"], {"_mkAfter": ["/run/companion"]}) if {
	companion.exists
	count(companion.packages) > 0
}

checks contains {"at": sort([p.at | some p in companion.packages]), "check": "unit-active", "params": {"unit": "companion-commands.service"}, "required": false} if {
	companion.exists
	count(companion.packages) > 0
}

# Files, not links into the store: the companion has no store.
settings contains _set(array.concat(_etc(name), [field]), value) if {
	companion.exists
	some name, text in _files
	some field, value in {"text": text, "mode": _read}
}

_files["companion.target"] := concat("\n", [
	"[Unit]",
	"Description=What NixOS lacks",
	"Requires=basic.target",
	"After=basic.target",
	"AllowIsolate=yes",
	sprintf("Wants=%s", [concat(" ", array.concat(["dbus.service"], sort([name | some name, _ in companion.units])))]),
	"",
])

_files[sprintf("%s.d/50-companion.conf", [kind])] := sprintf("[Unit]\nConditionPathExists=/dev/companion/allow/%s/%%p\n", [kind]) if {
	some kind, _ in data.catalog.companion_types
}

# An empty condition takes back all that stand before it, so it goes to units that are allowed anyway.
_files[sprintf("%s.d/60-companion.conf", [name])] := "[Unit]\nConditionVirtualization=\n" if some name in companion.forced

_files[sprintf("allow/%s/%s", [kind, name])] := "" if {
	some kind, names in companion.allowed
	some name in names
}

settings contains _set(["fileSystems", companion.root, name], value) if {
	companion.exists
	some name, value in {"device": companion.clone.root, "fsType": companion.type, "options": _options}
}

# Where there is no clone, the old root is mounted for reading, without its journal, and without fsck, which writes.
settings contains _set(["fileSystems", companion.old, name], value) if {
	companion.exists
	some name, value in {"device": companion.below.device, "fsType": companion.type, "options": ["noauto", "nofail", "ro", _untouched]}
}

settings contains _set(["fileSystems", "/var/lib/companion/old", "noCheck"], true) if {
	companion.exists
	companion.below
}

_untouched := {"ext4": "noload", "xfs": "norecovery"}[companion.type]

settings contains _set(["fileSystems", companion.root, name], value) if {
	companion.exists
	companion.below
	some name, value in {"device": "overlay", "fsType": "overlay", "options": [
		"noauto", "nofail",
		sprintf("lowerdir=%s", [companion.old]), sprintf("upperdir=%s", [companion.upper]), sprintf("workdir=%s", [companion.work]),
		sprintf("x-systemd.requires-mounts-for=%s", [companion.old]), "x-systemd.after=systemd-tmpfiles-setup.service",
	]}
}

settings contains _set(["systemd", "tmpfiles", "rules"], [
	"d /var/lib/companion 0700 root root -",
	sprintf("d %s 0755 root root -", [companion.upper]),
	sprintf("d %s 0700 root root -", [companion.work]),
]) if {
	companion.exists
	companion.below
}

# Nothing but the companion waits for it.
_options := ["noauto", "nofail", sprintf("subvol=%s", [companion.clone.subvolume])] if {
	companion.clone.kind == "btrfs"
} else := array.concat(["noauto", "nofail", "x-systemd.requires=companion-volume.service", "x-systemd.after=companion-volume.service"], _same_uuid) if {
	companion.clone.kind == "lvm-thin"
} else := ["noauto", "nofail"]

_same_uuid := ["nouuid"] if {
	companion.type == "xfs"
} else := []

# LVM leaves a snapshot inactive at boot, so that nothing takes it for the root that it has the UUID of.
settings contains _set(array.concat(["systemd", "services", "companion-volume"], path), value) if {
	companion.exists
	companion.clone.kind == "lvm-thin"
	some [path, value] in [
		[["description"], "The volume of the companion"],
		[["unitConfig", "DefaultDependencies"], false],
		[["serviceConfig"], {
			"Type": "oneshot",
			"RemainAfterExit": true,
			"ExecStart": {"_concat": [{"_ref": ["pkgs", "lvm2", "bin"]}, sprintf("/bin/lvchange -ay -K %s/companion", [split(companion.clone.source, "/")[0]])]},
		}],
	]
}

settings contains _set(["boot", "kernelModules"], sort(companion.modules)) if {
	companion.exists
	count(companion.modules) > 0
}

# A folder that is not there would keep the companion from starting.
settings contains _set(["systemd", "tmpfiles", "rules"], [sprintf("d %s - - - -", [path]) | some path in sort(companion.binds); path != "/etc/pve"]) if {
	companion.exists
	count(companion.binds - {"/etc/pve"}) > 0
}

checks contains {"at": companion.at, "check": "unit-active", "params": {"unit": sprintf("%s.service", [companion.unit])}, "required": false} if {
	companion.exists
	companion.at_boot
}

checks contains {"at": [u.at], "check": "port-listening", "params": {"port": port}, "required": false} if {
	companion.exists
	some u in companion.units
	some port in u.entry.ports
}
