# METADATA
# scope: package
# title: Guests were made to wait for something before they start
# description: |
#  A drop-in of pve-guests.service orders the start of guests after {units}; commands that
#  run before it: {commands}. The unit of proxmox-nixos does not have it: guests start as
#  soon as the API is up, before their storage, their network or the container that they
#  need is there, and those whose disk is missing then stay off.
# custom:
#  id: PVE-SVC-008
#  kind: pitfall
#  category: service
#  severity: major
#  component: start of guests
#  equivalent: systemd.services.pve-guests.after
#  account: none
#  workaround: |
#   Set systemd.services.pve-guests.after and .requires (or .wants) to the units of NixOS
#   with that meaning, and a wait as systemd.services.pve-guests.serviceConfig.ExecStartPre
#   with the path of its program in the store.
#  test:
#   before: |
#    `systemctl cat pve-guests` on PVE shows the drop-in.
#   after: |
#    `systemctl show pve-guests -p After,ExecStartPre` on the trial system shows the same,
#    and all guests with onboot run after a restart.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.services.guests_wait

import data.lib.facts

_unit := facts.units["pve-guests.service"]

_settings := [s |
	some s in _unit.unit.detail.settings
	startswith(s.source, "/etc/systemd/system/pve-guests.service.d/")
	s.key in {"Service.ExecStartPre", "Unit.After", "Unit.Requires", "Unit.Wants"}
	s.value != ""
]

_units := {name |
	some s in _settings
	startswith(s.key, "Unit.")
	some name in split(s.value, " ")
	name != ""
}

_commands := concat(", ", sort(found)) if {
	found := {s.value | some s in _settings; s.key == "Service.ExecStartPre"}
	count(found) > 0
} else := "none"

_names := concat(", ", sort(_units)) if {
	count(_units) > 0
} else := "nothing more"

findings contains {"at": [_unit.at], "vars": {"units": _names, "commands": _commands}} if {
	count(_settings) > 0
}
