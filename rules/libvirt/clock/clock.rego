# METADATA
# scope: package
# title: Clocks of domains
# description: |
#  The clock of Windows shows local time, and its timers are those that PVE gives
#  it; an own start date stays.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#time-keeping
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Cfg2Cmd/Timer.pm
package rules.libvirt.clock

import data.lib.domains

_at(g) := domains.at(g, ["localtime", "startdate", "ostype", "tdf"])

parts contains {"at": _at(g), "document": domains.document(vmid), "path": ["clock"], "value": _clock(g)} if {
	some vmid, g in domains.list
}

_clock(g) := {"offset": "absolute", "start": seconds} if {
	seconds := _seconds(domains.value(g, "startdate"))
} else := {"offset": "localtime"} if {
	_local(g)
} else := {"offset": "utc"}

_local(g) if domains.on(g, "localtime")

_local(g) if {
	domains.windows(g) >= 5
	not domains.off(g, "localtime")
}

_seconds(text) := floor(time.parse_rfc3339_ns(sprintf("%sZ", [text])) / 1000000000) if {
	regex.match(`^(19[7-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}$`, text)
} else := floor(time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [text])) / 1000000000) if {
	regex.match(`^(19[7-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$`, text)
}

parts contains {"at": _at(g), "document": domains.document(vmid), "path": ["clock", "timers", name], "value": value} if {
	some vmid, g in domains.list
	some name, value in _timers(g)
}

# driftfix=slew of QEMU is catchup in libvirt.
_timers(g) := object.union_n([_rtc(g), _windows(g), _hpet(g), _hyperv(g)])

_rtc(g) := {"rtc": {"tickpolicy": "catchup"}} if {
	domains.on(g, "tdf")
} else := {"rtc": {"tickpolicy": "catchup"}} if {
	domains.windows(g) >= 5
	not domains.off(g, "tdf")
	not domains.off(g, "acpi")
} else := {}

_windows(g) := {"pit": {"tickpolicy": "discard"}} if {
	domains.windows(g) >= 6
} else := {}

_hpet(g) := {"hpet": {"present": false}} if {
	domains.windows(g) >= 6
} else := {"hpet": {"present": false}} if {
	domains.value(g, "ostype") in {"l24", "l26"}
	domains.at_least(g, 10001, 0)
} else := {}

_hyperv(g) := {"hypervclock": {"present": true}} if {
	domains.windows(g) >= 8
	not domains.emulated(g)
} else := {"hypervclock": {"present": true}} if {
	domains.windows(g) >= 6
	not domains.uefi(g)
	not domains.emulated(g)
} else := {}
