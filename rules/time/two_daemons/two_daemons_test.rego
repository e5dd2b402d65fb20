package rules.time.two_daemons_test

import data.rules.time.two_daemons

_host(units, packages) := {
	"packages": [{"name": name, "status": "installed"} | some name in packages],
	"units": [{"name": name, "file_state": "enabled"} | some name in units],
}

test_fires_on_two if {
	two_daemons.findings == {{"at": ["/units/0", "/units/1"], "vars": {"daemons": "chrony and ntpd", "kept": "chrony"}}} with input as _host(["chrony.service", "ntpsec.service"], ["chrony", "ntpsec"])
	some f in two_daemons.findings with input as _host(["openntpd.service", "systemd-timesyncd.service"], [])
	f.vars.kept == "systemd-timesyncd"
}

test_silent_on_two_names_of_one if {
	count(two_daemons.findings) == 0 with input as _host(["chrony.service", "chronyd.service"], ["chrony"])
}
