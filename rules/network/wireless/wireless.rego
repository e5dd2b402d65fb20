# METADATA
# scope: package
# title: Wireless network card in use
# description: |
#  {interface} joins a wireless network with the options of ifupdown. systemd-networkd
#  starts no supplicant. Where the stanza names a file of wpa_supplicant, the bridge
#  network carries it; where the name and the key stand in the stanza itself, the link
#  never comes up, since the key is not in the snapshot.
# custom:
#  id: PVE-NET-023
#  kind: gap
#  category: configuration
#  severity: major
#  component: wireless network
#  equivalent: networking.wireless
#  account: review
#  workaround: |
#   Set networking.wireless.enable and networking.wireless.networks with the
#   password in a secrets file. A wireless card cannot be a port of a bridge:
#   route or masquerade for guests, as on PVE.
#  test:
#   before: |
#    `wpa_cli status` on PVE prints wpa_state=COMPLETED.
#   after: |
#    `wpa_cli status` in the trial boot prints wpa_state=COMPLETED.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.wireless
#   - https://wiki.debian.org/WiFi/HowToUse
package rules.network.wireless

import data.lib.network
import data.lib.supplicant
import data.rules.network.port_authentication

findings contains {"at": at, "vars": {"interface": name}} if some name, at in _lines

_lines[name] := at if {
	some name, n in network.interfaces
	at := sort([sprintf("%s/options/%d", [n.at, j]) |
		some j, p in n.options
		regex.match(`^(wpa|wireless)-`, p.key)
	])
	count(at) > 0
	not port_authentication.lines[name]
}

# A stanza that says something beside the file is not kept.
_carried[name] := supplicant.ready[name] if {
	some name, at in _lines
	count({p | some p in at} - network.options_at(name, {"wpa-conf", "wpa-driver"})) == 0
}

_at(name) := sort({p | some p in _lines[name]} | {p | some p in _carried[name].at})

# The file may hold a password, so that it is carried and never in the store.
bridges contains {"at": _at(name), "bridge": "network", "params": {"interface": name, "closes": ["PVE-NET-023"]}} if some name, _ in _carried

settings contains {"at": _at(name), "option": array.concat(["networking", "supplicant", name], option), "value": value} if {
	some name, s in _carried
	some [option, value] in [[["driver"], s.driver], [["configFile", "path"], s.file]]
}

carries contains {"at": s.at, "path": path, "to": path, "mode": "0600", "secret": true} if {
	some s in _carried
	some path in s.carried
}

checks contains {"at": _at(name), "check": "unit-active", "params": {"unit": sprintf("supplicant-%s.service", [name])}, "required": false} if some name, _ in _carried
