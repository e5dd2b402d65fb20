# METADATA
# scope: package
# title: The switch asks this host to authenticate
# description: |
#  {interface} authenticates with 802.1X: its stanza starts wpa_supplicant for the
#  wire. systemd-networkd starts none. Where the stanza names a file, the bridge network
#  carries it and starts the same supplicant; else the switch keeps the port closed or
#  puts it into a guest VLAN, and the host comes up and nobody reaches it.
# custom:
#  id: PVE-NET-042
#  kind: gap
#  category: configuration
#  severity: critical
#  component: 802.1X
#  equivalent: networking.supplicant
#  account: review
#  workaround: |
#   Set networking.supplicant."INTERFACE" with driver = "wired" and configFile.path
#   naming a file that you put on the new root (network with key_mgmt=IEEE8021X,
#   identity, password or certificate), and try it in the trial boot with a console at
#   hand. Or have the port opened by MAC address first.
#  test:
#   before: |
#    `wpa_cli -i INTERFACE status` on PVE prints EAP state=SUCCESS.
#   after: |
#    `wpa_cli -i INTERFACE status` prints the same in the trial boot, and `ping -c1
#    GATEWAY` 1 received.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.supplicant
#   - https://manpages.debian.org/bookworm/wpasupplicant/wpa_supplicant.8.en.html
package rules.network.port_authentication

import data.lib.network
import data.lib.supplicant

# METADATA
# title: Lines of interfaces that authenticate over the wire
# description: interface → pointers
lines[name] := at if {
	some name, n in network.interfaces
	"wired" in {lower(p.value) | some p in n.options; p.key == "wpa-driver"}
	at := {sprintf("%s/options/%d", [n.at, j]) |
		some j, p in n.options
		startswith(p.key, "wpa-")
	}
}

findings contains {"at": sort(at), "vars": {"interface": name}} if some name, at in lines

_carried[name] := supplicant.ready[name] if {
	some name, _ in lines
}

_at(name) := sort(lines[name] | {p | some p in _carried[name].at})

# The file may hold a password, so that it is carried and never in the store.
bridges contains {"at": _at(name), "bridge": "network", "params": {"interface": name, "closes": ["PVE-NET-042"]}} if some name, _ in _carried

settings contains {"at": _at(name), "option": array.concat(["networking", "supplicant", name], option), "value": value} if {
	some name, s in _carried
	some [option, value] in [[["driver"], s.driver], [["configFile", "path"], s.file]]
}

carries contains {"at": s.at, "path": path, "to": path, "mode": "0600", "secret": true} if {
	some s in _carried
	some path in s.carried
}

checks contains {"at": _at(name), "check": "unit-active", "params": {"unit": sprintf("supplicant-%s.service", [name])}, "required": false} if some name, _ in _carried
