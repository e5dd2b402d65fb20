# METADATA
# scope: package
# title: Jobs of cron that do not run on NixOS
# description: |
#  The tables of this host are copied, and cron of NixOS runs what is in them.
#  Of {count} jobs it cannot: {jobs}. Their program is in no package that is
#  known for it, or their table or script has a name that cron passes over.
# custom:
#  id: PVE-SYS-008
#  kind: pitfall
#  category: service
#  severity: major
#  component: cron
#  equivalent: services.cron.systemCronJobs
#  account: review
#  workaround: |
#   Find the package that has the program (search.nixos.org) and add it to
#   environment.systemPackages, or write the job as a line of
#   services.cron.systemCronJobs or a systemd timer with the program named by
#   its package. Secrets go into files that the job reads.
#  test:
#   before: |
#    `grep -r . /etc/cron.d /var/spool/cron/crontabs; ls /etc/cron.daily` on PVE shows the jobs.
#   after: |
#    `journalctl -u cron` on the trial system shows the job as CMD, and its effect appears at
#    the next date.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.cron
#   - https://manpages.debian.org/stable/cron/cron.8.en.html
package rules.system.cron_jobs

import data.lib.cron
import data.lib.facts

_idle[i] := sprintf("%s (%s)", [file, input.system.cron[i].program]) if {
	some i, file in cron.local
	not cron.running[i]
	not cron.pve[i]
}

_idle[i] := sprintf("%s (%s)", [cron.local[i], program]) if some i, program in cron.unprovided

findings contains {"at": at, "vars": {"count": count(at), "jobs": concat(", ", array.slice(sort({job | some job in _idle}), 0, 8))}} if {
	at := sort([sprintf("/system/cron/%d", [i]) | some i, _ in _idle])
	count(at) > 0
}

settings contains {"at": sort([sprintf("/system/cron/%d", [i]) | some i, _ in cron.running]), "option": ["systemd", "services", "cron", "after"], "value": ["bin.mount", "usr-bin.mount"]} if {
	count(cron.running) > 0
}

_jobs[file] contains sprintf("/system/cron/%d", [i]) if some i, file in cron.local

_at(file) := sort(_jobs[file])

settings contains {"at": sort([sprintf("/system/cron/%d", [i]) | some i, _ in cron.running]), "option": ["services", "cron", "enable"], "value": true} if {
	count(cron.running) > 0
}

settings contains {"at": _at(file), "option": ["services", "cron", "systemCronJobs"], "value": [sprintf("%s root %s", [when, file])]} if {
	some file, when in cron.scripts
}

settings contains {"at": sort(at), "option": ["environment", "systemPackages"], "value": [{"_ref": ref}]} if {
	some ref, at in _packages
}

_packages[ref] contains sprintf("/system/cron/%d", [i]) if {
	some i, _ in cron.running
	parts := split(input.system.cron[i].program, "/")
	ref := data.catalog.programs[parts[count(parts) - 1]]
	ref[0] == "pkgs"
}

# NixOS lays out /etc/crontab at each switch, and cron takes what is in it a
# minute later. A variable that one table sets would hold in the next one, so
# that tables with variables come last and each begins with those of Debian.
_program := [
	`(umask 077; {`,
	`  cat /etc/static/crontab`,
	`  for table in $(grep -LsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@") $(grep -lsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@"); do`,
	`    printf 'SHELL=/bin/sh\nPATH=/run/wrappers/bin:/run/current-system/sw/bin:/usr/bin:/bin\n'`,
	`    grep -vE 'run-parts .*/etc/cron\.(hourly|daily|weekly|monthly)' "$table" || true`,
	`  done`,
	`} > /etc/crontab.carried)`,
	`mv /etc/crontab.carried /etc/crontab`,
	``,
]

_tables := sort(cron.tables)

settings contains {"at": at, "option": ["system", "activationScripts", "carriedCrontabs"], "value": {"deps": ["etc"], "text": text}} if {
	count(_tables) > 0
	at := sort([sprintf("/system/cron/%d", [i]) | some i, file in cron.local; file in cron.tables])
	text := concat("\n", array.concat(
		[concat(" ", array.concat(["set --"], [concat("", ["/var/lib/pve2nix", file]) | some file in _tables]))],
		_program,
	))
}

carries contains {"at": _at(file), "path": file, "to": to, "mode": mode, "secret": true} if {
	some file, _ in _jobs
	facts.plain_path(file)
	[to, mode] := _place(file)
}

_place(file) := [concat("/", ["/var/cron/tabs", cron.users[file]]), "0600"] if {
	cron.users[file]
} else := [file, "0755"] if {
	cron.scripts[file]
} else := [concat("", ["/var/lib/pve2nix", file]), "0600"]
