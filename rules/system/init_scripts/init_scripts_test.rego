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

_megamon := object.union(_host("x.service", "/lib/x", "lsb-base"), {"config_files": [{"path": "/etc/default/megamon", "properties": []}]})

_service(key) := [s.value | some s in init_scripts.settings; s.option == ["systemd", "services", "megamon", key]]

test_run_as_debian_runs_it if {
	some config in _service("serviceConfig") with input as _megamon
	config.ExecStart == "/etc/init.d/megamon start"
	config.Type == "forking"
	{[c.path, c.mode] | some c in init_scripts.carries} == {["/etc/init.d/megamon", "0700"], ["/etc/default/megamon", "0600"], ["/lib/lsb/init-functions", "0644"]} with input as _megamon
	init_scripts.bridges == {{"at": ["/local_files/0"], "bridge": "service", "params": {"unit": "megamon.service"}}} with input as _megamon
	count(init_scripts.checks) == 1 with input as _megamon
	some s in init_scripts.settings with input as _megamon
	s.option == ["services", "envfs"]
}

_named(name) := object.union(_megamon, {"local_files": [{"path": sprintf("/etc/init.d/%s", [name]), "kind": "script", "state": "local"}]})

test_not_run_under_a_name_of_another if {
	count(((init_scripts.bridges | init_scripts.settings) | init_scripts.carries)) == 0 with input as _named("dbus") with data.catalog.nixos_own_units as {"dbus.service": true}
	count(((init_scripts.bridges | init_scripts.settings) | init_scripts.carries)) == 0 with input as _named("a %i")
}

test_the_library_of_later_releases if {
	later := object.union(_megamon, {"packages": [{"name": "sysvinit-utils", "version": "3.14-4", "status": "installed"}]})
	"/lib/lsb/init-functions" in {c.path | some c in init_scripts.carries} with input as later
}
