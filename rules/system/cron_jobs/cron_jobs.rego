# METADATA
# scope: package
# title: Cron jobs of this host do not run on NixOS
# description: |
#  NixOS runs no cron of its own, and the jobs call programs by paths of
#  Debian. Command lines may hold secrets and are not in the snapshot, so
#  {count} jobs cannot be translated; the files are copied for reading, and
#  nothing runs until someone acts.
# custom:
#  id: PVE-SYS-008
#  kind: pitfall
#  category: service
#  severity: major
#  component: cron
#  equivalent: systemd.timers, services.cron.systemCronJobs
#  account: review
#  workaround: |
#   Read the copies below /var/lib/pve2nix and write each job as a systemd
#   timer, or as a line of services.cron.systemCronJobs with programs named
#   by their packages. Secrets go into files that the job reads.
#  test:
#   before: |
#    `ls /etc/cron.d /etc/cron.daily; crontab -l` on PVE shows the jobs, as the copies do.
#   after: |
#    `systemctl list-timers` or `cat /etc/crontab` on the trial system shows
#    each, and its effect appears at the next date.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.cron
#   - https://manpages.debian.org/stable/cron/crontab.5.en.html
package rules.system.cron_jobs

import data.lib.cron
import data.lib.facts

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

_local[i] := file if {
	some i, job in input.system.cron
	file := _file(job.source)
	not file in _packaged
	not _script(file)
}

_script(file) if {
	parts := split(file, "/")
	regex.match(`^cron\.(hourly|daily|weekly|monthly)$`, parts[2])
	parts[3] in _scripts_packaged
}

# A line that someone added to Debian's own table.
_local[i] := "/etc/crontab" if {
	some i, job in input.system.cron
	_file(job.source) == "/etc/crontab"
	not job.program in {"cd", "test", "[", "run-parts", "/usr/sbin/anacron"}
}

findings contains {"at": at, "vars": {"count": count(at)}} if {
	at := sort([sprintf("/system/cron/%d", [i]) |
		some i, _ in _local
		not cron.pve[i]
	])
	count(at) > 0
}

carries contains {"at": ["/system/cron"], "path": file, "to": concat("", ["/var/lib/pve2nix", file]), "mode": "0600", "secret": true} if {
	some file in _local
	facts.plain_path(file)
}
