# METADATA
# scope: package
# title: Name servers and search domains
# description: |
#  Keeps /etc/resolv.conf as it is: the same servers in it, and no local resolver
#  in between, because containers are given a copy of the host's file and cannot
#  reach an address of the host's loopback. A host that gets its servers by DHCP
#  keeps systemd-resolved, which hears of them.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.nameservers
#   - https://man7.org/linux/man-pages/man5/resolv.conf.5.html
package rules.network.name_servers

import data.lib.network

_servers := [{"at": sprintf("/network/dns/nameservers/%d", [i]), "address": p.value} |
	some i, p in input.network.dns.nameservers
	network.ip(p.value)
]

settings contains {
	"at": sort([s.at | some s in _servers]),
	"option": ["networking", "nameservers"],
	"value": [s.address | some s in _servers],
} if {
	count(_servers) > 0
}

# The lines of interfaces(5) speak of the same servers, to a program that PVE does not install.
settings contains {
	"at": [p],
	"option": ["networking", "nameservers"],
	"value": [],
} if {
	some name, n in network.interfaces
	some j, option in n.options
	option.key == "dns-nameservers"
	known := {s.address | some s in _servers}
	every word in _words(option.value) {
		word in known
	}
	p := sprintf("%s/options/%d", [n.at, j])
}

settings contains {
	"at": sort([s.at | some s in _servers]),
	"option": ["services", "resolved", "enable"],
	"value": false,
} if {
	count(_servers) > 0
	not _resolver
	every s in _servers {
		s.address != "127.0.0.53"
	}
}

# The unit keeps systemd-resolved unless it is known to be off: one that failed is wanted.
_resolver if {
	some u in input.units
	u.name == "systemd-resolved.service"
	not _off(u)
}

_off(u) if u.load_state == "not-found"

_off(u) if u.file_state in {"masked", "masked-runtime", "transient", "alias"}

_off(u) if {
	u.file_state in {"disabled", "static", "indirect"}
	object.get(u, "active_state", "inactive") == "inactive"
}

_off(u) if {
	u.file_state == "generated"
	u.active_state == "inactive"
}

_domains := [{"at": sprintf("/network/dns/search/%d", [i]), "name": p.value} |
	some i, p in input.network.dns.search
	network.domain(p.value)
]

settings contains {
	"at": sort([d.at | some d in _domains]),
	"option": ["networking", "search"],
	"value": [d.name | some d in _domains],
} if {
	count(_domains) > 0
}

settings contains {
	"at": [p],
	"option": ["networking", "search"],
	"value": [],
} if {
	some name, n in network.interfaces
	some j, option in n.options
	option.key in {"dns-search", "dns-domain"}
	known := {d.name | some d in _domains}
	every word in _words(option.value) {
		word in known
	}
	p := sprintf("%s/options/%d", [n.at, j])
}

_words(text) := split(regex.replace(trim_space(text), `\s+`, " "), " ")
