# METADATA
# scope: package
# title: Names of routing tables
# description: |
#  Names that the host gives to routing tables stay, so that commands and scripts that
#  call a table by its name find it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.iproute2.rttablesExtraConfig
#   - https://man7.org/linux/man-pages/man8/ip-route.8.html
package rules.network.table_names

import data.lib.configfiles
import data.lib.network

_own := {line.at: sprintf("%d %s", [id, line.value]) |
	some line in configfiles.below("/etc/iproute2/rt_tables")
	regex.match(`^/etc/iproute2/rt_tables(\.d/[^/]+\.conf)?$`, line.path)
	id := network.number(line.key, 1, 4294967295)
	not id in {253, 254, 255}
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,62}$`, line.value)
}

_at := sort(object.keys(_own))

bridges contains {"at": _at, "bridge": "network", "params": {"tables": count(_own)}} if count(_own) > 0

settings contains {"at": _at, "option": ["networking", "iproute2", option], "value": value} if {
	count(_own) > 0
	some option, value in {
		"enable": true,
		"rttablesExtraConfig": concat("\n", sort({line | some line in _own})),
	}
}
