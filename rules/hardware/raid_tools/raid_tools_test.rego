package rules.hardware.raid_tools_test

import data.rules.hardware.raid_tools

_host(name) := {"packages": [{"name": name, "version": "1", "status": "installed"}]}

test_fires_on_a_tool if {
	raid_tools.findings == {{"at": ["/packages/0"], "vars": {"packages": "ssacli"}}} with input as _host("ssacli")
}

test_silent_on_software_raid if {
	count(raid_tools.findings) == 0 with input as _host("mdadm")
}

# NixOS has one whose licence is accepted; an answer about one that it lacks changes nothing.
test_accepted_licence if {
	catalog := {"unfree_packages": {"megacli": {}}}
	accepted := {"packages": {"megacli": {"unfree": "ours"}, "ssacli": {"unfree": "ours"}}}
	count(raid_tools.findings) == 0 with input as _host("megacli") with data.catalog as catalog with data.answers as accepted
	count(raid_tools.findings) == 1 with input as _host("ssacli") with data.catalog as catalog with data.answers as accepted
	count(raid_tools.findings) == 1 with input as _host("megacli") with data.catalog as catalog with data.answers as {}
}
