package rules.bridges.companion_impossible_test

import data.rules.bridges.companion_impossible

_catalog := {
	"companion_types": {"service": {}},
	"companion_base": {},
	"companion_units": {"webmin.service": {"runs": ["libvirt"]}, "munin-node.service": {"runs": ["libvirt"], "otherwise": "services/munin_node"}},
}

_host(storage) := {
	"host": {"name": "pve"},
	"units": [{"name": "webmin.service", "file_state": "enabled"}],
	"storage": object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": [], "storages": []}, storage),
}

_thick := {
	"volume_groups": [{"name": "pve", "root": true, "logical_volumes": [{"name": "root", "kind": "linear"}]}],
	"mounts": [{"target": "/", "type": "ext4", "source": "/dev/mapper/pve-root", "options": []}],
}

_findings(host, answers) := x if {
	x := {f.vars.why | some f in companion_impossible.findings} with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as answers
}

_plain := {"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "ext4"}]}

_no_snapshots := "its root is a file system without snapshots"

test_silent_on_a_thick_volume if {
	_findings(_host(_thick), {}) == set()
	odd := json.patch(_thick, [{"op": "replace", "path": "/mounts/0/type", "value": "jfs"}])
	_findings(_host(odd), {}) == {"what its root lies on is not known well enough"}
}

test_a_plain_file_system if {
	_findings(_host(_plain), {}) == {_no_snapshots}
	found := companion_impossible.inhibits with input as _host(_plain) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	found == {{"at": ["/units/0"], "vars": {"why": _no_snapshots, "units": "webmin.service"}}}
}

test_an_unknown_root if {
	_findings(_host({}), {}) == {"what its root lies on is not known well enough"}
	_findings(object.union(_host({}), {"units": []}), {"bridges": {"companion": "yes"}}) == {"what its root lies on is not known well enough"}
}

test_silent_where_it_is_declined if {
	_findings(_host(_plain), {"bridges": {"companion": "no"}}) == set()
}

test_silent_on_a_thin_volume if {
	thin := json.patch(_thick, [{"op": "replace", "path": "/volume_groups/0/logical_volumes/0/kind", "value": "thin"}])
	_findings(_host(thin), {}) == set()
}

test_silent_without_a_unit_for_it if {
	_findings(object.union(_host(_plain), {"units": [{"name": "cron.service", "file_state": "enabled"}]}), {}) == set()
}

test_silent_on_what_nixos_runs_instead if {
	_findings(object.union(_host(_plain), {"units": [{"name": "munin-node.service", "file_state": "enabled"}]}), {}) == set()
	found := companion_impossible.findings with input as object.union(_host(_plain), {"units": [{"name": "munin-node.service", "file_state": "enabled"}, {"name": "webmin.service", "file_state": "enabled"}]}) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
	found == {{"at": ["/units/1"], "vars": {"why": _no_snapshots, "units": "webmin.service"}}}
}

test_fires_where_it_is_asked_for if {
	found := companion_impossible.findings with input as object.union(_host(_plain), {"units": []}) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {"bridges": {"companion": "yes"}}
	found == {{"at": ["/host"], "vars": {"why": _no_snapshots, "units": "What you chose"}}}
}

# A package that nobody has named is missing by its own entry.
test_silent_on_packages_that_nobody_names if {
	catalog := object.union(_catalog, {"package_gaps": {"*": "companion"}, "companion_packages": {"named": {}}})
	host := object.union(_host(_plain), {"units": [], "packages": [{"name": "acme", "status": "installed", "auto": false}]})
	found := companion_impossible.findings with input as host with data.catalog as catalog with data.target as "libvirt" with data.answers as {}
	found == set()
	named := object.union(_host(_plain), {"units": [], "packages": [{"name": "acme", "status": "installed", "auto": false}, {"name": "named", "status": "installed", "auto": false}]})
	said := {f.vars.units | some f in companion_impossible.findings} with input as named with data.catalog as catalog with data.target as "libvirt" with data.answers as {}
	said == {"named"}
}
