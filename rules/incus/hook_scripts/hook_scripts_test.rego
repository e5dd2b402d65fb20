package rules.incus.hook_scripts_test

import data.rules.incus.hook_scripts

_host(guests) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
	"guests": guests,
}

_guest(vmid, type, key, volume, onboot) := {"vmid": vmid, "type": type, "local": true, "config": [
	{"key": key, "value": "web"},
	{"key": "hookscript", "value": volume},
	{"key": "onboot", "value": onboot},
]}

_said(host) := {concat(".", s.option): s.value | some s in set} if set := hook_scripts.settings with input as host

test_incus_and_lxc_call_the_scripts if {
	host := _host([_guest(100, "qemu", "name", "local:snippets/a.pl", "1"), _guest(200, "lxc", "hostname", "local:snippets/b.sh", "1")])
	hook_scripts.findings == {{"at": ["/guests/0/config/1", "/guests/1/config/1"], "vars": {"scripts": "/var/lib/vz/snippets/a.pl, /var/lib/vz/snippets/b.sh", "vmids": "100, 200"}}} with input as host
	said := _said(host)
	said["environment.etc.incus-hooks/pve.mode"] == "0755"
	contains(said["environment.etc.incus-hooks/pve.text"], "\ncase $1 in\n100) script=/var/lib/vz/snippets/a.pl ;;\n200) script=/var/lib/vz/snippets/b.sh ;;\n*) exit 0 ;;\nesac\n")
	contains(said["systemd.services.incus-hooks.script"], "\n    /1.0/instances/vm100) vmid=100 kind=qemu ;;\n    /1.0/instances/ct200) vmid=200 kind=lxc ;;\n")
	contains(said["systemd.services.incus-hooks.script"], "\n  look 100 qemu vm100\n  look 200 lxc ct200\n")
	contains(said["systemd.services.incus-hooks.preStop"], "\ntest \"$(incus list '^vm100$' -f csv -c s)\" != RUNNING || /etc/incus-hooks/pve 100 pre-stop || true\n")
	said["systemd.services.incus-hooks-before.script"] == "/etc/incus-hooks/pve 100 pre-start || true\n"
	said["systemd.services.incus-instances.after"] == ["incus-hooks.service", "incus-hooks-before.service"]
	said["systemd.services.incus-hooks.unitConfig"].ConditionPathExists[0] == "|!/var/lib/pve2nix/guard/trial.json"
	[c.path | some c in hook_scripts.carries with input as host] == ["/var/lib/vz/snippets/a.pl", "/var/lib/vz/snippets/b.sh"]
}

test_a_machine_that_stays_off_has_nothing_before_the_boot if {
	said := _said(_host([_guest(100, "qemu", "name", "local:snippets/a.pl", "0")]))
	not said["systemd.services.incus-hooks-before.script"]
	said["systemd.services.incus-instances.wants"] == ["incus-hooks.service"]
	contains(said["systemd.services.incus-hooks.script"], "/1.0/instances/web) vmid=100 kind=qemu ;;")
}

test_silent_on_a_name_for_a_shell if {
	count(hook_scripts.findings) + count(hook_scripts.settings) == 0 with input as _host([_guest(100, "qemu", "name", "local:snippets/a;reboot", "1")])
}

test_silent_without_a_script if {
	count(hook_scripts.findings) + count(hook_scripts.settings) == 0 with input as _host([{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "name", "value": "web"}]}])
}
