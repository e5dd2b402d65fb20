# METADATA
# scope: package
# title: The data of containers stays on the old root
# description: |
#  The containers {containers} of this host keep data in named volumes, which lie in {path}
#  on the root of PVE. A container of the same name on NixOS starts with new, empty volumes,
#  runs, and looks like a fresh installation: databases begin again at nothing, and new data
#  is written beside the old.
# custom:
#  id: PVE-SW-005
#  kind: pitfall
#  category: feature
#  severity: major
#  component: Docker and Podman
#  equivalent: "virtualisation.oci-containers.containers.<name>.volumes"
#  account: none
#  workaround: |
#   Stop the containers and carry {path} to the new root with owners and extended attributes
#   (`rsync -aAXH --numeric-ids`), or move each volume to a path and name that path in
#   virtualisation.oci-containers.containers.NAME.volumes. Do it again shortly before the
#   commit.
#  test:
#   before: |
#    `{engine} volume ls -q` on PVE lists the volumes.
#   after: |
#    `{engine} volume ls -q` on the trial system lists the same, and the application shows
#    its data.
#  phase: convert
#  sources:
#   - https://docs.docker.com/engine/storage/volumes/
#   - https://search.nixos.org/options?query=virtualisation.oci-containers.containers
package rules.software.container_volumes

import data.lib.engines

_with_volumes[c.engine][i] := c.name if {
	some i, c in input.system.containers
	_used(c)
	some mount in c.mounts
	not startswith(mount, "/")
	mount != ""
}

_used(c) if c.running

_used(c) if object.get(c, "restart", "no") != "no"

_paths := {"docker": "/var/lib/docker/volumes", "podman": "/var/lib/containers/storage/volumes"}

findings contains {"at": sort([sprintf("/system/containers/%d", [i]) | some i, _ in names]), "vars": {
	"engine": engine,
	"path": _paths[engine],
	"containers": concat(", ", sort([name | some name in names])),
}} if {
	some engine, names in _with_volumes
	not engines.kept[engine]
}
