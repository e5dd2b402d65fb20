# METADATA
# title: Backup jobs as timers
# description: |
#  Which jobs of vzdump become timers on targets without it, which of their guests
#  they can back up, and the script that does it. Volumes of ZFS, thin LVM and Ceph
#  are read from a snapshot of the storage; a guest with a volume elsewhere is
#  left out as a whole. Nothing but text with a closed set of characters gets
#  into the environment of the script.
package lib.backups

import data.lib.calendar
import data.lib.disks
import data.lib.domaindisks
import data.lib.domains
import data.lib.efivars
import data.lib.facts
import data.lib.guard
import data.lib.images
import data.lib.incus
import data.lib.lxc
import data.lib.notices
import data.lib.pve
import data.lib.rbd
import data.lib.tpmstate
import data.lib.vzdump

# METADATA
# title: Jobs of this node, of jobs.cfg and of vzdump.cron
# description: |
#  unit → {at, when, vmids, options, persistent, on}; one that is switched off has a timer that nothing starts. options is key → {value, at}.
#  Only those whose time can be said and whose name is a name of a unit. Of two with one name the last holds, as with PVE.
jobs := object.union(object.union_n(_of_sections), object.union_n(_of_cron))

_of_sections := [{unit: {"at": job.at, "when": {"at": p.schedule.at, "event": event}, "vmids": job.vmids, "options": options, "persistent": _yes(options, "repeat-missed"), "on": on}} |
	some on, list in {true: vzdump.jobs, false: vzdump.stopped}
	some job in list
	p := job.properties
	event := calendar.event(p.schedule.property.value)
	id := job.section.id
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`, id)
	unit := _unit(id)
	options := {key: {"value": v.property.value, "at": v.at} | some key, v in p}
]

_of_cron := [{unit: {"at": at, "when": {"at": at, "event": event}, "vmids": vzdump.selected(properties), "options": options, "persistent": false, "on": true}} |
	some i, line in input.jobs.vzdump_cron
	line.backup.enabled
	line.user == "root"
	event := calendar.cron(line.schedule)
	at := sprintf("/jobs/vzdump_cron/%d", [i])
	unit := sprintf("guest-cron-%d", [i])
	properties := object.union_n([{o.name: {"property": {"value": o.value}, "at": at}} | some o in line.backup.options])
	options := {key: {"value": v.property.value, "at": at} | some key, v in properties}
	not _elsewhere(options)
]

# PVE names its jobs backup-….
_unit(id) := concat("-", ["guest", id]) if {
	startswith(id, "backup-")
} else := concat("-", ["guest-job", id])

_elsewhere(options) if options.node.value != input.host.name

_yes(options, key) if {
	facts.truthy(options[key].value)
} else := false

_defaults := object.union_n([{p.key: {"value": p.value, "at": sprintf("/jobs/vzdump_defaults/%d", [i])}} | some i, p in input.jobs.vzdump_defaults; p.value])

# An option of the job, else that of vzdump.conf.
_option(job, key) := job.options[key] if {
	true
} else := _defaults[key]

# Undefined for a value of another form.
_text(job, key, pattern, _) := _option(job, key).value if {
	regex.match(pattern, _option(job, key).value)
}

_text(job, key, _, otherwise) := otherwise if not _option(job, key)

# Where backups go.

_folders := {"btrfs", "cephfs", "cifs", "dir", "nfs"}

# What only PVE itself mounts.
_mounted_by_pve(type) if {
	data.target == "proxmox"
	type == "glusterfs"
}

_folder(type) if type in _folders

_folder(type) if _mounted_by_pve(type)

_property(s, key) := s.properties[key].property.value

_path(s) := trim_suffix(_property(s, "path"), "/") if {
	s.properties.path
} else := sprintf("/mnt/pve/%s", [s.section.id]) if {
	s.section.type != "dir"
}

_host := input.host.name if guard.host_label(input.host.name)

# METADATA
# title: Where a job writes to
# description: |
#  {at, environment, paths, client, files}: a folder of a storage, or a datastore of
#  Proxmox Backup Server. Undefined for what is neither.
goal(job) := {
	"at": array.concat([s.at, _option(job, "storage").at], [s.properties[key].at | some key in ["path"]]),
	"environment": {"STORE": sprintf("%s/pve2nix/%s", [path, _host]), "MOUNT": _mount(s, path)},
	"paths": [path],
	"client": false,
	"files": [],
} if {
	s := disks.storages[_option(job, "storage").value]
	_folder(s.section.type)
	path := _path(s)
	regex.match(`^/[A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*$`, path)
	facts.plain_path(path)
}

goal(job) := {
	"at": array.concat(found.at, [_option(job, "storage").at]),
	"environment": found.environment,
	"paths": [],
	"client": true,
	"files": found.files,
} if {
	found := server(disks.storages[_option(job, "storage").value])
}

# METADATA
# title: A datastore of Proxmox Backup Server
# description: "{at, environment, files}: what the client is told, and the ends of the names of its secrets. Undefined for other storages, and for words of another form."
server(s) := {
	"at": array.concat([s.at], [s.properties[key].at | some key in ["datastore", "encryption-key", "fingerprint", "master-pubkey", "namespace", "password", "port", "server", "username"]]),
	"environment": object.union_n([
		{"REPOSITORY": concat("", [user, "@", host, ":", port, ":", store]), "PBS_PASSWORD_FILE": copy(s, "pw")},
		{"NAMESPACE": space | space := _property(s, "namespace")},
		{"PBS_FINGERPRINT": print | print := _property(s, "fingerprint")},
		{"KEYFILE": copy(s, "enc") | s.properties["encryption-key"]},
		{"MASTERKEY": copy(s, "master.pem") | s.properties["master-pubkey"]},
	]),
	"files": array.flatten(["pw", ["enc" | s.properties["encryption-key"]], ["master.pem" | s.properties["master-pubkey"]]]),
} if {
	s.section.type == "pbs"
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, s.section.id)
	user := object.get(s.properties, ["username", "property", "value"], "root@pam")
	regex.match(`^[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_.-]{1,32}(![A-Za-z0-9_.-]{1,64})?$`, user)
	host := _server(_property(s, "server"))
	port := object.get(s.properties, ["port", "property", "value"], "8007")
	regex.match(`^[1-9][0-9]{1,4}$`, port)
	store := _property(s, "datastore")
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$`, store)
	_fits(s, "namespace", `^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$`)
	_fits(s, "fingerprint", `^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$`)
}

_fits(s, key, _) if not s.properties[key]

_fits(s, key, pattern) if regex.match(pattern, _property(s, key))

_server(text) := sprintf("[%s]", [text]) if {
	regex.match(`^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$`, text)
} else := text if regex.match("^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$", text)

# METADATA
# title: Where PVE has a secret of a storage
secret(s, end) := sprintf("/etc/pve/priv/storage/%s.%s", [s.section.id, end])

# METADATA
# title: Where a secret of a storage is on the new system
# description: pmxcfs shows it as before on the target proxmox; elsewhere it is a copy.
copy(s, end) := secret(s, end) if {
	data.target == "proxmox"
} else := concat("", ["/var/lib/pve2nix", secret(s, end)])

# METADATA
# title: The storage of a job
storage(job) := disks.storages[_option(job, "storage").value]

# What is on a mount of its own must be mounted, or the root fills.
_mount(s, path) := path if {
	s.section.type in {"cephfs", "cifs", "glusterfs", "nfs"}
} else := path if {
	facts.truthy(_property(s, "is_mountpoint"))
} else := point if {
	point := trim_suffix(_property(s, "is_mountpoint"), "/")
	regex.match(`^/[A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*$`, point)
} else := ""

# What is kept.

_rules := ["last", "hourly", "daily", "weekly", "monthly", "yearly"]

# METADATA
# title: How many backups are kept
# description: "{at, words}: words of the form daily=7; none where all are kept. Undefined for what is no number."
keep(job) := {"at": [], "words": []} if {
	object.get(job.options, ["remove", "value"], "1") == "0"
} else := {"at": [found.at], "words": words} if {
	some found in [_kept(job)]
	parts := [trim_space(part) | some part in split(found.text, ","); trim_space(part) != ""]
	every part in parts {
		regex.match(`^keep-(all|last|hourly|daily|weekly|monthly|yearly)=[0-9]{1,5}$`, part)
	}
	words := [sprintf("%s=%d", [rule, n]) |
		some rule in _rules
		some part in parts
		startswith(part, sprintf("keep-%s=", [rule]))
		n := to_number(regex.replace(split(part, "=")[1], `^0+([0-9])`, "$1"))
		n > 0
	]
}

# The first that says something, as PVE asks them.
_kept(job) := _said(job.options) if {
	true
} else := found if {
	p := {key: {"value": v.property.value, "at": v.at} | some key, v in storage(job).properties}
	found := _said(p)
} else := _said(_defaults) if {
	true
} else := {"text": "keep-all=1", "at": job.at}

_said(options) := {"text": options["prune-backups"].value, "at": options["prune-backups"].at} if {
	true
} else := {"text": sprintf("keep-last=%s", [options.maxfiles.value]), "at": options.maxfiles.at}

# Which volumes.

_plain := `^[A-Za-z0-9][A-Za-z0-9_.-]*$`

# METADATA
# title: A volume that can be read from a snapshot of its storage
# description: "KIND:SOURCE as the script takes it"
source(volume) := sprintf("%s:%s/%s", [_kind(leaf), pool, leaf]) if {
	[s, leaf] := _volume(volume)
	s.section.type == "zfspool"
	pool := _property(s, "pool")
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*$`, pool)
}

source(volume) := sprintf("thin:%s/%s", [group, leaf]) if {
	[s, leaf] := _volume(volume)
	s.section.type == "lvmthin"
	not endswith(leaf, ".qcow2")
	group := _property(s, "vgname")
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}$`, group)
}

source(volume) := sprintf("rbd:%s:%s", [image.storage, image.image]) if {
	image := rbd.of(volume)
}

_volume(volume) := [disks.storages[found[0][1]], found[0][2]] if {
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_.-]*):(?:[A-Za-z0-9_.-]+/)?((?:vm|base|subvol|basevol)-[0-9]+-[A-Za-z0-9_.-]+)$`, volume, 1)
}

_kind(leaf) := "zfs" if {
	regex.match(`^(subvol|basevol)-`, leaf)
} else := "zvol"

_excluded(property) if facts.field(property, "backup") in {"0", "no", "off", "false"}

# What vzdump would take of a guest by key. Empty drives, media and the drive of cloud-init are not in here.
_taken[vmid][key] := {"at": p.at, "file": file} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio|efidisk|tpmstate)[0-9]{1,2}$`, key)
	not incus.cdrom(p.property)
	not _excluded(p.property)
	file := incus.file(p.property)
	file != "none"
	not contains(file, "cloudinit")
	not _inside(key)
}

_taken[vmid][key] := {"at": p.at, "file": incus.file(p.property)} if {
	some vmid, g in pve.containers
	some key, p in g.config
	_wanted(key, p.property)
}

# Incus has the firmware's variables and the state of the TPM in a volume of its own, which no snapshot of ours reads.
_inside(key) if {
	data.target == "incus"
	regex.match(`^(efidisk|tpmstate)`, key)
}

_wanted("rootfs", _) := true

# Mount points are backed up where they say so, directories of the host never.
_wanted(key, property) if {
	regex.match(`^mp[0-9]{1,3}$`, key)
	facts.truthy(facts.field(property, "backup"))
	not startswith(incus.file(property), "/")
}

# How the script is to read a volume: KEY=KIND:SOURCE, by the name that PVE gives it in a backup.
_word(vmid, key, volume) := sprintf("drive-efidisk0=file:%s", [efivars.file(vmid)]) if {
	key == "efidisk0"
	_fetched(efivars.volumes[vmid])
	volume
} else := sprintf("drive-tpmstate0=tree:%s", [tpmstate.folder(vmid)]) if {
	key == "tpmstate0"
	_fetched(tpmstate.volumes[vmid])
} else := sprintf("drive-%s=%s", [key, source(volume)]) if {
	pve.vms[vmid]
} else := sprintf("drive-%s=qemu:%s:%s:%s", [key, domaindisks.target(vmid, drive), image.format, path]) if {
	data.target == "libvirt"
	drive := domaindisks.drives[vmid][key]
	image := images.of(volume)
	image.format in {"qcow2", "raw"}
	some name in ["dev", "file"]
	path := image.source[name]
	regex.match(`^/[A-Za-z0-9_.+@/-]+$`, path)
	facts.plain_path(path)
} else := "root=export:root" if {
	key == "rootfs"
	data.target == "incus"
} else := sprintf("root=%s", [source(volume)]) if {
	key == "rootfs"
} else := sprintf("%s=%s", [key, source(volume)]) if {
	startswith(key, "mp")
}

# libvirt reads variables and TPM from PVE's volumes once, and has them in files from then on.
_fetched(volume) if {
	data.target == "libvirt"
	volume
}

_words[vmid] := [w | some key in sort(object.keys(list)); w := _word(vmid, key, list[key].file)] if some vmid, list in _taken

_managers := {"incus": {"lxc": "incus", "qemu": "incus"}, "libvirt": {"lxc": "lxc", "qemu": "libvirt"}, "proxmox": {"lxc": "lxc"}}

_types := {"lxc": "ct", "qemu": "vm"}

_name(vmid, "incus") := incus.name(vmid)

_name(vmid, "libvirt") := domains.name(vmid)

_name(vmid, "lxc") := sprintf("lxc-%d", [vmid]) if vmid in lxc.ready

_flag(vmid, "libvirt") := "freeze" if {
	domains.agent(facts.guests[vmid])
} else := ""

_flag(_, manager) := "" if manager != "libvirt"

# METADATA
# title: Guests of this node that the script can back up
# description: vmid → {word, at, exported, vm}; word is what the script takes.
guests[vmid] := {
	"word": concat("|", [sprintf("%d", [vmid]), _types[g.guest.type], manager, _name(vmid, manager), _flag(vmid, manager), concat(",", _words[vmid])]),
	"at": sort(array.concat([g.at], [v.at | some v in _taken[vmid]])),
	"exported": "root=export:root" in _words[vmid],
	"type": g.guest.type,
} if {
	some vmid, list in _taken
	count(_words[vmid]) == count(list)
	g := facts.guests[vmid]
	manager := _managers[data.target][g.guest.type]
}

# METADATA
# title: Guests of a job that its timer backs up
# description: A root that Incus itself exports goes to a folder; the client of the backup server has no kind for it.
made(job) := {vmid | some vmid in job.vmids; g := guests[vmid]; _takes(goal(job), g)}

_takes(to, _) if not to.client

_takes(to, g) if {
	to.client
	not g.exported
}

# METADATA
# title: Guests of a job that the target runs beside the scheduler of PVE, or without it
# description: Templates are not in here; their volumes do not change.
asked(job) := {vmid | some vmid in job.vmids; g := facts.guests[vmid]; not pve.template(g); _managers[data.target][g.guest.type]}

# METADATA
# title: Jobs that become timers
# description: "unit → {job, to, made, left, keep}; left are guests that the timer leaves out"
timers[unit] := {"job": job, "to": to, "made": vmids, "left": asked(job) - vmids, "keep": kept} if {
	some unit, job in jobs
	to := goal(job)
	kept := keep(job)
	_mode(job)
	_compression(job)
	_limit(job)
	_text(job, "ionice", `^[0-8]$`, "7")
	vmids := made(job)
	count(vmids) > 0
}

_mode(job) := _text(job, "mode", `^(snapshot|suspend|stop)$`, "snapshot")

_compression(job) := {"": "none", "0": "none", "1": "lzo", "gzip": "gzip", "lzo": "lzo", "zstd": "zstd"}[_text(job, "compress", `^[a-z0-9]*$`, "0")]

_limit(job) := _text(job, "bwlimit", `^[0-9]{1,9}$`, "0")

# METADATA
# title: What a timer's service is told
environment(t) := object.union_n([
	{key: "" | some key in ["KEYFILE", "MAILTO", "MASTERKEY", "MOUNT", "NAMESPACE", "REPOSITORY", "SCRIPT", "STORE"]},
	t.to.environment,
	{"SCRIPT": path | path := script(t)},
	{"MAILTO": concat(", ", sort(readers(t))) | readers(t)},
	{sprintf("LABEL_%d", [vmid]): _label(vmid) | some vmid in t.made; script(t)},
	{sprintf("NOTES_%d", [vmid]): notes(t, vmid) | some vmid in t.made},
	_left_out(t),
	{
		"BWLIMIT": _limit(t.job),
		"CEPH": concat(";", [sprintf("%s %s", [id, words]) | some id, words in clusters(t)]),
		"COMPRESS": _compression(t.job),
		"GUESTS": concat(" ", [guests[vmid].word | some vmid in sort(t.made)]),
		"KEEP": concat(" ", t.keep.words),
		"MAILWHEN": _when(t.job),
		"MODE": _mode(t.job),
		"STOREID": _option(t.job, "storage").value,
		"SCRATCH": "/var/lib/libvirt/guest-backup",
		"PROTECTED": {false: "", true: "1"}[_yes(t.job.options, "protected")],
	},
])

# Most of what a job says is in the environment; what is not is left to the catalog.
_keys := ["all", "bwlimit", "compress", "enabled", "exclude", "ionice", "maxfiles", "mode", "node", "pool", "protected", "prune-backups", "remove", "repeat-missed", "schedule", "storage", "vmid"]

# METADATA
# title: The facts that a timer is made of
at(t) := sort(words_at(t) | (((({t.job.at} | {o.at | some key in _keys; o := t.job.options[key]}) | {p | some p in t.to.at}) | {p | some p in t.keep.at}) | {d.at | some key in ["bwlimit", "compress", "ionice", "mode", "storage"]; not t.job.options[key]; d := _defaults[key]}))

# The scheduler of PVE calls the script there, and mails about the job.
_alone if data.target != "proxmox"

# METADATA
# title: The script that a job calls at each phase
# description: Undefined where it calls none, or one that is not on the new system.
script(t) := path if {
	_alone
	path := _option(t.job, "script").value
	regex.match(`^/[A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*$`, path)
	facts.plain_path(path)
	not regex.match(`^/(etc/pve|nix|run|proc|sys|dev|tmp)/`, path)
}

# METADATA
# title: Who is told of a job by mail
# description: |
#  Those whom the job names; where it leaves that to the notifications, the readers
#  of targets that call sendmail. Undefined where nobody is, or no mail leaves the host.
readers(t) := found if {
	_alone
	"postfix.service" in facts.in_use
	found := {word | some word in _readers(t.job); regex.match(`^(root|[A-Za-z0-9._+=-]{1,64}@[A-Za-z0-9.-]{1,253})$`, word)}
	count(found) > 0
}

_readers(job) := regex.split(`[,; ]+`, _option(job, "mailto").value) if {
	_own_mail(job)
} else := [word |
	not _own_mail(job)
	some target in notices.reached
	target.type == "sendmail"
	some p in target.properties
	word := {"mailto": p.value, "mailto-user": trim_suffix(p.value, "@pam")}[p.key]
]

_own_mail(job) if {
	_option(job, "mailto").value != ""
	_text(job, "notification-mode", `.`, "auto") in {"auto", "legacy-sendmail"}
}

_when(job) := "failure" if {
	_own_mail(job)
	_option(job, "mailnotification").value in {"failure", "on-failure"}
} else := "always"

_name_of(vmid) := found if {
	some key in {"hostname", "name"}
	found := facts.guests[vmid].config[key].property.value
} else := sprintf("%d", [vmid])

_label(vmid) := _name_of(vmid) if {
	regex.match(`^[A-Za-z0-9.-]{1,253}$`, _name_of(vmid))
} else := sprintf("%d", [vmid])

# METADATA
# title: What a job notes of a guest
# description: Undefined where the template holds what no line of an environment can.
notes(t, vmid) := text if {
	template := _option(t.job, "notes-template").value
	text := strings.replace_n({`\n`: " ", "{{guestname}}": _name_of(vmid), "{{vmid}}": sprintf("%d", [vmid]), "{{node}}": input.host.name, "{{cluster}}": _cluster}, template)
	regex.match(`^[\p{L}\p{N} .,:;_+@#()/=!?-]{1,300}$`, text)
}

_cluster := input.cluster.name if {
	is_string(input.cluster.name)
	input.cluster.name != ""
} else := "standalone node"

# Which paths are left out. A pattern holds for one archive of a container, so that it never takes more than it says.

_patterns(job) := [regex.replace(word, `(.)/$`, "$1") |
	some word in regex.split(`[,; ]+`, _option(job, "exclude-path").value)
	word != ""
]

_excludes(t) := patterns if {
	_alone
	patterns := _patterns(t.job)
	count(patterns) > 0
	every word in patterns {
		regex.match(`^/?[A-Za-z0-9_.*?+@-]+(/[A-Za-z0-9_.*?+@-]+)*$`, word)
	}
	every vmid in _containers(t) {
		not guests[vmid].exported
		_one_archive(t.to, vmid)
	}
}

_containers(t) := {vmid | some vmid in t.made; guests[vmid].type == "lxc"}

_one_archive(to, _) if not to.client

_one_archive(to, vmid) if {
	to.client
	count(_taken[vmid]) == 1
}

_left_out(t) := {name: concat(" ", words) |
	not t.to.client
	some vmid in _containers(t)
	some key, _ in _taken[vmid]
	words := [word | some pattern in _excludes(t); word := _inside_of(pattern, _root_of(vmid, key))]
	count(words) > 0
	name := sprintf("EXCLUDE_%d_%s", [vmid, {true: "root", false: key}[key == "rootfs"]])
} if {
	not t.to.client
} else := {sprintf("EXCLUDE_%d", [vmid]): concat(" ", _excludes(t)) | some vmid in _containers(t); _excludes(t)}

_root_of(_, "rootfs") := ""

_root_of(vmid, key) := trim_suffix(facts.field(facts.guests[vmid].config[key].property, "mp"), "/") if key != "rootfs"

_inside_of(pattern, _) := pattern if not startswith(pattern, "/")

_inside_of(pattern, root) := concat("", [".", substring(pattern, count(root), -1)]) if {
	startswith(pattern, concat("", [root, "/"]))
}

# METADATA
# title: Facts that the service does beside reading and keeping
# description: The script, readers, notes and paths that are left out, of the job or of the defaults.
words_at(t) := {_option(t.job, key).at |
	some key, done in {
		"exclude-path": {true | _excludes(t)},
		"mailnotification": {true | readers(t); _own_mail(t.job)},
		"mailto": {true | count(readers(t)) == count({w | some w in _readers(t.job); w != ""}); _own_mail(t.job)},
		"notes-template": {true | every vmid in t.made { notes(t, vmid) }},
		"notification-mode": {true | readers(t)},
		"script": {true | script(t)},
	}
	count(done) > 0
}

# METADATA
# title: How a timer's service reads and writes
priority(t) := {"IOSchedulingClass": "idle"} if {
	_option(t.job, "ionice").value == "8"
} else := {"IOSchedulingClass": "best-effort", "IOSchedulingPriority": to_number(_text(t.job, "ionice", `^[0-7]$`, "7"))}

# METADATA
# title: How the storages of Ceph are reached that a timer reads
# description: storage → words of rbd
clusters(t) := {image.storage: image.words |
	some vmid in t.made
	some v in _taken[vmid]
	image := rbd.of(v.file)
}

# METADATA
# title: Packages that a timer's service needs
programs(t) := sort(array.flatten([
	["acl", "gnutar", "gzip", "pv", "util-linux", "zstd"],
	[p | p := "ceph-client"; count(clusters(t)) > 0],
	[p | p := "lzop"; _compression(t.job) == "lzo"],
	[p | p := "lvm2"; _has(t, "=thin:")],
	[p | p := "proxmox-backup-client"; t.to.client],
	[p | p := "libvirt"; _has(t, "|libvirt|")],
	[p | some p in ["libnbd", "qemu-utils"]; _has(t, "=qemu:")],
	[p | p := "lxc"; _has(t, "|lxc|")],
]))

# METADATA
# title: Whether a timer's service needs ZFS
zfs(t) if _has(t, "=zfs:")

zfs(t) if _has(t, "=zvol:")

# METADATA
# title: Whether a timer's service asks Incus
incus_client(t) if _has(t, "|incus|")

_has(t, text) if {
	some vmid in t.made
	contains(guests[vmid].word, text)
}
