# METADATA
# scope: package
# title: Scripts that ran with every interface
# description: |
#  ifupdown2 ran the scripts below /etc/network/if-up.d for each interface, where its own
#  file says so. They are carried, and a service runs them once for each interface, with
#  the words that ifupdown2 told them, when the network is up. Scripts that load filters
#  are not among them: nobody knows whether they are whole.
# custom:
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/interfaces.5.en.html
#   - https://github.com/CumulusNetworks/ifupdown2/blob/master/etc/network/ifupdown2/ifupdown2.conf
package rules.network.up_scripts

import data.lib.configfiles
import data.lib.facts
import data.lib.network

# ifupdown2 runs them where it is told to, its predecessor always.
_run if {
	facts.packages.ifupdown2
	configfiles.value("/etc/network/ifupdown2/ifupdown2.conf", "addon_scripts_support") == "1"
}

_run if {
	facts.packages.ifupdown
	not facts.packages.ifupdown2
}

# Those of packages of Debian are spoken of elsewhere.
_packaged := `/(avahi[^/]*|bind9|bridge|chrony|ethtool|hostapd|ifenslave|mountnfs|[^/]*ntp[^/]*|openssh-server|postfix|resolvconf|upstart|vlan|wireless-tools|wpasupplicant)$`

_filters := `(iptables|ip6tables|nft|firewall|filter|masquerade|nat)[^/.]*$`

_scripts := object.union_n([{f.path: sprintf("/local_files/%d", [i])} |
	_run
	some i, f in input.local_files
	f.kind == "script"
	f.state == "local"
	regex.match(`^/etc/network/if-(pre-up|up|post-up)\.d/[A-Za-z0-9_-]+$`, f.path)
	not regex.match(_packaged, f.path)
	not regex.match(_filters, f.path)
])

_at := sort([at | some at in _scripts])

_ordered := [path | some phase in ["if-pre-up.d", "if-up.d", "if-post-up.d"]; some path in sort(object.keys(_scripts)); contains(path, phase)]

_lines := [line |
	some name in sort(network.up)
	n := network.interfaces[name]
	n.kind != "ovs-bond"
	some path in _ordered
	line := sprintf("if [ -e /sys/class/net/%s ]; then IFACE=%s LOGICAL=%s %s MODE=start PHASE=post-up %s || true; fi\n", [name, name, name, _method(n), path])
]

_method(n) := sprintf("ADDRFAM=%s METHOD=%s", [n.methods[0].family, n.methods[0].method]) if {
	regex.match(`^[a-z0-9]+$`, n.methods[0].family)
	regex.match(`^[a-z0-9]+$`, n.methods[0].method)
} else := "ADDRFAM=inet METHOD=manual"

_ready if {
	count(_scripts) > 0
	count(_lines) > 0
}

bridges contains {"at": _at, "bridge": "network", "params": {"service": "network-scripts"}} if _ready

carries contains {"at": [at], "path": path, "to": path, "mode": "0755", "secret": true} if {
	_ready
	some path, at in _scripts
}

settings contains {"at": _at, "option": option, "value": value} if {
	_ready
	some [option, value] in array.concat(
		[[["services", "envfs"], {
			"enable": true,
			"extraFallbackPathCommands": {"_concat": ["ln -sf ", {"_ref": ["config", "system", "path"]}, "/bin/* $out/"]},
		}]],
		[[array.concat(["systemd", "services", "network-scripts"], path), v] | some [path, v] in _service],
	)
}

_service := [
	[["description"], "Scripts that ran with every interface"],
	[["wantedBy"], ["multi-user.target"]],
	[["wants"], ["network-online.target"]],
	[["after"], ["network-online.target", "bin.mount", "usr-bin.mount"]],
	[["before"], ["incus.service", "libvirtd.service", "pve-guests.service"]],
	[["restartIfChanged"], false],
	[["path"], ["/run/wrappers", "/run/current-system/sw", "/usr/local", {"_ref": ["pkgs", "iproute2"]}, {"_ref": ["pkgs", "iptables"]}, {"_ref": ["pkgs", "ethtool"]}]],
	[["script"], concat("", _lines)],
	[["serviceConfig", "Type"], "oneshot"],
	[["serviceConfig", "RemainAfterExit"], true],
]

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "network-scripts.service"}, "required": false} if _ready
