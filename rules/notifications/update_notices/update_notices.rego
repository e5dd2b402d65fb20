# METADATA
# scope: package
# title: Nobody is told of new packages any more
# description: |
#  This host is set up to report package updates ({places}). The report is made by
#  pve-daily-update from what apt knows; proxmox-nixos has neither. The rule that counts on
#  that mail, "when it comes, we patch", ends without a word, and with it the news of
#  security updates.
# custom:
#  id: PVE-NTF-010
#  kind: gap
#  category: feature
#  severity: minor
#  component: notifications
#  equivalent: system.autoUpgrade
#  account: none
#  workaround: |
#   Let something else say so; a weekly systemd.timers entry or a CI job that runs `nix flake
#   update` in a copy of the configuration and reports the difference (`nvd diff`), with
#   system.autoUpgrade for those who want it done.
#  test:
#   before: |
#    `grep -rn package-updates /etc/pve/notifications.cfg /etc/pve/datacenter.cfg` prints the
#    lines.
#   after: |
#    After `nix flake update` in the copy, the job has sent a list of changed packages to the
#    same reader.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=bin/pveupdate
#   - https://search.nixos.org/options?query=system.autoUpgrade
package rules.notifications.update_notices

import data.lib.facts
import data.lib.notices

_left[at] := sprintf("matcher %s", [m.id]) if {
	some at, m in notices.matchers
	some field in m.fields
	contains(field, "package-updates")
}

_left[sprintf("/datacenter/options/%d", [i])] := "datacenter.cfg" if {
	some i, p in input.datacenter.options
	p.key == "notify"
	facts.field(p, "package-updates") == "always"
}

findings contains {"at": sort(object.keys(_left)), "vars": {"places": concat(", ", sort({place | some place in _left}))}} if {
	count(_left) > 0
}
