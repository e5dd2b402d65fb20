# METADATA
# scope: package
# title: An option of NixOS takes the place of a unit of your own
# description: |
#  {unit} runs {program}. NixOS has {option} for that: written again as a unit it works
#  against what the option, or the default of NixOS, does at another time, and is one thing
#  more to keep.
# custom:
#  id: PVE-SVC-005
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  account: none
#  workaround: |
#   Set {option}, and leave the unit out.
#  test:
#   before: |
#    `systemctl cat {unit}` on PVE shows what it does.
#   after: |
#    `nixos-option {option}` prints your value, and the effect of the unit is there after a
#    restart of the trial system.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=powerManagement
#   - https://nixos.org/manual/nixos/stable/options
package rules.services.options_instead

findings contains {"at": [sprintf("/units/%d", [i])], "vars": {"unit": u.name, "program": program, "option": option}} if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	not object.get(u, "file_state", "") in {"alias", "disabled", "masked"}
	options := {[program, option] |
		some c in u.detail.commands
		c.when == "ExecStart"
		parts := split(c.program, "/")
		program := parts[count(parts) - 1]
		option := data.catalog.unit_programs[program]
	}
	some [program, option] in options
}
