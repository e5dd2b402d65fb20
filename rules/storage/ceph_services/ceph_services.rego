# METADATA
# scope: package
# title: Ceph daemons without PVE
# description: |
#  Writes ceph.conf anew by the options of services.ceph, line by line, since the file of PVE's
#  database is not there any more, and starts the monitors, managers, metadata servers and OSDs
#  of this host. The volumes of OSDs are activated before them. Keys below /etc/pve are read at
#  the place that Ceph looks at by itself.
# custom:
#  targets: [incus, libvirt]
#  sources:
#   - https://search.nixos.org/options?query=services.ceph
#   - https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/
#   - https://docs.ceph.com/en/latest/ceph-volume/lvm/activate/
package rules.storage.ceph_services

import data.lib.ceph
import data.lib.guard

# Keys that have options of their own; blank and underline mean the same to Ceph.
_named := {
	"auth_client_required": "authClientRequired",
	"auth_cluster_required": "authClusterRequired",
	"auth_service_required": "authServiceRequired",
	"cluster_network": "clusterNetwork",
	"fsid": "fsid",
	"mon_host": "monHost",
	"mon_initial_members": "monInitialMembers",
	"public_network": "publicNetwork",
}

# Of a key that repeats in its section the last line holds.
_lines[section][key] contains i if {
	some i, p in input.storage.ceph.config
	[[_, section, name]] := regex.find_all_string_submatch_n(`^((?:global|client|mon|mgr|mds|osd)(?:\.[A-Za-z0-9_-]{1,63})?)\.([a-z][a-z0-9_ ]{1,62})$`, p.key, 1)
	key := replace(name, " ", "_")
	guard.line(p.value)
	not startswith(p.value, "/etc/pve/")
}

_value[section][key] := input.storage.ceph.config[max(indexes)].value if {
	some section, keys in _lines
	some key, indexes in keys
}

_at(section, key) := sort([sprintf("/storage/ceph/config/%d", [i]) | some i in _lines[section][key]])

_kinds := {"mds", "mgr", "mon", "osd"}

_here contains kind if {
	ceph.known
	some kind in _kinds
	count(ceph.ids[kind]) > 0
}

settings contains {"at": at, "option": ["services", "ceph", name, "enable"], "value": true} if {
	ceph.known
	some name, at in object.union({"client": _keyrings}, {kind: _units(kind) | some kind in _here})
}

settings contains {"at": [], "option": ["services", "ceph", "enable"], "value": true} if ceph.known

# Ceph looks at /etc/ceph/$cluster.$name.keyring by itself, and the key of the administrator lies there.
_keyrings := sort([sprintf("/storage/ceph/config/%d", [i]) |
	some i, p in input.storage.ceph.config
	p.key == "client.keyring"
	p.value == "/etc/pve/priv/$cluster.$name.keyring"
])

settings contains {"at": [], "option": ["services", "ceph", kind, "daemons"], "value": sort([id | some id in ceph.ids[kind]])} if {
	some kind in _here
}

_units(kind) := sort([sprintf("/units/%d", [i]) | some i in _unit_indexes[kind]]) if {
	_unit_indexes[kind]
} else := []

_unit_indexes[kind] contains i if {
	some i, u in input.units
	startswith(u.name, "ceph-")
	[[_, word]] := regex.find_all_string_submatch_n(`^ceph-(mds|mgr|mon|osd|volume)@`, u.name, 1)
	kind := object.get({"volume": "osd"}, word, word)
}

settings contains {"at": _at("global", key), "option": ["services", "ceph", "global", option], "value": value} if {
	ceph.known
	some key, option in _named
	value := _typed(option, _value.global[key])
}

_typed(option, value) := value if {
	startswith(option, "auth")
	value in {"cephx", "none"}
} else := concat(",", regex.split(`[\s,;]+`, trim_space(value))) if {
	not startswith(option, "auth")
}

# The option is only read when a cluster is made, but NixOS warns without it.
settings contains {"at": [], "option": ["services", "ceph", "global", "monInitialMembers"], "value": concat(",", sort(_monitors))} if {
	ceph.known
	not _value.global.mon_initial_members
	count(_monitors) > 0
}

_monitors contains trim_prefix(section, "mon.") if {
	some section, _ in _value
	startswith(section, "mon.")
}

_monitors contains id if some id in ceph.ids.mon

settings contains {"at": _at("global", key), "option": ["services", "ceph", "extraConfig", key], "value": value} if {
	ceph.known
	some key, value in _value.global
	not _named[key]
}

# NixOS has values for all OSDs by default, which this cluster does not.
settings contains {"at": [], "option": ["services", "ceph", "osd", "extraConfig"], "value": {}} if {
	"osd" in _here
	not _value.osd
}

# Sections of a kind that runs here.
settings contains {"at": _at(kind, key), "option": ["services", "ceph", kind, "extraConfig", key], "value": value} if {
	ceph.known
	some kind in ({"mds", "mon", "osd"} & _here)
	some key, value in _value[kind]
}

# All other sections stand in one option, whatever their kind.
settings contains {"at": _at(section, key), "option": ["services", "ceph", "client", "extraConfig", section, key], "value": value} if {
	ceph.known
	some section, keys in _value
	section != "global"
	not section in ({"mds", "mon", "osd"} & _here)
	some key, value in keys
}

_activate := {
	"description": "Volumes of the OSDs",
	"before": [sprintf("ceph-osd-%s.service", [id]) | some id in sort(ceph.ids.osd)],
	"wantedBy": ["ceph-osd.target"],
	"path": [{"_ref": ["pkgs", name]} | some name in ["ceph", "cryptsetup", "lvm2", "util-linux"]],
	"script": "exec ceph-volume lvm activate --all --no-systemd\n",
}

settings contains {"at": [], "option": ["systemd", "services", "ceph-volume-all", name], "value": value} if {
	"osd" in _here
	some name, value in _activate
}

settings contains {"at": [], "option": ["systemd", "services", "ceph-volume-all", "serviceConfig", name], "value": value} if {
	"osd" in _here
	some name, value in {"Type": "oneshot", "RemainAfterExit": true}
}
