# METADATA
# scope: package
# title: Settings of lldpd
# description: |
#  What lldpd tells switches and neighbours of this host is in its files, which are carried
#  and read by the same program.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.lldpd.extraArgs
#   - https://lldpd.github.io/usage.html
#   - https://manpages.debian.org/bookworm/lldpd/lldpd.8.en.html
package rules.network.neighbour_discovery

import data.lib.configfiles
import data.lib.facts

_files := sort({path |
	"lldpd.service" in facts.in_use
	some path, _ in configfiles.files
	regex.match(`^/etc/lldpd(\.conf|\.d/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.conf)$`, path)
})

_to(path) := concat("", ["/var/lib/pve2nix", path])

_at := sort({p |
	some path in _files
	f := configfiles.files[path]
	some p in ({f.at} | {sprintf("%s/properties/%d", [f.at, j]) | some j, _ in f.lines})
})

_ready if count(_files) > 0

bridges contains {"at": _at, "bridge": "network", "params": {"service": "lldpd"}} if _ready

carries contains {"at": _at, "path": path, "to": _to(path), "mode": "0644", "secret": true} if some path in _files

settings contains {"at": _at, "option": ["services", "lldpd", option], "value": value} if {
	_ready
	some option, value in {
		"enable": true,
		"extraArgs": [word | some path in _files; some word in ["-O", _to(path)]],
	}
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "lldpd.service"}, "required": false} if _ready
