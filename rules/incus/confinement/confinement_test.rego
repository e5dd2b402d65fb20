package rules.incus.confinement_test

import data.rules.incus.confinement

_host(config, lines) := {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": array.concat(
	[{"key": key, "value": value, "fields": _fields[value]} | some key, value in config],
	[{"key": "lxc.idmap", "value": line, "fields": []} | some line in lines],
)}]}

_fields := {
	"0": [],
	"1": [],
	"all": [{"name": "nesting", "value": "1"}, {"name": "keyctl", "value": "1"}, {"name": "mknod", "value": "1"}, {"name": "mount", "value": "nfs;cifs;x y"}, {"name": "force_rw_sys", "value": "1"}],
	"none": [{"name": "fuse", "value": "1"}],
}

_config(host) := {p.path[1]: p.value | some p in set} if set := confinement.parts with input as host

_map := {"security.privileged": "false", "security.idmap.isolated": "true", "security.idmap.base": "100000", "security.idmap.size": "65536"}

test_the_ids_of_pve if {
	_config(_host({"unprivileged": "1"}, [])) == _map
	_config(_host({"unprivileged": "0"}, [])) == {"security.privileged": "true"}
	_config(_host({}, [])) == {"security.privileged": "true"}
}

test_features if {
	_config(_host({"unprivileged": "1", "features": "all"}, [])) == object.union(_map, {
		"security.nesting": "true",
		"security.syscalls.intercept.mknod": "true",
		"security.syscalls.intercept.mount": "true",
		"security.syscalls.intercept.mount.allowed": "nfs,cifs",
	})
	_config(_host({"features": "all"}, []))["raw.apparmor"] == "mount fstype=nfs,\nmount fstype=cifs,"
	_config(_host({"features": "none"}, [])) == {"security.privileged": "true", "security.nesting": "false"}
}

test_a_map_of_its_own if {
	lines := ["u 0 100000 1500", "g 0 100000 65536", "u 1500 1500 1", "u 1501 101501 64035"]
	_config(_host({"unprivileged": "1"}, lines)) == object.union(_map, {"raw.idmap": "uid 1500 1500"})
	_config(_host({"unprivileged": "1"}, ["u 0 300000 65536", "g 0 300000 60000", "g 60000 5000 10"])) == object.union(_map, {"security.idmap.base": "300000", "raw.idmap": "gid 5000-5009 60000-60009"})
}

test_says_what_has_no_key if {
	confinement.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/2"], "vars": {"words": "200 force_rw_sys, 200 lxc.idmap"}}} with input as _host({"features": "all", "unprivileged": "1"}, ["u 0 x 1"])
}

test_silent_for_what_has_keys if {
	count(confinement.findings) == 0 with input as _host({"features": "none", "unprivileged": "1"}, ["u 0 100000 65536"])
}
