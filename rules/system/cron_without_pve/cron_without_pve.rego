# METADATA
# scope: package
# title: Cron jobs call tools that go with PVE
# description: |
#  These jobs run {programs}. The tools of PVE do not exist on the new system, and neither do
#  the configurations and the database that they read: each run ends with "command not found",
#  by mail to nobody. What a job kept in order (backups, snapshots, a guest that is started in
#  the morning) no longer happens.
# custom:
#  id: PVE-SYS-018
#  kind: pitfall
#  category: service
#  severity: major
#  component: cron
#  equivalent: systemd.timers
#  account: review
#  workaround: |
#   Find out what each job is for and write it anew as a systemd service with a timer, with the
#   tools of the new system in its path: `virsh` or `incus` for guests, `lxc-attach` for containers
#   of LXC, `zfs`, `restic` or `proxmox-backup-client` for copies. Drop jobs that were about PVE
#   itself.
#  test:
#   before: |
#    `grep -rE "qm|pct|pvesh|vzdump" /etc/cron* /var/spool/cron` on PVE shows the jobs.
#   after: |
#    `systemctl list-timers` on the trial system shows each job that is still wanted, and
#    `systemctl start NAME.service` succeeds.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/
#   - https://search.nixos.org/options?query=systemd.timers
package rules.system.cron_without_pve

import data.rules.system.cron_pve

findings contains f if some f in cron_pve.findings
