# METADATA
# title: Jobs of cron
# description: |
#  Which jobs people made, from which tables, and where the table of a job
#  goes; and which jobs call tools of PVE.
package lib.cron

import data.lib.facts

# METADATA
# title: Tools of PVE
tools := {
	"ha-manager", "pct", "pve-zsync", "pveam", "pveceph", "pvecm", "pvefw-logger", "pvenode", "pveperf", "pvesh",
	"pvesm", "pvesr", "pvesubscription", "pveum", "pveupdate", "pveversion", "qm", "qmrestore", "vzdump",
	"proxmox-backup-client", "proxmox-boot-tool",
}

# METADATA
# title: Jobs by index
# description: index → name of the tool. The table that PVE wrote before 7.1 is left out, its jobs are facts of their own.
pve[i] := tool if {
	some i, job in input.system.cron
	not startswith(job.source, "/etc/cron.d/vzdump:")
	parts := split(job.program, "/")
	tool := parts[count(parts) - 1]
	tool in tools
}

# Tables that Debian packages bring: rules and catalog speak of those.
_packaged := {
	"/etc/crontab", "/etc/cron.d/anacron", "/etc/cron.d/e2scrub_all", "/etc/cron.d/mdadm", "/etc/cron.d/php",
	"/etc/cron.d/popularity-contest", "/etc/cron.d/sysstat", "/etc/cron.d/vzdump", "/etc/cron.d/zfsutils-linux",
}

_scripts_packaged := {
	"0anacron", "apache2", "apport", "apt-compat", "aptitude", "bsdmainutils", "chrony", "debsums", "dpkg", "etckeeper",
	"exim4-base", "fake-hwclock", "ipvsadm", "locate", "logrotate", "man-db", "mdadm", "mlocate", "ntp", "passwd", "plocate",
	"popularity-contest", "samba", "sysstat", "update-notifier-common",
}

_file(source) := regex.replace(source, `:[0-9]+$`, "")

_folder(file) := found[0][1] if {
	found := regex.find_all_string_submatch_n(`^/etc/cron\.(hourly|daily|weekly|monthly)/[^/]+$`, file, 1)
	count(found) == 1
}

# METADATA
# title: Jobs that people made
# description: index → file
local[i] := file if {
	some i, job in input.system.cron
	file := _file(job.source)
	not file in _packaged
	not _script_packaged(file)
}

# A line that someone added to Debian's own table.
local[i] := "/etc/crontab" if {
	some i, job in input.system.cron
	_file(job.source) == "/etc/crontab"
	not job.program in {"cd", "test", "[", "run-parts", "/usr/sbin/anacron"}
}

_script_packaged(file) if {
	_folder(file)
	parts := split(file, "/")
	parts[3] in _scripts_packaged
}

# METADATA
# title: Tables of people that users edit by crontab
# description: file → user
users[file] := user if {
	some _, file in local
	found := regex.find_all_string_submatch_n(`^/var/spool/cron/crontabs/([A-Za-z_][A-Za-z0-9_.-]{0,31})$`, file, 1)
	count(found) == 1
	user := found[0][1]
}

# METADATA
# title: Tables of the system
# description: Debian's cron reads no file whose name has another character.
tables contains file if {
	some _, file in local
	regex.match(`^/etc/(crontab|cron\.d/[A-Za-z0-9_-]{1,64})$`, file)
}

_times := {"daily": "25 6 * * *", "hourly": "17 * * * *", "monthly": "52 6 1 * *", "weekly": "47 6 * * 7"}

# METADATA
# title: Scripts that Debian's crontab runs
# description: file → when. run-parts passes over a name with a dot.
scripts[file] := _times[_folder(file)] if {
	some _, file in local
	regex.match(`^/etc/cron\.[a-z]+/[A-Za-z0-9_-]{1,64}$`, file)
}

# METADATA
# title: Jobs that run on the new system, from a copy of their table or script
running[i] := file if {
	some i, file in local
	_runs(file)
}

_runs(file) if users[file]

_runs(file) if file in tables

_runs(file) if scripts[file]

# Words of the shell that a command may begin with.
_shell := {
	"!", "(", ".", ":", "[", "[[", "cd", "command", "echo", "eval", "exec", "export", "false", "for", "if", "printf",
	"set", "source", "test", "true", "umask", "until", "while", "{",
}

_base(program) := parts[count(parts) - 1] if parts := split(program, "/")

_debian(program) if regex.match(`^(/(usr/)?s?bin/)?[^/]+$`, program)

# METADATA
# title: Programs of jobs that nothing provides
# description: index → program
unprovided[i] := program if {
	some i, _ in running
	program := input.system.cron[i].program
	not pve[i]
	_absent(program)
}

_absent(program) if {
	_debian(program)
	not data.catalog.programs[_base(program)]
	not program in _shell
	not regex.match(`^[A-Za-z_][A-Za-z0-9_]*=|^[({]`, program)
}

_absent(program) if {
	not _debian(program)
	not _of_host(program)
}

_of_host(program) if {
	regex.match(`^/(etc|home|opt|root|srv|usr/local|var)/`, program)
	facts.plain_path(program)
}

# METADATA
# title: Programs of the host that jobs run
# description: path → indexes
files[program] contains i if {
	some i, file in running
	program := input.system.cron[i].program
	program != file
	_of_host(program)
}
