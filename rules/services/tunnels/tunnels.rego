# METADATA
# scope: package
# title: Tunnels of WireGuard and OpenVPN
# description: |
#  Each tunnel comes up from the file that it has here, with its keys, by the unit that NixOS
#  makes for it. Commands of a tunnel of WireGuard run where all of them are known programs that
#  its unit can be given; with another one the whole tunnel would go down at its first failure,
#  so it is not started. OpenVPN runs so where there is no companion to run it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.wg-quick.interfaces
#   - https://man7.org/linux/man-pages/man8/wg-quick.8.html
#   - https://search.nixos.org/options?query=services.openvpn.servers
package rules.services.tunnels

import data.lib.companion
import data.lib.facts
import data.lib.lines

_wireguard[name] := {"unit": facts.units[unit].at, "path": path} if {
	some unit in facts.in_use
	startswith(unit, "wg-quick@")
	name := trim_suffix(trim_prefix(unit, "wg-quick@"), ".service")
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$`, name)
	path := sprintf("/etc/wireguard/%s.conf", [name])
	lines.files[path]
	every command in _commands(path) {
		_known(command)
	}
}

_commands(path) := [text |
	some p in lines.files[path].properties
	p.key in {"Interface.PreUp", "Interface.PostUp", "Interface.PreDown", "Interface.PostDown"}
	text := object.get(p, "value", "a secret")
]

_packages := {
	"echo": "coreutils",
	"ethtool": "ethtool",
	"ip": "iproute2",
	"ip6tables": "iptables",
	"iptables": "iptables",
	"nft": "nftables",
	"sysctl": "procps",
	"tc": "iproute2",
	"true": "coreutils",
	"wg": "wireguard-tools",
}

_words(text) := [regex.split(`[ \t]+`, trim_space(part))[0] | some part in regex.split(`&&|\|\||;`, text); trim_space(part) != ""]

_known(text) if {
	not regex.match("[`\"'$()<>|&]", regex.replace(text, `&&|\|\|`, ""))
	every word in _words(text) {
		_packages[word]
	}
}

_at(path) := [lines.at(path, i) | some i, _ in lines.files[path].properties]

_kept(path) := concat("", ["/var/lib/pve2nix", path])

settings contains {"at": [w.unit], "option": ["networking", "wg-quick", "interfaces", name, "configFile"], "value": _kept(w.path)} if {
	some name, w in _wireguard
}

settings contains {"at": [w.unit], "option": ["systemd", "services", sprintf("wg-quick-%s", [name]), "path"], "value": [{"_ref": ["pkgs", attribute]} | some attribute in attributes]} if {
	some name, w in _wireguard
	attributes := sort({_packages[word] | some text in _commands(w.path); some word in _words(text)})
	count(attributes) > 0
}

carries contains {"at": _at(w.path), "path": w.path, "to": _kept(w.path), "mode": "0600", "secret": true} if some w in _wireguard

checks contains {"at": [w.unit], "check": "unit-active", "params": {"unit": sprintf("wg-quick-%s.service", [name])}, "required": false} if some name, w in _wireguard

_folders := {"openvpn": "/etc/openvpn", "openvpn-client": "/etc/openvpn/client", "openvpn-server": "/etc/openvpn/server"}

# Names of keys in the file are relative to its folder.
_openvpn[sprintf("%s-%s", [kind, name])] := {"unit": facts.units[unit].at, "folder": _folders[kind], "file": sprintf("%s.conf", [name])} if {
	not companion.exists
	some unit in facts.in_use
	some [_, kind, name] in regex.find_all_string_submatch_n(`^(openvpn|openvpn-client|openvpn-server)@([A-Za-z0-9_][A-Za-z0-9_.-]{0,60})\.service$`, unit, 1)
}

settings contains {
	"at": [o.unit],
	"option": ["services", "openvpn", "servers", name, "config"],
	"value": sprintf("cd /var/lib/pve2nix%s\nconfig %s\n", [o.folder, o.file]),
} if {
	some name, o in _openvpn
}

carries contains {"at": [o.unit], "path": "/etc/openvpn", "to": "/var/lib/pve2nix/etc/openvpn", "mode": "0600", "secret": true} if some o in _openvpn

checks contains {"at": [o.unit], "check": "unit-active", "params": {"unit": sprintf("openvpn-%s.service", [name])}, "required": false} if some name, o in _openvpn
