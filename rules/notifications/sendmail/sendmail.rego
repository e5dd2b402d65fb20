# METADATA
# scope: package
# title: Targets of the kind sendmail call a program that is not there
# description: |
#  The targets {targets} hand their mail to /usr/sbin/sendmail. The path is fixed in the
#  library pve-rs. NixOS has a sendmail wrapper for Postfix, but in /run/wrappers/bin, so
#  that PVE reports "could not spawn sendmail process" and the mail about a failed backup is
#  never sent.
# custom:
#  id: PVE-NTF-002
#  kind: gap
#  category: feature
#  severity: major
#  component: notifications
#  equivalent: systemd.tmpfiles.rules
#  account: none
#  workaround: |
#   Link it: systemd.tmpfiles.rules = [ "L+ /usr/sbin/sendmail - - - -
#   /run/wrappers/bin/sendmail" ], with services.postfix.setSendmail left on. Or make a
#   target of the kind smtp, which needs no program.
#  test:
#   before: |
#    `ls -l /usr/sbin/sendmail` prints the program on PVE and an error on the trial system.
#   after: |
#    `pvesh create /cluster/notifications/targets/NAME/test` on the trial system ends without
#    an error, and `journalctl -u postfix` prints status=sent.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html#notification_targets_sendmail
#   - https://git.proxmox.com/?p=proxmox.git;a=tree;f=proxmox-sendmail
#   - https://search.nixos.org/options?query=services.postfix.setSendmail
package rules.notifications.sendmail

import data.lib.notices

_left[at] := s.id if {
	some at, s in notices.reached
	s.type == "sendmail"
}

findings contains {"at": sort(object.keys(_left)), "vars": {"targets": concat(", ", sort([id | some id in _left]))}} if {
	count(_left) > 0
}
