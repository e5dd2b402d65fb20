# METADATA
# scope: package
# title: Settings of Docker
# description: |
#  Networks, mirrors, name servers and the size of logs, as daemon.json has them. A value of
#  another form is left to a person.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=virtualisation.docker.daemon.settings
#   - https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
package rules.software.docker_settings

import data.lib.configfiles
import data.lib.facts

_file := "/etc/docker/daemon.json"

_used if "docker.service" in facts.in_use

_used if "docker.socket" in facts.in_use

_lists := {
	"dns": `^[0-9A-Fa-f:.]+$`,
	"dns-search": `^[A-Za-z0-9.-]+$`,
	"insecure-registries": `^[A-Za-z0-9.:/_-]+$`,
	"registry-mirrors": `^https?://[A-Za-z0-9.:/_-]+$`,
}

_option(path) := array.concat(["virtualisation", "docker", "daemon", "settings"], path)

settings contains {"at": [line.at | some line in found], "option": _option([key]), "value": [line.value | some line in found]} if {
	_used
	some key, form in _lists
	found := configfiles.lines(_file, key)
	count(found) > 0
	every line in found {
		regex.match(form, line.value)
	}
}

settings contains {"at": [line.at], "option": _option(["log-opts", name]), "value": line.value} if {
	_used
	some name in ["max-size", "max-file", "compress", "mode", "max-buffer-size", "tag"]
	[line] := configfiles.lines(_file, sprintf("log-opts.%s", [name]))
	regex.match(`^[A-Za-z0-9]{1,32}$`, line.value)
}

settings contains {"at": [line.at], "option": _option(["bip"]), "value": line.value} if {
	_used
	[line] := configfiles.lines(_file, "bip")
	net.cidr_is_valid(line.value)
}

settings contains {"at": [line.at], "option": _option(["mtu"]), "value": to_number(line.value)} if {
	_used
	[line] := configfiles.lines(_file, "mtu")
	regex.match(`^[1-9][0-9]{2,4}$`, line.value)
}

_bases := configfiles.lines(_file, "default-address-pools.base")

_sizes := configfiles.lines(_file, "default-address-pools.size")

# Of each pool both: without one of them nobody knows which belong together.
settings contains {
	"at": sort([line.at | some line in array.concat(_bases, _sizes)]),
	"option": _option(["default-address-pools"]),
	"value": [{"base": base.value, "size": to_number(_sizes[i].value)} | some i, base in _bases],
} if {
	_used
	count(_bases) > 0
	count(_bases) == count(_sizes)
	every line in _bases {
		net.cidr_is_valid(line.value)
	}
	every line in _sizes {
		regex.match(`^[1-9][0-9]{0,2}$`, line.value)
	}
}
