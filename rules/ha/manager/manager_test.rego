package rules.ha.manager_test

import data.rules.ha.manager

_host := {
	"host": {"name": "pve1", "pve_version": "9.1.1"},
	"packages": [{"name": "pve-ha-manager", "status": "installed"}],
	"units": [{"name": "pve-ha-crm.service"}, {"name": "pve-ha-lrm.service"}, {"name": "watchdog-mux.service"}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}],
	"datacenter": {"options": [{"key": "keyboard", "value": "de"}, {"key": "ha", "value": "shutdown_policy=migrate"}, {"key": "fencing", "value": "watchdog"}]},
	"config_files": [{"path": "/etc/default/pve-ha-manager", "properties": [{"key": "WATCHDOG_MODULE", "value": "ipmi_watchdog"}]}],
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}],
		"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "comment", "value": "x"}, {"key": "state", "value": "started"}]}],
		"ha_groups": [],
		"ha_rules": [{"type": "node-affinity", "id": "home", "properties": [{"key": "nodes", "value": "pve1"}]}],
	},
}

_settings(host) := settings if {
	settings := manager.settings with input as host with data.target as "proxmox"
}

_value(host, option) := [s.value | some s in _settings(host); concat(" ", s.option) == option][0]

test_the_three_run_as_on_pve if {
	_value(_host, "systemd services watchdog-mux script") == "busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager RuntimeWatchdogUSec t 0\nexec watchdog-mux\n"
	_value(_host, "systemd services pve-ha-crm serviceConfig") == {"PIDFile": "/run/pve-ha-crm.pid", "TimeoutStopSec": 65, "Type": "forking"}
	_value(_host, "systemd services pve-ha-lrm serviceConfig").KillMode == "process"
	_value(_host, "systemd services pve-ha-lrm script") == "exec pve-ha-lrm start\n"
	_value(_host, "systemd services watchdog-mux unitConfig ConditionPathExists") == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]
	{_value(_host, sprintf("systemd services %s restartIfChanged", [unit])) | some unit in ["watchdog-mux", "pve-ha-crm", "pve-ha-lrm"]} == {false}
	count({s | some s in _settings(_host); s.option[1] == "tmpfiles"}) == 2
}

test_facts_of_ha_are_kept_but_for_notes if {
	[b.at | some b in manager.bridges] == [[
		"/cluster/ha_resources/0", "/cluster/ha_resources/0/properties/1", "/cluster/ha_rules/0", "/cluster/ha_rules/0/properties/0",
		"/config_files/0/properties/0", "/datacenter/options/1", "/datacenter/options/2",
		"/packages/0", "/units/0", "/units/1", "/units/2",
	]] with input as _host with data.target as "proxmox"
	{c.params.unit | some c in manager.checks} == {"pve-ha-crm.service", "pve-ha-lrm.service"} with input as _host with data.target as "proxmox"
}

test_a_chosen_module_is_given_to_the_multiplexer if {
	_value(_host, "systemd services watchdog-mux environment WATCHDOG_MODULE") == "ipmi_watchdog"
	hostile := json.patch(_host, [{"op": "replace", "path": "/config_files/0/properties/0/value", "value": "x; reboot"}])
	count({s | some s in _settings(hostile); s.option[3] == "environment"}) == 0
	count({s | some s in _settings(hostile); s.option[2] == "pve-ha-lrm"}) > 0
}

# Agents that cut the power are not there.
test_another_way_to_fence_is_not_kept if {
	other := json.patch(_host, [{"op": "replace", "path": "/datacenter/options/2/value", "value": "hardware"}])
	not "/datacenter/options/2" in {at | some b in manager.bridges; some at in b.at} with input as other with data.target as "proxmox"
}

test_silent_with_a_container_under_ha if {
	host := json.patch(_host, [{"op": "add", "path": "/cluster/ha_resources/-", "value": {"type": "ct", "id": "200", "properties": []}}])
	count(_settings(host)) == 0
	count(manager.bridges) + count(manager.checks) == 0 with input as host with data.target as "proxmox"
}
