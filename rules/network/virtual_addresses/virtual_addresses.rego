# METADATA
# scope: package
# title: An address of several hosts leaves this one
# description: |
#  keepalived moves {addresses} between this host and others. As soon as PVE goes
#  down another one takes them, and they come back only where something speaks VRRP on
#  the converted host. The bridge network starts keepalived with the carried file where
#  it runs no scripts; else with no second host they are gone. A VRRP instance that
#  is set up by hand with a higher priority or another router id takes them from the
#  host that has them.
# custom:
#  id: PVE-NET-050
#  kind: gap
#  category: service
#  severity: major
#  component: keepalived
#  equivalent: services.keepalived
#  account: none
#  workaround: |
#   Set services.keepalived.vrrpInstances with the same virtualRouterId, interface and
#   virtualIps, and a lower priority until the trial is over. Put auth_pass into
#   secretFile. Scripts of track_script run as keepalived_script and need programs by
#   full path. A filter of your own must accept protocol 112.
#  test:
#   before: |
#    `ip -br addr` on PVE or on its partner prints the address; `tcpdump -c1 -ni any
#    proto 112` one packet a second.
#   after: |
#    `ip -br addr` prints the address on exactly one of the hosts when this one is
#    stopped and when it runs.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.keepalived.vrrpInstances
#   - https://www.keepalived.org/manpage.html
package rules.network.virtual_addresses

import data.lib.configfiles
import data.lib.facts

_addresses[at] := address if {
	some i, f in input.config_files
	startswith(f.path, "/etc/keepalived/")
	some j, p in f.properties
	[[_, address]] := regex.find_all_string_submatch_n(`\.virtual_ipaddress(?:_excluded)?\.([0-9A-Fa-f:.]+(?:/[0-9]+)?)`, p.key, 1)
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

findings contains {"at": sort(object.keys(_addresses) | {unit.at}), "vars": {"addresses": concat(", ", sort({a | some a in _addresses}))}} if {
	"keepalived.service" in facts.in_use
	unit := facts.units["keepalived.service"]
	count(_addresses) > 0
}

_to := "/var/lib/pve2nix/etc/keepalived/keepalived.conf"

_lines := configfiles.below("/etc/keepalived/")

_file := configfiles.files["/etc/keepalived/keepalived.conf"]

# Scripts and other files would be missing, and an instance without its check takes addresses that it must not have.
_ready if {
	"keepalived.service" in facts.in_use
	count(_addresses) > 0
	_file
	count([1 | some path, _ in configfiles.files; startswith(path, "/etc/keepalived/")]) == 1
	every p in _file.lines {
		not regex.match(`script|notify|include|check|smtp|process|/etc/|/usr/|/opt/`, concat(" ", [p.key, object.get(p, "value", "")]))
	}
}

_kept := sort((({_file.at, facts.units["keepalived.service"].at} | {line.at | some line in _lines}) | {sprintf("%s/properties/%d", [_file.at, j]) | some j, _ in _file.lines}))

bridges contains {"at": _kept, "bridge": "network", "params": {"service": "keepalived", "closes": ["PVE-NET-050"]}} if _ready

bridges contains {"at": [facts.units["keepalived.service"].at], "bridge": "network", "params": {"service": "keepalived"}} if _ready

carries contains {"at": _kept, "path": "/etc/keepalived/keepalived.conf", "to": _to, "mode": "0600", "secret": true} if _ready

settings contains {"at": _kept, "option": array.concat(["systemd", "services", "keepalived"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["description"], "Addresses that move between hosts"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], ["network-online.target"]],
		[["unitConfig", "ConditionPathExists"], _to],
		[["serviceConfig", "ExecStart"], {"_concat": [{"_ref": ["pkgs", "keepalived"]}, sprintf("/bin/keepalived --dont-fork --log-console --use-file=%s", [_to])]}],
		[["serviceConfig", "ExecReload"], {"_concat": [{"_ref": ["pkgs", "coreutils"]}, "/bin/kill -HUP $MAINPID"]}],
		[["serviceConfig", "KillMode"], "process"],
		[["serviceConfig", "Restart"], "on-failure"],
	]
}

checks contains {"at": _kept, "check": "unit-active", "params": {"unit": "keepalived.service"}, "required": false} if _ready
