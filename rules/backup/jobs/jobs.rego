# METADATA
# scope: package
# title: "Backups of {vmids} stop"
# description: |
#  The job {unit} of vzdump backs up {vmids} here, and the timer that takes its place
#  leaves them out. It reads volumes from snapshots of the storage, which only ZFS, thin LVM and
#  Ceph make, and on libvirt files and other devices of virtual machines through QEMU;
#  a guest with a volume elsewhere is left out as a whole, so that no backup lacks a disk. The newest backup of each is the one of before the conversion.
# custom:
#  id: PVE-BAK-017
#  kind: gap
#  category: feature
#  severity: major
#  component: backup jobs
#  equivalent: services.restic.backups, services.borgbackup.jobs
#  account: none
#  bridge: backup
#  workaround: |
#   Move the volumes to a pool of ZFS, thin LVM or Ceph before the conversion (`qm disk move
#   VMID DISK STORAGE --delete 1`), capture again and build again. Where they stay, back
#   them up from inside of the guest (services.restic.backups on NixOS).
#  test:
#   before: |
#    `pvesm list STORAGE --content backup` on PVE prints backups of {vmids}.
#   after: |
#    `systemctl list-timers 'guest-*'` on the trial system prints {unit}, and
#    after `systemctl start {unit}` the storage has a new backup of each guest of the job.
#  phase: run
#  targets: [incus, libvirt, proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://libvirt.org/kbase/live_full_disk_backup.html
#   - https://linuxcontainers.org/incus/docs/main/howto/instances_backup/
#   - https://pbs.proxmox.com/docs/backup-client.html
#   - https://docs.ceph.com/en/latest/rbd/rbd-snapshot/
#   - https://search.nixos.org/options?query=systemd.timers
package rules.backup.jobs

import data.lib.backups
import data.lib.backupscript
import data.lib.carriedscripts
import data.lib.facts
import data.lib.pve
import data.lib.rbd
import data.lib.waits

# The scheduler of PVE goes on with jobs where it is there: the timer makes what it cannot.
_at(_, t) := sort({p | some vmid in t.made; some p in backups.guests[vmid].at}) if {
	data.target == "proxmox"
} else := backups.at(t)

settings contains {"at": ["/host"], "option": ["environment", "etc", "guest-backup", "text"], "value": backupscript.text} if {
	count(backups.timers) > 0
}

settings contains {"at": _at(unit, t), "option": array.concat(["systemd", "services", unit], path), "value": value} if {
	some unit, t in backups.timers
	some [path, value] in array.concat(
		[
			[["description"], sprintf("Backup of guests %s", [pve.numbers(t.made)])],
			[["after"], ["network-online.target", "remote-fs.target"]],
			[["wants"], ["network-online.target"]],
			[["restartIfChanged"], false],
			[["unitConfig", "ConditionPathExists"], waits.condition],
			[["environment"], object.union(backups.environment(t), _surroundings(unit))],
			[["path"], _path(t)],
			[["script"], ". /etc/guest-backup\n"],
			[["serviceConfig"], object.union({"Type": "oneshot", "RuntimeDirectory": unit}, backups.priority(t))],
		],
		[[["unitConfig", "RequiresMountsFor"], t.to.paths] | count(t.to.paths) > 0],
	)
}

# The client of the backup server keeps nothing: it has no home to find a key or a ticket in.
_surroundings(unit) := {"HOME": sprintf("/run/%s", [unit]), "LC_ALL": "C", "LIBVIRT_DEFAULT_URI": "qemu:///system"}

_path(t) := array.flatten([
	[{"_ref": ["pkgs", name]} | some name in backups.programs(t)],
	["/run/wrappers" | backups.readers(t)],
	["/run/current-system/sw" | backups.script(t)],
	[{"_ref": ["config", "boot", "zfs", "package"]} | backups.zfs(t)],
	[{"_ref": ["config", "virtualisation", "incus", "clientPackage"]} | backups.incus_client(t)],
])

settings contains {"at": _at(unit, t), "option": array.concat(["systemd", "timers", unit], path), "value": value} if {
	some unit, t in backups.timers
	some [path, value] in array.concat(
		[
			[["description"], sprintf("Time of the backup of guests %s", [pve.numbers(t.made)])],
			[["timerConfig"], {"OnCalendar": t.job.when.event, "Persistent": t.job.persistent}],
		],
		# A job that was switched off waits to be started by hand, or to be wanted by a module of its owner.
		[[["wantedBy"], ["timers.target"]] | t.job.on],
	)
}

carries contains {"at": [s.at], "path": backups.secret(s, end), "to": backups.copy(s, end), "mode": "0600", "secret": true} if {
	data.target != "proxmox"
	some t in backups.timers
	s := backups.storage(t.job)
	some end in t.to.files
}

carries contains c if some c in rbd.carries({id | some t in backups.timers; some id, _ in backups.clusters(t)})

# rbd calls modprobe by a path of Debian.
settings contains {"at": _at(unit, t), "option": ["boot", "kernelModules"], "value": ["rbd"]} if {
	some unit, t in backups.timers
	count(backups.clusters(t)) > 0
}

bridges contains {"at": _at(unit, t), "bridge": "backup", "params": object.union({"unit": unit, "vmids": pve.numbers(t.made)}, _closes)} if some unit, t in backups.timers

_closes := {"closes": ["PVE-BAK-004"]} if {
	data.target == "proxmox"
} else := {}

# A script of Debian finds its interpreter and its programs at their paths there.
_scripts[path] contains at if {
	some t in backups.timers
	path := backups.script(t)
	some at in backups.words_at(t)
}

carries contains {"at": sort(at), "path": path, "to": path, "mode": "0755", "secret": true} if {
	some path, at in _scripts
	not startswith(path, "/mnt/pve/")
}

settings contains {"at": sort(at), "option": option, "value": value} if {
	some at in _scripts
	some [option, value] in carriedscripts.paths
}

checks contains {"at": [t.job.at], "check": "unit-active", "params": {"unit": sprintf("%s.timer", [unit])}, "required": true} if {
	some unit, t in backups.timers
	t.job.on
}

# Containers that are left out on the target proxmox have a finding of their own.
findings contains {"at": sort([facts.guests[vmid].at | some vmid in t.left]), "vars": {"unit": unit, "vmids": pve.numbers(t.left)}} if {
	data.target != "proxmox"
	some unit, t in backups.timers
	t.job.on
	count(t.left) > 0
}
