# METADATA
# scope: package
# title: The fans are held down by commands to the management controller
# description: |
#  {callers} run ipmitool again and again, which is how the fans of a server are kept quiet:
#  the controller is told to leave them alone and a script sets their speed. The controller
#  remembers that over a restart. On NixOS the script is missing and the fans stay at their
#  last speed whatever the temperature is, until something switches off.
# custom:
#  id: PVE-HW-014
#  kind: pitfall
#  category: service
#  severity: major
#  component: IPMI
#  account: none
#  workaround: |
#   Give the fans back before the trial boot (on Dell `ipmitool raw 0x30 0x30 0x01 0x01`, on
#   Supermicro `ipmitool raw 0x30 0x45 0x01 0x00`), and write the loop again with
#   systemd.services and pkgs.ipmitool, with an ExecStopPost that gives them back.
#  test:
#   before: |
#    `ipmitool sdr type fan` on PVE shows low speeds that a load does not change at once.
#   after: |
#    On the trial system `ipmitool sdr type fan` shows higher speeds under load, before and
#    after your own unit runs.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/ipmitool/ipmitool.1.en.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.hardware.fans_by_ipmi

_tool(program) if {
	parts := split(program, "/")
	parts[count(parts) - 1] in {"ipmitool", "ipmi-raw"}
}

# A timer starts a unit that nothing enables.
_callers[sprintf("/units/%d", [i])] := u.name if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	not object.get(u, "file_state", "") in {"disabled", "masked", "bad"}
	some c in u.detail.commands
	_tool(c.program)
	"raw" in object.get(c, "arguments", ["raw"])
}

# The arguments of a job are in no capture.
_callers[sprintf("/system/cron/%d", [i])] := job.source if {
	some i, job in input.system.cron
	_tool(job.program)
}

findings contains {"at": sort([at | some at, _ in _callers]), "vars": {"callers": concat(", ", sort({name | some name in _callers}))}} if {
	count(_callers) > 0
}
