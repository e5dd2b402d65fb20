# METADATA
# scope: package
# title: Containers whose engine finds its state again
# description: |
#  Docker or Podman keeps images, volumes, networks and the containers themselves in one
#  folder. Where that is on a file system of its own, the engine of NixOS finds all of it and
#  starts what it started here. It has to be no older than the one that wrote it.
# custom:
#  sources:
#   - https://docs.docker.com/engine/daemon/#daemon-data-directory
#   - https://search.nixos.org/options?query=virtualisation.docker
#   - https://search.nixos.org/options?query=virtualisation.podman
package rules.software.containers_kept

import data.lib.configfiles
import data.lib.engines

_at[engine] contains sprintf("/system/containers/%d", [i]) if {
	some i, c in input.system.containers
	engine := c.engine
	engines.kept[engine]
}

settings contains {"at": sort(at), "option": ["virtualisation", engine, "enable"], "value": true} if some engine, at in _at

# Docker starts its containers by itself, Podman by a service that asks for it.
settings contains {"at": sort(at), "option": option, "value": value} if {
	some [option, value] in [
		[["virtualisation", "docker", "enableOnBoot"], true],
		[["systemd", "services", "docker", "unitConfig", "RequiresMountsFor"], [engines.kept.docker]],
	]
	at := _at.docker
}

settings contains {"at": sort(at), "option": ["systemd", "services", "podman-restart", "wantedBy"], "value": ["multi-user.target"]} if at := _at.podman

settings contains {"at": [line.at], "option": ["virtualisation", "docker", "daemon", "settings", "data-root"], "value": line.value} if {
	_at.docker
	some line in configfiles.lines("/etc/docker/daemon.json", "data-root")
	line.value == engines.kept.docker
}
