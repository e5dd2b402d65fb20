package rules.system.init_scripts_test

import data.rules.system.init_scripts

_host(unit, fragment, deb) := {
	"local_files": [{"path": "/etc/init.d/megamon", "kind": "script", "state": "local"}],
	"units": [{"name": unit, "fragment_path": fragment}],
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
}

test_fires_on_a_script_of_no_package if {
	init_scripts.findings == {{
		"at": ["/local_files/0"],
		"vars": {"scripts": "megamon"},
	}} with input as _host("megamon.service", "/run/systemd/generator.late/megamon.service", "bash")
}

_started(word) := object.union(_host("x.service", "/lib/x", "bash"), {"local_files": [{"path": "/etc/init.d/megamon", "kind": "script", "state": "local", "started": word}]})

test_silent_on_a_script_that_no_runlevel_starts if {
	count(init_scripts.findings) == 0 with input as _started("no")
	count(init_scripts.findings) == 1 with input as _started("yes")
}

test_silent_where_a_unit_takes_its_place if {
	count(init_scripts.findings) == 0 with input as _host("megamon.service", "/etc/systemd/system/megamon.service", "bash")
}

test_silent_where_a_package_has_its_name if {
	count(init_scripts.findings) == 0 with input as _host("x.service", "/lib/systemd/system/x.service", "megamon")
}

test_silent_where_packages_are_not_known if {
	count(init_scripts.findings) == 0 with input as object.union(_host("x.service", "/lib/x", "y"), {"packages": []})
}
