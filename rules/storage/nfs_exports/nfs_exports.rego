# METADATA
# scope: package
# title: Exports of NFS
# description: |
#  Where the host serves NFS, its exports are kept line by line.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.nfs.server.exports
#   - https://manpages.debian.org/stable/nfs-kernel-server/exports.5.en.html
package rules.storage.nfs_exports

import data.lib.configfiles
import data.lib.facts

_serves if {
	facts.packages["nfs-kernel-server"]
	some name in ["nfs-server.service", "nfs-kernel-server.service"]
	name in facts.in_use
}

_lines := [line |
	_serves
	some line in configfiles.below("/etc/exports")
	regex.match(`^/etc/exports(\.d/[^/]+\.exports)?$`, line.path)
	regex.match(`^/[A-Za-z0-9_./@+=,:*?()-]*([ \t]+[A-Za-z0-9_./@+=,:*?()\[\]-]+)+$`, trim_space(line.value))
]

settings contains {"at": [l.at | some l in _lines], "option": ["services", "nfs", "server", "exports"], "value": concat("", [sprintf("%s\n", [trim_space(l.value)]) | some l in _lines])} if {
	count(_lines) > 0
}

settings contains {
	"at": array.concat([facts.packages["nfs-kernel-server"].at], [u.at |
		some name in ["nfs-server.service", "nfs-kernel-server.service"]
		u := facts.units[name]
	]),
	"option": ["services", "nfs", "server", "enable"], "value": true,
} if {
	count(_lines) > 0
}
