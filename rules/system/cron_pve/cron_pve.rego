# METADATA
# scope: package
# title: Cron jobs call tools of PVE
# description: |
#  These jobs run {programs}. Their tables are copied and cron runs them as
#  before, but tools for containers, HA and the firewall do not work with
#  proxmox-nixos, so the jobs fail or, worse, do half of their work.
# custom:
#  id: PVE-SYS-007
#  kind: pitfall
#  category: service
#  severity: major
#  component: cron
#  equivalent: systemd.timers
#  account: review
#  workaround: |
#   Write a systemd service and timer for each job with `path = [
#   config.services.proxmox-ve.package ]`, call the tool without its
#   directory, and check that the tool is one that proxmox-nixos has.
#   Backups belong into jobs.cfg instead.
#  test:
#   before: |
#    `grep -rE "qm|pct|pvesh|vzdump" /etc/cron* /var/spool/cron` on PVE shows
#    the jobs.
#   after: |
#    `systemctl list-timers` on the trial system shows each job, and
#    `systemctl start NAME.service` succeeds.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/
#   - https://github.com/SaumonNet/proxmox-nixos
#   - https://search.nixos.org/options?query=services.cron
package rules.system.cron_pve

import data.lib.cron

findings contains {"at": at, "vars": {"programs": concat(", ", sort({tool | some tool in cron.pve}))}} if {
	at := sort([sprintf("/system/cron/%d", [i]) | some i, _ in cron.pve])
	count(at) > 0
}
