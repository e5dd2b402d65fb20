# METADATA
# scope: package
# title: Time servers of chrony, ntpd and timesyncd
# description: |
#  Takes over servers and pools with their options. Plain servers go into
#  services.chrony.servers, the rest into its configuration as it stands.
#  Those of ntpd become networking.timeServers, which the client of NixOS asks.
#  Clocks that agree keep corosync, Ceph and API tickets working.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.chrony
#   - https://chrony-project.org/doc/latest/chrony.conf.html
package rules.system.time_servers

import data.lib.facts
import data.lib.guard

_daemon if facts.packages.chrony

_lines[i] := {"key": p.key, "words": words, "value": value} if {
	some i, p in input.system.ntp
	p.key in {"server", "pool", "peer"}
	startswith(p.source, "/etc/chrony/")
	value := regex.replace(trim_space(p.value), `\s+`, " ")
	words := split(value, " ")
	guard.server(words[0])
	every word in words { regex.match(`^[A-Za-z0-9.:_-]{1,253}$`, word) }
}

_plain(line) if {
	line.key == "server"
	count(line.words) == 1
}

_plain(line) if {
	line.key == "server"
	line.words[1] == "iburst"
	count(line.words) == 2
}

_at := sort([sprintf("/system/ntp/%d", [i]) | some i, _ in _lines])

settings contains {"at": _at, "option": ["services", "chrony", "enable"], "value": true} if {
	_daemon
	count(_lines) > 0
}

# NixOS would add its own pool to an empty list.
settings contains {"at": _at, "option": ["services", "chrony", "servers"], "value": servers} if {
	_daemon
	count(_lines) > 0
	servers := [line.words[0] | some line in _lines; _plain(line)]
}

settings contains {"at": at, "option": ["services", "chrony", "extraConfig"], "value": text} if {
	_daemon
	at := sort([sprintf("/system/ntp/%d", [i]) | some i, line in _verbatim])
	lines := [sprintf("%s\n", [trim_space(sprintf("%s %s", [line.key, line.value]))]) | some line in _verbatim]
	count(lines) > 0
	text := concat("", lines)
}

_verbatim[i] := line if {
	some i, line in _lines
	not _plain(line)
}

# Whom the host serves, and how it behaves without a server: others rely on it.
_verbatim[i] := {"key": p.key, "value": value} if {
	some i, p in input.system.ntp
	p.key in {
		"allow", "deny", "cmdallow", "cmddeny", "local", "makestep", "bindaddress", "bindacqaddress", "port", "minsources",
		"maxdistance", "hwtimestamp", "smoothtime", "orphan", "clientloglimit", "ratelimit", "manual", "noclientlog",
	}
	startswith(p.source, "/etc/chrony/")
	regex.match(`^[A-Za-z0-9 .:/_*-]{0,253}$`, p.value)
	value := trim_space(p.value)
}

_ntpd[i] := words[0] if {
	not _daemon
	some i, p in input.system.ntp
	p.key in {"server", "pool", "peer"}
	regex.match(`^/etc/(ntpsec/)?ntp\.conf:`, p.source)
	words := regex.split(`\s+`, trim_space(p.value))
	guard.server(words[0])
}

settings contains {"at": at, "option": ["networking", "timeServers"], "value": servers} if {
	at := sort([sprintf("/system/ntp/%d", [i]) | some i, _ in _ntpd])
	servers := [server | some server in _ntpd]
	count(servers) > 0
}

_timesyncd[i] := {"key": p.key, "servers": servers} if {
	not _daemon
	some i, p in input.system.ntp
	startswith(p.source, "/etc/systemd/timesyncd.conf")
	servers := regex.split(`\s+`, trim_space(p.value))
	every server in servers { guard.server(server) }
}

_options := {"NTP": "servers", "FallbackNTP": "fallbackServers"}

settings contains {
	"at": [sprintf("/system/ntp/%d", [i])],
	"option": ["services", "timesyncd", _options[line.key]],
	"value": line.servers,
} if {
	some i, line in _timesyncd
}
