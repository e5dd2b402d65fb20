# METADATA
# scope: package
# title: A clock at the host is not read any more
# description: |
#  {sources} give this host its time from hardware: a GPS receiver, a PPS line or PTP on a
#  network card. The lines are not taken over, and the daemons that fill them (gpsd, ptp4l,
#  phc2sys) are services of their own. On NixOS the host is an ordinary client of servers
#  elsewhere; whoever takes it for a server of stratum 1 follows something worse by
#  milliseconds, and a site without Internet has no time at all.
# custom:
#  id: PVE-TIME-001
#  kind: gap
#  category: feature
#  severity: major
#  component: time service
#  equivalent: services.chrony.extraConfig
#  account: review
#  workaround: |
#   Write the lines into services.chrony.extraConfig. services.gpsd.enable with
#   services.gpsd.devices feeds SHM and sockets; linuxptp is a package, its daemons are
#   systemd.services of your own with the interface by its name on NixOS. The user chrony
#   needs to read the device (services.udev.extraRules).
#  test:
#   before: |
#    `chronyc sources` prints a line that begins with "#" for each clock at the host.
#   after: |
#    `chronyc sources` on the trial system prints "#*" before that clock after some minutes.
#  phase: run
#  sources:
#   - https://chrony-project.org/doc/latest/chrony.conf.html#refclock
#   - https://search.nixos.org/options?query=services.gpsd
#   - https://search.nixos.org/packages?query=linuxptp
package rules.time.reference_clock

import data.lib.facts

_chrony if {
	some unit in ["chrony.service", "chronyd.service"]
	unit in facts.in_use
}

_clocks[sprintf("/system/ntp/%d", [i])] := sprintf("refclock %s", [split(p.value, " ")[0]]) if {
	_chrony
	some i, p in input.system.ntp
	p.key == "refclock"
}

_clocks[facts.units[name].at] := name if {
	some name in facts.in_use
	regex.match(`^(ptp4l|phc2sys|ts2phc|timemaster)(@[^/]*)?\.service$`, name)
}

findings contains {"at": sort(object.keys(_clocks)), "vars": {"sources": concat(", ", sort({c | some c in _clocks}))}} if count(_clocks) > 0
