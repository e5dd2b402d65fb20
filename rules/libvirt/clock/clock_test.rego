package rules.libvirt.clock_test

import data.lib.domains_test
import data.rules.libvirt.clock

_parts(config) := parts if {
	parts := clock.parts with input as domains_test.vm(config)
}

_timers(config) := {p.path[2]: p.value | some p in _parts(config); count(p.path) == 3}

test_the_clock_is_that_of_the_system if {
	domains_test.value(_parts({"ostype": "l26"}), "clock") == {"offset": "utc"}
	domains_test.value(_parts({"ostype": "l26", "localtime": "1"}), "clock") == {"offset": "localtime"}
	domains_test.value(_parts({"ostype": "win10"}), "clock") == {"offset": "localtime"}
	domains_test.value(_parts({"ostype": "win10", "localtime": "0"}), "clock") == {"offset": "utc"}
}

test_a_start_date_stays if {
	domains_test.value(_parts({"startdate": "2006-06-17T16:01:21"}), "clock") == {"offset": "absolute", "start": 1150560081}
	domains_test.value(_parts({"startdate": "2006-06-17"}), "clock") == {"offset": "absolute", "start": 1150502400}
	domains_test.value(_parts({"startdate": "2006-02-31"}), "clock") == {"offset": "utc"}
	domains_test.value(_parts({"startdate": "now"}), "clock") == {"offset": "utc"}
}

test_windows_has_its_timers if {
	_timers({"ostype": "win10"}) == {"rtc": {"tickpolicy": "catchup"}, "pit": {"tickpolicy": "discard"}, "hpet": {"present": false}, "hypervclock": {"present": true}}
	_timers({"ostype": "win7"}).hypervclock.present
	not _timers({"ostype": "win7", "bios": "ovmf"}).hypervclock
	_timers({"ostype": "wxp", "tdf": "0"}) == {}
	_timers({"ostype": "wxp", "acpi": "0"}) == {}
}

test_linux_loses_hpet_with_new_machines if {
	_timers({"ostype": "l26", "machine": "pc-q35-10.1"}) == {"hpet": {"present": false}}
	_timers({"ostype": "l26", "machine": "pc-q35-10.0", "tdf": "1"}) == {"rtc": {"tickpolicy": "catchup"}}
}
