# METADATA
# scope: package
# title: The Zabbix agent
# description: |
#  The same server, name and checks, with programs where NixOS has them. Keys and certificates
#  are carried and handed to the agent as credentials.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.zabbixAgent
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/monitoring/zabbix-agent.nix
#   - https://www.zabbix.com/documentation/current/en/manual/appendix/config/zabbix_agentd
package rules.services.zabbix_agent

import data.lib.facts
import data.lib.guard
import data.lib.lines
import data.lib.sudoers

_agents := {
	"zabbix-agent.service": {"file": "/etc/zabbix/zabbix_agentd.conf", "below": `^/etc/zabbix/zabbix_agentd(\.conf)?\.d/[^/]+\.conf$`, "package": ["pkgs", "zabbix70", "agent"]},
	"zabbix-agent2.service": {"file": "/etc/zabbix/zabbix_agent2.conf", "below": `^/etc/zabbix/zabbix_agent2\.d/[^/]+\.conf$`, "package": ["pkgs", "zabbix70", "agent2"]},
}

_used := [name | some name, _ in _agents; name in facts.in_use]

# One agent of the two; NixOS has one service for both.
_unit := _used[0] if count(_used) == 1

_agent := _agents[_unit]

_read contains _agent.file if lines.files[_agent.file]

_read contains path if {
	some path, _ in lines.files
	regex.match(_agent.below, path)
	some p in lines.files[_agent.file].properties
	p.key == "Include"
}

_entries := [{"at": lines.at(path, i), "key": p.key, "value": p.value} |
	some path in sort(_read)
	some i, p in lines.files[path].properties
	guard.line(p.value)
]

_values(key) := [entry | some entry in _entries; entry.key == key]

# Of a key that is set twice, the last.
_one(key) := found[count(found) - 1] if {
	found := _values(key)
	count(found) > 0
}

# Without a server nobody may ask, and the option has no default.
_ready if {
	_unit
	regex.match(`^[A-Za-z0-9_.:/, -]+$`, _one("Server").value)
}

settings contains {"at": [facts.units[_unit].at], "option": ["services", "zabbixAgent", name], "value": value} if {
	_ready
	some name, value in {"enable": true, "package": {"_ref": _agent.package}}
}

settings contains {"at": [entry.at], "option": ["services", "zabbixAgent", "server"], "value": entry.value} if {
	_ready
	entry := _one("Server")
}

settings contains {"at": [entry.at], "option": ["services", "zabbixAgent", "listen", "port"], "value": to_number(entry.value)} if {
	_ready
	entry := _one("ListenPort")
	regex.match(`^[1-9][0-9]{0,4}$`, entry.value)
	to_number(entry.value) < 65536
}

settings contains {"at": [entry.at], "option": ["services", "zabbixAgent", "listen", "ip"], "value": entry.value} if {
	_ready
	entry := _one("ListenIP")
	regex.match(`^[0-9A-Fa-f.:, ]+$`, entry.value)
}

_words := {
	"BufferSend", "BufferSize", "DebugLevel", "EnableRemoteCommands", "HeartbeatFrequency", "HostInterface", "HostMetadata", "HostMetadataItem",
	"Hostname", "HostnameItem", "LogRemoteCommands", "MaxLinesPerSecond", "RefreshActiveChecks", "ServerActive",
	"SourceIP", "StartAgents", "StatusPort", "TLSAccept", "TLSConnect", "TLSPSKIdentity", "TLSServerCertIssuer", "TLSServerCertSubject",
	"Timeout", "UnsafeUserParameters",
}

settings contains {"at": [entry.at], "option": ["services", "zabbixAgent", "settings", key], "value": entry.value} if {
	_ready
	some key in _words
	entry := _one(key)
}

# Keys that are let in and kept out stand in an order that a set of options does not keep.
_lists contains key if {
	some key in ["Alias", "AllowKey", "DenyKey"]
	not _mixed[key]
}

_mixed[key] if {
	count(_values("AllowKey")) > 0
	count(_values("DenyKey")) > 0
	some key in ["AllowKey", "DenyKey"]
}

settings contains {"at": sort([entry.at | some entry in found]), "option": ["services", "zabbixAgent", "settings", key], "value": [entry.value | some entry in found]} if {
	_ready
	some key in _lists
	found := _values(key)
	count(found) > 0
}

# Checks of this host: programs by their place on NixOS.
_checks := _values("UserParameter")

settings contains {"at": sort([entry.at | some entry in _checks]), "option": option, "value": value} if {
	_ready
	count(_checks) > 0
	some [option, value] in [
		[["services", "zabbixAgent", "settings", "UserParameter"], [sudoers.moved(entry.value) | some entry in _checks]],
		[["systemd", "services", "zabbix-agent", "path"], ["/run/current-system/sw"]],
	]
}

# Keys and certificates

_secrets[key] := entry if {
	_ready
	some key in ["TLSCAFile", "TLSCRLFile", "TLSCertFile", "TLSKeyFile", "TLSPSKFile"]
	entry := _one(key)
	facts.plain_path(entry.value)
}

settings contains {"at": [entry.at], "option": ["services", "zabbixAgent", "settings", key], "value": sprintf("/run/credentials/zabbix-agent.service/%s", [key])} if {
	some key, entry in _secrets
}

settings contains {"at": sort([entry.at | some entry in _secrets]), "option": ["systemd", "services", "zabbix-agent", "serviceConfig", "LoadCredential"], "value": [sprintf("%s:/var/lib/pve2nix%s", [key, _secrets[key].value]) | some key in sort(object.keys(_secrets))]} if {
	count(_secrets) > 0
}

carries contains {"at": [entry.at], "path": entry.value, "to": concat("", ["/var/lib/pve2nix", entry.value]), "mode": "0600", "secret": true} if {
	some entry in _secrets
}
