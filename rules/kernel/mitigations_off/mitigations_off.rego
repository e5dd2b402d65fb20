# METADATA
# scope: package
# title: Protection against weaknesses of the processor stays switched off
# description: |
#  {words} is on the command line and is taken over. A guest can then read memory of the
#  host and of other guests on processors with such weaknesses (here: {weak}). A conversion
#  is the moment at which such a word of years ago is looked at again: most of what the
#  protection cost then costs little on a newer kernel and processor.
# custom:
#  id: PVE-KRN-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: kernel command line
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Leave the word out of boot.kernelParams (`boot.kernelParams = lib.mkForce [ … ]` without
#   it, or edit the generated list) and measure a load of yours with and without it, before
#   you decide to keep it.
#  test:
#   before: |
#    `grep -r Vulnerable /sys/devices/system/cpu/vulnerabilities/` on PVE prints lines.
#   after: |
#    On the trial system without the word `grep -r Vulnerable
#    /sys/devices/system/cpu/vulnerabilities/` prints nothing, or only weaknesses that
#    nothing helps against.
#  phase: run
#  sources:
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
#   - https://docs.kernel.org/admin-guide/hw-vuln/index.html
package rules.kernel.mitigations_off

import data.lib.facts
import data.lib.kernel

_off contains i if {
	some key in ["mitigations", "kpti", "pti", "spectre_v2", "l1tf", "mds", "retbleed", "spec_store_bypass_disable"]
	some i in kernel.by_key[key]
	input.system.boot.kernel_parameters[i].value == "off"
}

_off contains i if {
	some key in ["nopti", "nospectre_v1", "nospectre_v2"]
	some i in kernel.by_key[key]
}

_vulnerable := [v.name |
	some v in input.hardware.cpu.vulnerabilities
	contains(v.state, "Vulnerable")
]

_weak := concat(", ", sort(_vulnerable)) if {
	count(_vulnerable) > 0
} else := "none that the kernel knows of" if {
	"hardware.cpu.vulnerabilities" in facts.known
} else := "not known"

findings contains {"at": sort([sprintf("/system/boot/kernel_parameters/%d", [i]) | some i in _off]), "vars": {
	"words": concat(" ", sort([kernel.word(input.system.boot.kernel_parameters[i]) | some i in _off])),
	"weak": _weak,
}} if {
	count(_off) > 0
}
