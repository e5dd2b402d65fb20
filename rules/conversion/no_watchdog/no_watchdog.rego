# METADATA
# scope: package
# title: "Nothing resets this machine if the trial hangs"
# description: |
#  The machine has no hardware watchdog and no management controller that the capture saw.
#  A trial that panics restarts by itself, and one that nobody commits is ended by its
#  deadline; one that hangs in firmware, in the loader or in the kernel before that is
#  ended by nobody. It then stands until somebody presses the button. PVE starts after it.
# custom:
#  id: PVE-CNV-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: watchdog
#  account: none
#  inhibits: warn
#  workaround: |
#   Have somebody who can reach the machine, or a switched socket, for the time of the
#   trial. Many boards have a watchdog whose driver nobody loads: `modprobe iTCO_wdt` or
#   `modprobe sp5100_tco`, then `ls /dev/watchdog*`; add the driver to /etc/modules and
#   capture again.
#  test:
#   before: |
#    `cat /sys/class/watchdog/watchdog*/identity` prints nothing but Software Watchdog, and
#    `ls /dev/ipmi0` finds nothing.
#   after: |
#    `cat /sys/class/watchdog/watchdog*/identity` prints the watchdog of the board, or you
#    have a console that does not depend on the host.
#  phase: boot
#  sources:
#   - https://www.kernel.org/doc/html/latest/watchdog/watchdog-api.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html#RuntimeWatchdogSec=
package rules.conversion.no_watchdog

import data.lib.facts

inhibits contains {"at": ["/hardware/watchdogs"], "vars": {}} if {
	facts.known["hardware.watchdogs"]
	facts.known["hardware.ipmi"]
	not input.hardware.ipmi
	every w in input.hardware.watchdogs {
		contains(lower(w), "software watchdog")
	}
}
