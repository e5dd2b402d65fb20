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
#   Where Postfix runs here the bridge links it: systemd.tmpfiles.rules = [ "L+
#   /usr/sbin/sendmail - - - - /run/wrappers/bin/sendmail" ]; leave
#   services.postfix.setSendmail on. Else make a target of the kind smtp, which needs no
#   program.
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

import data.lib.facts
import data.lib.notices

_left[at] := s.id if {
	some at, s in notices.reached
	s.type == "sendmail"
}

_at := sort(object.keys(_left))

findings contains {"at": _at, "vars": {"targets": concat(", ", sort([id | some id in _left]))}} if {
	count(_left) > 0
}

# The wrapper is there where Postfix is.
_kept if {
	count(_left) > 0
	"postfix.service" in facts.in_use
}

bridges contains {"at": _at, "bridge": "service", "params": {"path": "/usr/sbin/sendmail", "closes": ["PVE-NTF-002"]}} if _kept

settings contains {"at": _at, "option": ["systemd", "tmpfiles", "settings", "10-sendmail", "/usr/sbin/sendmail", "L+", "argument"], "value": "/run/wrappers/bin/sendmail"} if _kept
