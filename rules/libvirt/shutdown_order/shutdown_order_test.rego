package rules.libvirt.shutdown_order_test

import data.lib.domains_test
import data.rules.libvirt.shutdown_order

_value(settings, option) := s.value if {
	some s in settings
	concat(" ", s.option) == option
}

_settings(host) := settings if {
	settings := shutdown_order.settings with input as host
}

_three := domains_test.host([
	{"vmid": 100, "config": {"name": "web", "onboot": "1", "startup": "order=2,down=600"}},
	{"vmid": 101, "config": {"name": "db", "onboot": "1", "startup": "order=1"}},
	{"vmid": 102, "config": {"name": "files", "startup": "order=1,down=30"}},
	{"vmid": 103, "config": {"name": "loose"}},
	{"vmid": 104, "config": {"name": "image", "template": "1"}},
])

test_the_last_to_start_is_the_first_to_stop if {
	settings := _settings(_three)
	endswith(_value(settings, "systemd services libvirt-shutdown preStop"), "}\ntogether loose:180\ntogether web:600\ntogether files:30 db:180\n")
	_value(settings, "systemd services libvirt-shutdown serviceConfig").TimeoutStopSec == ((60 + 180) + 600) + 180
	_value(settings, "systemd services libvirt-shutdown restartIfChanged") == false
	"libvirt-guests.service" in _value(settings, "systemd services libvirt-shutdown after")
}

test_containers_that_start_before_stop_after if {
	container := {"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "rootfs", "value": "local:200/vm-200-disk-0.raw", "fields": [{"name": "volume", "value": "local:200/vm-200-disk-0.raw"}]}]}
	settings := shutdown_order.settings with input as object.union(_three, {"guests": array.concat(_three.guests, [container])})
		with data.lib.lxc.beside as {"before": {200}, "after": {201}, "between": set()}
	"lxc-200.service" in _value(settings, "systemd services libvirt-shutdown after")
	_value(settings, "systemd services libvirt-shutdown before") == ["lxc-201.service"]
}

test_hook_scripts_are_called_before if {
	without := _value(_settings(_three), "systemd services libvirt-shutdown preStop")
	not contains(without, "/etc/libvirt-hooks/pve")
	hooked := shutdown_order.settings with input as _three with data.lib.guesthooks.list as {100: {"path": "/x"}}
	contains(_value(hooked, "systemd services libvirt-shutdown preStop"), "\n    /etc/libvirt-hooks/pve \"${guest%:*}\" pre-stop </dev/null || true\n    virsh shutdown ")
}

test_templates_are_never_stopped if {
	count(_settings(domains_test.vm({"template": "1", "startup": "order=1"}))) == 0
}
