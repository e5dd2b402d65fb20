package rules.access.libvirt_rights_test

import data.lib.rights_test
import data.rules.access.libvirt_rights

_settings(acls) := got if {
	got := libvirt_rights.settings with input as rights_test.host(acls, {}) with data.catalog as rights_test.catalog with data.target as "libvirt"
}

_power := rights_test.acl("/vms/100", true, "anna@pam", "Power")

_script(settings) := [s.value | some s in settings; s.option == ["security", "polkit", "extraConfig"]][0]

test_account_with_a_right if {
	settings := _settings([_power])
	{"at": ["/access/acls/0", "/host"], "option": ["virtualisation", "libvirtd", "extraConfig"], "value": "access_drivers = [ \"polkit\" ]\n"} in settings
	{"at": ["/access/acls/0", "/host"], "option": ["systemd", "services", "libvirt-guests", "after"], "value": ["dbus.service", "polkit.service"]} in settings
	script := _script(settings)
	contains(script, `"anna":{"connect":["getattr","search_domains"],"domains":{"`)
	contains(script, `":["getattr","read","start"]},"expire":0,"writes":true}`)
	not contains(script, `"ben"`)
}

test_who_only_looks_gets_no_connection_that_writes if {
	settings := _settings([rights_test.acl("/", true, "anna@pam", "PVEAuditor")])
	script := _script(settings)
	contains(script, `"anna":{"connect":["getattr","read","search_domains"]`)
	contains(script, `"writes":false`)

	# What else the role gives is not carried.
	every s in settings { s.at == ["/host"] }
}

test_nothing_without_an_account if {
	_settings([rights_test.acl("/vms/100", true, "carla@pam", "Power"), rights_test.acl("/vms/100", true, "anna@pve", "Power")]) == set()
}

test_bridge_and_check if {
	libvirt_rights.bridges == {{"at": ["/access/users/1"], "bridge": "access", "params": {"accounts": ["anna"]}}} with input as rights_test.host([_power], {}) with data.catalog as rights_test.catalog with data.target as "libvirt"
	libvirt_rights.checks == {{"at": ["/access/users/1"], "check": "unit-active", "params": {"unit": "polkit.service"}, "required": true}} with input as rights_test.host([_power], {}) with data.catalog as rights_test.catalog with data.target as "libvirt"
}
