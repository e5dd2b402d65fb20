# METADATA
# scope: package
# title: Wireless network card in use
# description: |
#  {interface} joins a wireless network with the options of ifupdown. systemd-networkd
#  starts no supplicant. Where the stanza names a file of wpa_supplicant, the bridge
#  network carries it; where the name and the key stand in the stanza itself, it carries
#  the file of the stanza, and a service writes what the supplicant reads. With other
#  words than these the link never comes up.
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

import data.lib.facts
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

# Name and key in the stanza: the key is in no snapshot, and its file is carried.

_words := {"wpa-ssid", "wpa-psk", "wpa-driver", "wpa-key-mgmt", "wpa-proto", "wpa-pairwise", "wpa-group", "wpa-scan-ssid", "wpa-ap-scan"}

_stanzas[name] := {"file": file, "called": n.name, "driver": driver} if {
	some name, _ in _lines
	network.networks[name]
	n := network.interfaces[name]
	facts.interface_name(n.name)
	every p in n.options {
		_plain(p)
	}
	files := {[p.key, split(object.get(p, "source", ""), ":")[0]] | some p in n.options; p.key in {"wpa-ssid", "wpa-psk"}}
	{key | some [key, _] in files} == {"wpa-ssid", "wpa-psk"}
	paths := {path | some [_, path] in files}
	count(paths) == 1
	some file in paths
	regex.match(`^/etc/network/interfaces(\.d/[A-Za-z0-9_-][A-Za-z0-9_.-]*)?$`, file)
	driver := _driver(name)
	driver in {"nl80211", "nl80211,wext", "wext"}
}

_plain(p) if not regex.match(`^(wpa|wireless)-`, p.key)

_plain(p) if {
	p.key in _words
	p.key != "wpa-ap-scan"
}

_plain(p) if {
	p.key == "wpa-ap-scan"
	p.value == "1"
}

_driver(name) := lower(network.value(name, "wpa-driver")) if {
	network.value(name, "wpa-driver")
} else := "nl80211,wext"

_to(file) := concat("", ["/var/lib/pve2nix", file])

_written(name) := sprintf("/run/supplicant/%s.conf", [name])

bridges contains {"at": _lines[name], "bridge": "network", "params": {"interface": name, "closes": ["PVE-NET-023"]}} if some name, _ in _stanzas

carries contains {"at": _lines[name], "path": s.file, "to": _to(s.file), "mode": "0600", "secret": true} if some name, s in _stanzas

settings contains {"at": _lines[name], "option": option, "value": value} if {
	some name, s in _stanzas
	reader := sprintf("supplicant-file-%s", [name])
	some [option, value] in [
		[["networking", "supplicant", name, "driver"], s.driver],
		[["networking", "supplicant", name, "configFile", "path"], _written(name)],
		[["systemd", "services", reader, "description"], sprintf("Name and key of the wireless network of %s", [name])],
		[["systemd", "services", reader, "requiredBy"], [sprintf("supplicant-%s.service", [name])]],
		[["systemd", "services", reader, "before"], [sprintf("supplicant-%s.service", [name])]],
		[["systemd", "services", reader, "path"], [{"_ref": ["pkgs", "gawk"]}]],
		[["systemd", "services", reader, "script"], concat("\n", [
			"umask 077",
			"mkdir -p /run/supplicant",
			sprintf("gawk -v name=%s '", [s.called]),
			concat("", [_reader, "' ", _to(s.file), " > ", _written(name)]),
			"",
		])],
		[["systemd", "services", reader, "serviceConfig", "Type"], "oneshot"],
		[["systemd", "services", reader, "serviceConfig", "RemainAfterExit"], true],
	]
}

checks contains {"at": _lines[name], "check": "unit-active", "params": {"unit": sprintf("supplicant-%s.service", [name])}, "required": false} if some name, _ in _stanzas

# As the script of Debian's wpa_supplicant reads the stanza. The supplicant takes a text to its last quote.
_reader := `$1 == "iface" { inside = $2 == name; next }
$1 ~ /^(auto|allow-.*|no-auto-down|no-scripts|source|source-directory|mapping|rename)$/ { inside = 0; next }
inside && $1 ~ /^wpa-(ssid|psk|key-mgmt|proto|pairwise|group|scan-ssid)$/ {
  key = substr($1, 5)
  gsub("-", "_", key)
  value = $0
  sub(/^[ \t]*[^ \t]+[ \t]+/, "", value)
  sub(/[ \t\r]+$/, "", value)
  if (value ~ /^".+"$/) value = substr(value, 2, length(value) - 2)
  if (key == "ssid" || (key == "psk" && value !~ /^[0-9A-Fa-f]{64}$/)) value = "\"" value "\""
  found[key] = value
}
END {
  if (!("ssid" in found) || !("psk" in found)) exit 1
  print "network={"
  for (key in found) print "  " key "=" found[key]
  print "}"
}
`
