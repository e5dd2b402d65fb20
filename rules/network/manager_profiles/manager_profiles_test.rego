package rules.network.manager_profiles_test

import data.lib.network_test
import data.rules.network.manager_profiles

_host(state, profiles) := object.union(network_test.host({"interfaces": network_test.bridged}), {
	"units": [{"name": "NetworkManager.service", "type": "service", "file_state": state, "drop_ins": []}],
	"network": {"network_manager": {"running": true, "devices": [], "connections": [object.union({"uuid": "u", "id": "x", "autoconnect": true, "settings": []}, p) | some p in profiles]}},
})

_backup := {"type": "802-3-ethernet", "interface": "enx001122334455"}

_wifi := {"type": "802-11-wireless"}

_of(option) := {s.value | some s in manager_profiles.settings; s.option == ["networking", "networkmanager", option]}

test_it_looks_after_its_own_interfaces_alone if {
	_of("unmanaged") == {["*", "except:interface-name:enx001122334455", "except:type:wifi"]} with input as _host("enabled", [_backup, _wifi, {"type": "loopback"}])
	{c.path | some c in manager_profiles.carries} == {"/etc/NetworkManager/system-connections"} with input as _host("enabled", [_backup])
	{b.at[0] | some b in manager_profiles.bridges} == {"/network/network_manager/connections/0", "/units/0"} with input as _host("enabled", [_backup])
	count(manager_profiles.checks) == 1 with input as _host("enabled", [_backup])
}

test_one_that_cannot_be_kept_keeps_back_all if {
	every p in [
		{"type": "gsm", "interface": "wwan0"},
		{"type": "802-3-ethernet"},
		{"type": "802-3-ethernet", "interface": "vmbr0"},
		{"type": "802-3-ethernet", "interface": "a;b"},
	] {
		count(manager_profiles.settings) + count(manager_profiles.bridges) == 0 with input as _host("enabled", [_backup, p])
	}
}

test_silent_where_it_is_off if {
	count(manager_profiles.settings) == 0 with input as _host("disabled", [_backup])
}
