package rules.libvirt.service_test

import data.lib.domains_test
import data.lib.efivars_test
import data.lib.tpmstate_test
import data.rules.libvirt.service

_value(settings, option) := s.value if {
	some s in settings
	concat(" ", s.option) == option
}

_settings(host) := settings if {
	settings := service.settings with input as object.union({"host": {"name": "pve"}}, host)
}

test_libvirt_runs_and_starts_nothing_by_itself if {
	settings := _settings(domains_test.vm({"name": "web"}))
	_value(settings, "virtualisation libvirtd enable") == true
	_value(settings, "virtualisation libvirtd onBoot") == "ignore"
	_value(settings, "virtualisation libvirtd onShutdown") == "shutdown"
	_value(settings, "virtualisation libvirtd shutdownTimeout") == 180
	_value(settings, "virtualisation libvirtd qemu") == {"package": {"_ref": ["pkgs", "qemu_kvm"]}}
	_value(settings, "systemd services libvirt-domain-100 environment DEFINITION") == {"_path": "./domains/100.xml"}
	_value(settings, "systemd services libvirt-domain-100 environment LC_ALL") == "C"
	not _value(settings, "systemd services libvirt-start script")
}

test_variables_of_the_firmware_are_fetched_once if {
	settings := _settings(efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {}))
	script := _value(settings, "systemd services libvirt-domain-100 script")
	contains(script, `qemu-img convert -f raw -O raw '/dev/zvol/rpool/data/vm-100-disk-0' "$variables.new"`)
	startswith(script, "variables=/var/lib/libvirt/qemu/nvram/pve-100_VARS.fd\n")
	contains(script, `if ! test -e "$variables" || { cmp -s "$variables" "$variables.fetched" && test -e '/dev/zvol/rpool/data/vm-100-disk-0'; }; then`)
	endswith(script, _definition)
	not _value(settings, "systemd services libvirt-domain-100 unitConfig RequiresMountsFor")
}

_definition := concat("\n", [
	"fi",
	"defined=/var/lib/libvirt/pve/100",
	"domain=2e1788e4-977b-5375-8815-9d535e2e595b",
	`mkdir -p "$(dirname "$defined")"`,
	`if ! virsh domname "$domain" >/dev/null 2>&1; then`,
	`  virsh define "$DEFINITION"`,
	`elif test "$(cat "$defined" 2>/dev/null || true)" != "$DEFINITION"; then`,
	`  (umask 077; virsh dumpxml --inactive --security-info "$domain" >"$defined.before.xml")`,
	`  virsh define "$DEFINITION"`,
	"fi",
	"echo \"$DEFINITION\" >\"$defined\"\n",
])

test_files_are_read_when_they_are_mounted if {
	settings := _settings(efivars_test.host("local:100/vm-100-disk-0.raw,efitype=4m", {}))
	_value(settings, "systemd services libvirt-domain-100 unitConfig RequiresMountsFor") == ["/var/lib/vz/images/100/vm-100-disk-0.raw"]
}

test_the_state_of_a_tpm_is_fetched_once if {
	script := _value(_settings(tpmstate_test.host("zfs:vm-100-disk-2,version=v2.0")), "systemd services libvirt-domain-100 script")
	contains(script, "state=/var/lib/libvirt/swtpm/4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11/tpm2\nfile=tpm2-00.permall\n")
	contains(script, `qemu-img convert -f raw -O raw '/dev/zvol/rpool/data/vm-100-disk-2' "$state.new/volume"`)
	contains(script, `if ! test -e "$state/$file" || { cmp -s "$state/$file" "$state/$file.fetched" && test -e '/dev/zvol/rpool/data/vm-100-disk-2'; }; then`)
}

test_a_tpm_alone_is_fetched_too if {
	host := object.union(tpmstate_test.host("lvm:vm-100-disk-2,version=v2.0"), {
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "tpmstate0", "value": "x", "fields": [{"name": "file", "value": "lvm:vm-100-disk-2"}]}]}],
		"storage": {"storages": [_group]},
	})
	script := _value(_settings(host), "systemd services libvirt-domain-100 script")
	startswith(script, "lvchange --activate y --ignoreactivationskip /dev/pve/vm-100-disk-2 || true\nstate=")
	contains(script, "tpm-00.permall")
}

_group := {"id": "lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}

_on_lvm(config) := object.union(domains_test.vm(config), {"host": {"name": "pve"}, "storage": {"storages": [_group]}})

test_volumes_of_lvm_are_switched_on if {
	settings := _settings(_on_lvm({"scsi0": "lvm:vm-100-disk-0,size=4G"}))
	script := _value(settings, "systemd services libvirt-domain-100 script")
	endswith(script, "echo \"$DEFINITION\" >\"$defined\"\nlvchange --activate y --ignoreactivationskip /dev/pve/vm-100-disk-0\n")
	_value(settings, "systemd services libvirt-domain-100 path") == [{"_ref": ["pkgs", "libvirt"]}, {"_ref": ["pkgs", "lvm2"]}]
}

test_of_a_template_only_the_firmware_is_switched_on if {
	script := _value(_settings(_on_lvm({"bios": "ovmf", "efidisk0": "lvm:base-100-disk-0,efitype=4m", "scsi0": "lvm:base-100-disk-1", "template": "1"})), "systemd services libvirt-domain-100 script")
	startswith(script, "lvchange --activate y --ignoreactivationskip /dev/pve/base-100-disk-0 || true\nvariables=")
	not contains(script, "base-100-disk-1")
}

test_images_of_ceph_need_all_of_qemu if {
	host := object.union(domains_test.vm({"scsi0": "ceph:vm-100-disk-0"}), {"host": {"name": "pve"}, "storage": {"storages": [{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}]}]}})
	_value(_settings(host), "virtualisation libvirtd qemu") == {"package": {"_ref": ["pkgs", "qemu_full"]}}
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

test_a_state_in_ceph_is_fetched_first if {
	host := object.union(efivars_test.host("ceph:vm-100-disk-0,efitype=4m", {}), {"host": {"name": "pve1"}})
	said := {concat(".", array.slice(s.option, 3, 9)): s.value | some s in service.settings with input as host; s.option[2] == "libvirt-domain-100"}
	contains(said.script, "\n}\nfetch rbd/vm-100-disk-0 /run/pve-volumes/100-efidisk0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf\nvariables=")
	contains(said.script, "\nfi\nrm -f /run/pve-volumes/100-efidisk0\n")
	{"_ref": ["pkgs", "ceph-client"]} in said.path
	"network-online.target" in said.after
	{c.path | some c in service.carries with input as host} == {"/etc/pve/priv/ceph/ceph.keyring", "/etc/pve/ceph.conf"}
	not said["unitConfig.RequiresMountsFor"]
}

test_notes_are_written_where_a_domain_is_defined if {
	host := {"host": {"name": "pve1"}, "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "description", "fields": [], "source": "/etc/pve/nodes/pve1/qemu-server/100.conf:1"}]}]}
	[script] := [s.value | some s in service.settings with input as host; s.option == ["systemd", "services", "libvirt-domain-100", "script"]]
	count(regex.find_n(`\n  virsh define "\$DEFINITION"\n  notes\n`, script, -1)) == 2
	contains(script, "/var/lib/pve2nix/etc/pve/nodes/pve1/qemu-server/100.conf | sed -n ")
}
