package rules.bridges.companion_test

import data.rules.bridges.companion

_catalog := {
	"companion_types": {"service": {}, "socket": {}, "timer": {}},
	"companion_base": {"dbus.service": {}, "dbus.socket": {}},
	"companion_refused": {"bad*": "it must not"},
	"companion_units": {
		"agent.socket": {"runs": ["libvirt"], "ports": [6556]},
		"agent@.service": {"runs": ["libvirt"]},
		"other.service": {"runs": ["libvirt"], "needs": ["tun", "loop", "storages"]},
		"fs.service": {"runs": ["libvirt"], "needs": ["fuse", "pve"], "in_container": true},
		"pveproxy.service": {"asked": ["libvirt"], "needs": ["fuse"], "ports": [8006]},
	},
	"companion_capabilities": {"CAP_NET_ADMIN": "", "CAP_IPC_LOCK": ""},
	"companion_system_calls": {"bpf": "", "@keyring": ""},
	"companion_devices": {
		"fuse": {"nodes": ["/dev/fuse"], "modules": ["fuse"]},
		"tun": {"nodes": ["/dev/net/tun"], "modules": ["tun"]},
		"loop": {"nodes": ["/dev/loop-control", "/dev/loop0"], "modules": ["loop"]},
		"raid": {"nodes": [], "modules": [], "allow": ["char-raid rwm"]},
	},
	"companion_packages": {"tool": {"needs": ["raid"]}, "vendor-*": {}},
	"companion_binds": {"pve": {"paths": ["/etc/pve"]}, "storages": {"paths": [], "types": ["dir", "nfs"]}},
}

_zfs := {
	"zfs_pools": [{"name": "rpool", "root": true}],
	"volume_groups": [],
	"fstab": [],
	"storages": [
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
		{"id": "nas", "type": "nfs", "properties": []},
		{"id": "evil", "type": "dir", "properties": [{"key": "path", "value": "/srv/x:/etc --bind=/"}]},
		{"id": "root", "type": "dir", "properties": [{"key": "path", "value": "/etc"}]},
		{"id": "up", "type": "dir", "properties": [{"key": "path", "value": "/srv/../etc"}]},
	],
	"mounts": [{"target": "/", "type": "zfs", "source": "rpool/ROOT/pve-1", "options": []}],
}

_thin := {
	"zfs_pools": [],
	"volume_groups": [{"name": "pve", "root": true, "logical_volumes": [{"name": "root", "kind": "thin"}]}],
	"fstab": [],
	"storages": [],
	"mounts": [{"target": "/", "type": "xfs", "source": "/dev/mapper/pve-root", "options": []}],
}

_host(storage, units) := {
	"host": {"name": "pve"},
	"units": [{"name": name, "active_state": "active"} | some name in units],
	"storage": storage,
}

_options(host, answers) := {concat(".", s.option): s.value | some s in x} if {
	x := companion.settings with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as answers
}

_start(host, answers) := split(text, " ") if {
	text := _options(host, answers)["systemd.services.systemd-nspawn@companion.serviceConfig"].ExecStart._concat[1]
}

_files(options) := {trim_prefix(name, "environment.etc.companion/") | some name, _ in options; startswith(name, "environment.etc."); endswith(name, ".text")}

test_only_units_of_the_catalog_may_run if {
	options := _options(_host(_zfs, ["agent.socket", "sshd.service", "pveproxy.service"]), {})
	_files(options) == {
		"companion.target.text", "service.d/50-companion.conf.text", "socket.d/50-companion.conf.text", "timer.d/50-companion.conf.text",
		"allow/service/agent.text", "allow/service/dbus.text", "allow/socket/agent.text", "allow/socket/dbus.text",
	}
	options["environment.etc.companion/socket.d/50-companion.conf.text"] == "[Unit]\nConditionPathExists=/dev/companion/allow/socket/%p\n"
	options["environment.etc.companion/allow/service/dbus.mode"] == "0444"
	contains(options["environment.etc.companion/companion.target.text"], "\nWants=dbus.service agent.socket\n")
}

test_an_instance_is_allowed_by_its_template if {
	options := _options(_host(_zfs, ["agent@7.service"]), {})
	options["environment.etc.companion/allow/service/agent.text"] == ""
	contains(options["environment.etc.companion/companion.target.text"], "\nWants=dbus.service agent@7.service\n")
}

test_it_starts_when_committed_with_the_root_mounted if {
	options := _options(_host(_zfs, ["agent.socket"]), {})
	options["systemd.services.systemd-nspawn@companion.unitConfig.ConditionPathExists"] == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]
	options["systemd.paths.companion-committed.pathConfig"] == {"PathChanged": "/var/lib/pve2nix/guard/committed", "Unit": "systemd-nspawn@companion.service"}
	options["systemd.services.systemd-nspawn@companion.unitConfig.RequiresMountsFor"] == ["/var/lib/machines/companion"]
	options["fileSystems./var/lib/machines/companion.device"] == "rpool/ROOT/companion"
	options["fileSystems./var/lib/machines/companion.options"] == ["noauto", "nofail"]
	options["systemd.services.systemd-nspawn@companion.serviceConfig"].DevicePolicy == "closed"
	options["systemd.services.systemd-nspawn@companion.serviceConfig"].DeviceAllow == ["char-pts rw"]
	not options["boot.kernelModules"]
	not options["systemd.tmpfiles.rules"]
}

test_no_device_and_no_folder_without_a_need if {
	every argument in _start(_host(_zfs, ["agent.socket"]), {}) {
		not startswith(argument, "--bind=")
	}
}

test_what_units_need if {
	host := _host(_zfs, ["other.service", "fs.service"])
	{a | some a in _start(host, {}); startswith(a, "--bind=")} == {
		"--bind=/dev/fuse", "--bind=/dev/net/tun", "--bind=/dev/loop-control", "--bind=/dev/loop0",
		"--bind=/etc/pve", "--bind=/var/lib/vz", "--bind=/mnt/pve/nas",
	}
	options := _options(host, {})
	options["systemd.services.systemd-nspawn@companion.serviceConfig"].DeviceAllow == ["char-pts rw", "/dev/fuse rwm", "/dev/net/tun rwm", "/dev/loop-control rwm", "block-loop rwm"]
	options["boot.kernelModules"] == ["fuse", "loop", "tun"]
	options["systemd.tmpfiles.rules"] == ["d /mnt/pve/nas - - - -", "d /var/lib/vz - - - -"]
	options["environment.etc.companion/fs.service.d/60-companion.conf.text"] == "[Unit]\nConditionVirtualization=\n"
	"--bind-ro=/etc/companion/fs.service.d:/run/systemd/system/fs.service.d" in _start(host, {})
}

test_the_arguments_that_were_measured if {
	text := concat(" ", _start(_host(_zfs, ["agent.socket"]), {}))
	startswith(text, "/bin/systemd-nspawn --quiet --keep-unit --boot --machine=companion --directory=/var/lib/machines/companion --settings=no ")
	contains(text, " --capability=CAP_IPC_LOCK,CAP_NET_ADMIN \"--system-call-filter=@keyring bpf\" --bind-ro=/dev/null:/etc/fstab ")
	contains(text, " --bind-ro=/etc/companion/allow:/dev/companion/allow ")
	contains(text, " --bind-ro=/etc/companion/timer.d:/run/systemd/system/timer.d ")
	endswith(text, " systemd.unit=companion.target")
	not contains(text, "private-network")
	not contains(text, "network-veth")
}

test_the_interface_of_pve_where_it_is_asked_for if {
	host := _host(_zfs, ["pveproxy.service"])
	_options(host, {}) == {}
	options := _options(host, {"bridges": {"webui": "yes"}})
	options["environment.etc.companion/allow/service/pveproxy.text"] == ""
	bridges := companion.bridges with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {"bridges": {"webui": "yes"}}
	{b.bridge | some b in bridges} == {"companion", "webui"}
}

test_nothing_where_it_is_declined_or_dropped if {
	host := _host(_zfs, ["agent.socket"])
	_options(host, {"bridges": {"companion": "no"}}) == {}
	_options(host, {"units": {"agent.socket": {"drop": "not needed"}}}) == {}
	_options(_host(_zfs, []), {}) == {}
	_options(_host(_zfs, []), {"bridges": {"companion": "yes"}})["environment.etc.companion/allow/service/dbus.text"] == ""
}

test_hostile_names_of_units if {
	catalog := object.union(_catalog, {"companion_units": {"a b.service": {"runs": ["libvirt"]}, "../x.service": {"runs": ["libvirt"]}, "$x.service": {"runs": ["libvirt"]}}})
	settings := companion.settings with input as _host(_zfs, ["a b.service", "../x.service", "$x.service"]) with data.catalog as catalog with data.target as "libvirt" with data.answers as {}
	settings == set()
}

test_a_thin_volume_is_activated_first if {
	options := _options(_host(_thin, ["agent.socket"]), {})
	options["fileSystems./var/lib/machines/companion.options"] == ["noauto", "nofail", "x-systemd.requires=companion-volume.service", "x-systemd.after=companion-volume.service", "nouuid"]
	options["systemd.services.companion-volume.serviceConfig"].ExecStart == {"_concat": [{"_ref": ["pkgs", "lvm2", "bin"]}, "/bin/lvchange -ay -K pve/companion"]}
}

test_a_subvolume if {
	btrfs := object.union(_zfs, {"zfs_pools": [], "fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}], "mounts": [{"target": "/", "type": "btrfs", "source": "/dev/sda3", "options": ["subvol=/@"]}]})
	_options(_host(btrfs, ["agent.socket"]), {})["fileSystems./var/lib/machines/companion.options"] == ["noauto", "nofail", "subvol=@companion"]
}

test_what_is_said_of_it if {
	host := _host(_zfs, ["agent.socket"])
	bridges := companion.bridges with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	bridges == {{"at": ["/units/0"], "bridge": "companion", "params": {"unit": "agent.socket"}}}
	plans := {p.path[1]: p.value | some p in companion.plans} with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	plans == {"kind": "zfs", "source": "rpool/ROOT/pve-1", "root": "rpool/ROOT/companion"}
	demanded := companion.bridges with input as _host(_zfs, []) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {"bridges": {"companion": "yes"}}
	demanded == {{"at": ["/host"], "bridge": "companion", "params": {}}}
	checks := companion.checks with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	checks == {
		{"at": ["/units/0"], "check": "unit-active", "params": {"unit": "systemd-nspawn@companion.service"}, "required": false},
		{"at": ["/units/0"], "check": "port-listening", "params": {"port": 6556}, "required": false},
	}
}

test_packages_whose_commands_are_called if {
	host := object.union(_host(_zfs, []), {"packages": [
		{"name": "tool", "status": "installed"}, {"name": "vendor-one", "status": "installed"}, {"name": "vendor", "status": "installed"}, {"name": "vendor-two", "status": "config-files"},
	]})
	options := _options(host, {})
	options["systemd.services.systemd-nspawn@companion.serviceConfig"].DeviceAllow == ["char-pts rw", "char-raid rwm"]
	contains(options["environment.etc.companion/companion.target.text"], "\nWants=dbus.service\n")
	bridges := companion.bridges with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	bridges == {
		{"at": ["/packages/0"], "bridge": "companion", "params": {"package": "tool"}},
		{"at": ["/packages/1"], "bridge": "companion", "params": {"package": "vendor-one"}},
	}
	_options(host, {"packages": {"tool": {"drop": "not needed"}, "vendor-one": {"drop": "not needed"}}}) == {}
}

_allowed(host, answers) := {trim_prefix(option, "environment.etc.companion/allow/") | some option, _ in _options(host, answers); startswith(option, "environment.etc.companion/allow/")}

# What the owner gives to it runs there, with the service that a socket starts.
test_a_unit_of_the_answers_runs_in_it if {
	host := _host(_zfs, ["ftp.service", "late.socket", "other2.service"])
	allowed := _allowed(host, {"units": {"ftp.service": {"companion": "its users"}, "late.socket": {"companion": "why"}}})
	{"service/ftp.text", "socket/late.text", "service/late.text"} - allowed == set()
	not "service/other2.text" in allowed
}

test_a_unit_that_must_not_run_in_it_does_not if {
	allowed := _allowed(_host(_zfs, ["ftp.service", "bad.service"]), {"units": {"ftp.service": {"companion": "its users"}, "bad.service": {"companion": "why"}}})
	"service/ftp.text" in allowed
	not "service/bad.text" in allowed
}

test_a_package_of_the_answers_is_there if {
	host := object.union(_host(_zfs, []), {"packages": [{"name": "acme-tool", "status": "installed"}]})
	x := {b.params.package | some b in companion.bridges} with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {"packages": {"acme-tool": {"companion": "why"}}}
	x == {"acme-tool"}
}

test_commands_alone_start_nothing_at_boot if {
	host := object.union(_host(_zfs, []), {"packages": [{"name": "tool", "status": "installed"}, {"name": "vendor-$(x)", "status": "installed"}]})
	options := _options(host, {})
	not options["systemd.services.systemd-nspawn@companion.wantedBy"]
	options["systemd.services.systemd-nspawn@companion.wants"] == ["network-online.target"]
	options["systemd.paths.companion-committed.pathConfig"].Unit == "companion-commands.service"
	options["systemd.services.companion-commands.serviceConfig"].ExecStart == "/var/lib/pve2nix/guard/pve2nix bridge companion link tool"
	options["systemd.services.companion-commands.unitConfig"].ConditionPathExists == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed", "/var/lib/pve2nix/guard/pve2nix"]
	options["environment.profiles"] == {"_mkAfter": ["/run/companion"]}
	checks := {c.params.unit | some c in companion.checks} with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	checks == {"companion-commands.service"}
}

test_services_start_at_boot_and_bring_the_commands if {
	host := object.union(_host(_zfs, ["agent.socket"]), {"packages": [{"name": "tool", "status": "installed"}]})
	options := _options(host, {})
	options["systemd.services.systemd-nspawn@companion.wantedBy"] == ["multi-user.target"]
	options["systemd.services.systemd-nspawn@companion.wants"] == ["companion-commands.service", "network-online.target"]
	options["systemd.paths.companion-committed.pathConfig"].Unit == "systemd-nspawn@companion.service"
	without := _options(_host(_zfs, ["agent.socket"]), {})
	not without["systemd.services.companion-commands.serviceConfig"]
	not without["environment.profiles"]
}

test_libraries_are_in_one_that_is_there if {
	catalog := object.union(_catalog, {"package_gaps": {"lib*": "companion"}, "companion_leftovers": {"lib*": "a library"}})
	packages := [{"name": "libx", "status": "installed", "auto": false}]
	alone := companion.bridges with input as object.union(_host(_zfs, []), {"packages": packages}) with data.catalog as catalog with data.target as "libvirt" with data.answers as {}
	alone == set()
	beside := {b.params | some b in companion.bridges} with input as object.union(_host(_zfs, ["agent.socket"]), {"packages": packages}) with data.catalog as catalog with data.target as "libvirt" with data.answers as {}
	beside == {{"unit": "agent.socket"}, {"package": "libx"}}
}

test_a_layer_above_a_thick_volume if {
	thick := json.patch(_thin, [{"op": "replace", "path": "/volume_groups/0/logical_volumes/0/kind", "value": "linear"}])
	options := _options(_host(thick, ["agent.socket"]), {})
	options["fileSystems./var/lib/companion/old.device"] == "/dev/pve/root"
	options["fileSystems./var/lib/companion/old.options"] == ["noauto", "nofail", "ro", "norecovery"]
	options["fileSystems./var/lib/companion/old.noCheck"] == true
	options["fileSystems./var/lib/machines/companion.fsType"] == "overlay"
	options["fileSystems./var/lib/machines/companion.options"] == [
		"noauto", "nofail", "lowerdir=/var/lib/companion/old", "upperdir=/var/lib/companion/upper", "workdir=/var/lib/companion/work",
		"x-systemd.requires-mounts-for=/var/lib/companion/old", "x-systemd.after=systemd-tmpfiles-setup.service",
	]
	options["systemd.tmpfiles.rules"] == ["d /var/lib/companion 0700 root root -", "d /var/lib/companion/upper 0755 root root -", "d /var/lib/companion/work 0700 root root -"]
	plans := companion.plans with input as _host(thick, ["agent.socket"]) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	plans == set()
	ext4 := json.patch(thick, [{"op": "replace", "path": "/mounts/0/type", "value": "ext4"}])
	_options(_host(ext4, ["agent.socket"]), {})["fileSystems./var/lib/companion/old.options"] == ["noauto", "nofail", "ro", "noload"]
}
