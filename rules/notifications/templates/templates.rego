# METADATA
# scope: package
# title: Notifications cannot be written because their templates are not found
# description: |
#  Since PVE 8.1 every message (backup, replication, fencing, test) is made from a template
#  below /usr/share/pve-manager/templates. That path is fixed in the library pve-rs, which
#  proxmox-nixos builds unchanged, and NixOS has nothing there. The message fails before any
#  target is asked, so that gotify, webhooks and SMTP are as silent as sendmail. The task
#  itself ends in OK or with a warning that nobody sees.
# custom:
#  id: PVE-NTF-001
#  kind: gap
#  category: feature
#  severity: major
#  component: notifications
#  equivalent: systemd.tmpfiles.rules
#  account: none
#  workaround: |
#   The bridge links the directory to where the package has it: systemd.tmpfiles.rules = [
#   "L+ /usr/share/pve-manager - - - - ${config.services.proxmox-ve.package}/share/pve-manager"
#   ]. Templates of your own below /etc/pve/notification-templates are found without.
#  test:
#   before: |
#    `ls /usr/share/pve-manager/templates/default` prints files on PVE and an error on the
#    trial system.
#   after: |
#    The command prints the files on the trial system, and `pvesh create
#    /cluster/notifications/targets/mail-to-root/test`, with the name of your target, ends
#    without an error.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
#   - https://git.proxmox.com/?p=proxmox.git;a=tree;f=proxmox-notify
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-rs/default.nix
package rules.notifications.templates

import data.lib.notices

findings contains {"at": notices.reached_at, "vars": {}} if {
	count(notices.reached_at) > 0
}

bridges contains {"at": notices.reached_at, "bridge": "service", "params": {"path": "/usr/share/pve-manager", "closes": ["PVE-NTF-001"]}} if {
	count(notices.reached_at) > 0
}

# A release changes the templates, so the link goes to the package and not to a copy.
settings contains {
	"at": notices.reached_at,
	"option": ["systemd", "tmpfiles", "settings", "10-notification-templates", "/usr/share/pve-manager", "L+", "argument"],
	"value": {"_concat": [{"_ref": ["config", "services", "proxmox-ve", "package"]}, "/share/pve-manager"]},
} if {
	count(notices.reached_at) > 0
}
