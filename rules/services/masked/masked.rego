# METADATA
# scope: package
# title: Units that were switched off for good may run on NixOS
# description: |
#  {units} are masked here. The mask is a link in /etc/systemd/system that does not come
#  along, and NixOS starts these units by default or with a service of this host: {effects}.
# custom:
#  id: PVE-SVC-002
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  equivalent: "systemd.units.<name>.enable"
#  account: none
#  workaround: |
#   Set systemd.units."NAME".enable = false for each that must stay off
#   (systemd.targets.sleep.enable = false for sleep.target), or the option of its module.
#  test:
#   before: |
#    `systemctl list-unit-files --state=masked` on PVE lists the units.
#   after: |
#    `systemctl is-enabled NAME` on the trial system prints masked for each.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemctl.html#mask%20UNIT%E2%80%A6
#   - https://search.nixos.org/options?query=systemd.units
package rules.services.masked

_effects := {
	"ctrl-alt-del.target": "Ctrl-Alt-Del at the console restarts the host",
	"getty@tty1.service": "a login is offered at the screen",
	"hibernate.target": "somebody or something may hibernate the host",
	"hybrid-sleep.target": "somebody or something may hibernate the host",
	"rpcbind.service": "the port mapper listens on port 111",
	"rpcbind.socket": "the port mapper listens on port 111",
	"sleep.target": "an idle desktop or a closed lid puts the host to sleep",
	"suspend.target": "an idle desktop or a closed lid puts the host to sleep",
	"systemd-networkd-wait-online.service": "the boot waits two minutes for a port without a cable",
	"systemd-oomd.service": "programs are killed before memory is short",
}

_masked[i] := u.name if {
	some i, u in input.units
	_effects[u.name]
	u.file_state == "masked"
}

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _masked]), "vars": {
	"units": concat(", ", sort([name | some name in _masked])),
	"effects": concat("; ", sort({_effects[name] | some name in _masked})),
}} if {
	count(_masked) > 0
}
