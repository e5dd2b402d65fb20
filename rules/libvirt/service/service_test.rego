package rules.libvirt.service_test

import data.lib.domains_test
import data.lib.efivars_test
import data.rules.libvirt.service

_value(settings, option) := s.value if {
	some s in settings
	concat(" ", s.option) == option
}

_settings(host) := settings if {
	settings := service.settings with input as host
}

test_libvirt_runs_and_starts_nothing_by_itself if {
	settings := _settings(domains_test.vm({"name": "web"}))
	_value(settings, "virtualisation libvirtd enable") == true
	_value(settings, "virtualisation libvirtd onBoot") == "ignore"
	_value(settings, "virtualisation libvirtd onShutdown") == "shutdown"
	_value(settings, "virtualisation libvirtd shutdownTimeout") == 180
	_value(settings, "virtualisation libvirtd qemu") == {"package": {"_ref": ["pkgs", "qemu_kvm"]}}
	_value(settings, "systemd services libvirt-domain-100 environment DEFINITION") == {"_path": "./domains/100.xml"}
	_value(settings, "systemd services libvirt-domain-100 script") == "virsh define \"$DEFINITION\"\n"
	not _value(settings, "systemd services libvirt-start script")
}

test_variables_of_the_firmware_are_fetched_once if {
	settings := _settings(efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {}))
	script := _value(settings, "systemd services libvirt-domain-100 script")
	contains(script, `qemu-img convert -f raw -O raw '/dev/zvol/rpool/data/vm-100-disk-0' "$variables.new"`)
	contains(script, "variables=/var/lib/libvirt/qemu/nvram/pve-100_VARS.fd\nif ! test -e")
	endswith(script, "fi\nvirsh define \"$DEFINITION\"\n")
}

test_volumes_of_lvm_are_switched_on if {
	host := object.union(domains_test.vm({"scsi0": "lvm:vm-100-disk-0,size=4G"}), {"storage": {"storages": [{"id": "lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}]}})
	_value(_settings(host), "systemd services libvirt-domain-100 script") == "lvchange --activate y --ignoreactivationskip /dev/pve/vm-100-disk-0\nvirsh define \"$DEFINITION\"\n"
	_value(_settings(host), "systemd services libvirt-domain-100 path") == [{"_ref": ["pkgs", "libvirt"]}, {"_ref": ["pkgs", "lvm2"]}]
}

test_guests_start_in_order if {
	host := object.union(
		domains_test.host([
			{"vmid": 100, "config": {"name": "web", "onboot": "1", "startup": "order=2,up=30,down=600"}},
			{"vmid": 101, "config": {"name": "db", "onboot": "1", "startup": "order=1"}},
			{"vmid": 102, "config": {"name": "off"}},
		]),
		{"cluster": {"nodes": [{"local": true, "config": [{"key": "startall-onboot-delay", "value": "10"}]}]}},
	)
	settings := _settings(host)
	script := _value(settings, "systemd services libvirt-start script")
	endswith(script, "}\nsleep 10\nstart db 0\nstart web 30\nexit \"$failed\"\n")
	_value(settings, "systemd services libvirt-start restartIfChanged") == false
	_value(settings, "virtualisation libvirtd shutdownTimeout") == 600
	"libvirt-domain-101.service" in _value(settings, "systemd services libvirt-start after")
}

test_other_architectures_need_all_of_qemu if {
	_value(_settings(domains_test.vm({"arch": "aarch64"})), "virtualisation libvirtd qemu") == {"package": {"_ref": ["pkgs", "qemu"]}}
}

test_a_host_without_virtual_machines_needs_nothing if {
	count(_settings({"guests": []})) == 0
}
