# METADATA
# scope: package
# title: Who may reach the web interface
# description: |
#  pveproxy and spiceproxy read /etc/default/pveproxy on NixOS as on Debian. The lines that say
#  who may come, to which address and with which ciphers are written there. Half of them could
#  lock out or let in others, so all that say who may come are taken, or none of any kind. Files
#  that a line names, a key or parameters, are not here.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/pveproxy.8.html
#   - https://git.proxmox.com/?p=pve-http-server.git;a=blob;f=src/PVE/APIServer/Utils.pm
#   - https://search.nixos.org/options?query=environment.etc
package rules.api.proxy_access

import data.lib.configfiles
import data.lib.facts

_file := "/etc/default/pveproxy"

_networks := `^(all|[0-9A-Fa-f.:/-]+)(,(all|[0-9A-Fa-f.:/-]+))*$`

_access := {"ALLOW_FROM": _networks, "DENY_FROM": _networks, "LISTEN_IP": `^[0-9A-Fa-f.:]+$`, "POLICY": `^(allow|deny)$`}

_others := {
	"CIPHERS": `^[A-Za-z0-9:!+@=_-]+$`,
	"CIPHERSUITES": `^[A-Za-z0-9:_]+$`,
	"COMPRESSION": `^[01]$`,
	"DISABLE_TLS_1_2": `^[01]$`,
	"DISABLE_TLS_1_3": `^[01]$`,
	"HONOR_CIPHER_ORDER": `^[01]$`,
	"MAX_WORKERS": `^[1-9][0-9]{0,2}$`,
	"PROXY_REAL_IP_ALLOW_FROM": _networks,
	"PROXY_REAL_IP_HEADER": `^[A-Za-z0-9-]+$`,
}

# Of a key that is set twice the shell takes the last.
_last[key] := line if {
	some key, _ in object.union(_access, _others)
	found := configfiles.lines(_file, key)
	line := found[count(found) - 1]
}

_text(line) := trim(line.value, `"' `)

_fits(key) if regex.match(object.union(_access, _others)[key], _text(_last[key]))

_ready if {
	"pveproxy.service" in facts.in_use
	every key, _ in _access {
		_said_right(key)
	}
}

_said_right(key) if not _last[key]

_said_right(key) if _fits(key)

_taken := [key | _ready; some key in sort(object.keys(_last)); _fits(key)]

settings contains {
	"at": sort([line.at | some key in _taken; some line in configfiles.lines(_file, key)]),
	"option": ["environment", "etc", "default/pveproxy", "text"],
	"value": concat("", [sprintf("%s=\"%s\"\n", [key, _text(_last[key])]) | some key in _taken]),
} if {
	count(_taken) > 0
}
