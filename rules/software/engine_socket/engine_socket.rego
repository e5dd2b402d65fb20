# METADATA
# scope: package
# title: Containers are managed by a container
# description: |
#  {containers} have the socket of the engine: Portainer, Watchtower, a proxy that finds its
#  backends. What they start, update or know lives in their own database and not in a
#  configuration. On NixOS a container that is declared is made anew at each restart of its
#  unit: an update by Watchtower is undone, and a stack of Portainer is no part of the
#  system.
# custom:
#  id: PVE-SW-006
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: Docker and Podman
#  equivalent: virtualisation.oci-containers
#  account: none
#  workaround: |
#   Decide on one owner for each container. Export stacks (in Portainer: Stacks, Editor),
#   write them as virtualisation.oci-containers, with image tags or digests that you raise
#   there; leave others to the manager and declare only that.
#  test:
#   before: |
#    `docker inspect -f "{{.Mounts}}" NAME | grep docker.sock` on PVE prints the mount.
#   after: |
#    `systemctl list-units "docker-*" "podman-*"` on the trial system lists each container
#    that you declared, `docker ps` no other.
#  phase: run
#  sources:
#   - https://docs.portainer.io/
#   - https://containrrr.dev/watchtower/
#   - https://search.nixos.org/options?query=virtualisation.oci-containers
package rules.software.engine_socket

_managers[i] := c.name if {
	some i, c in input.system.containers
	_used(c)
	some mount in c.mounts
	mount in {"/run/docker.sock", "/run/podman/podman.sock", "/var/run/docker.sock"}
}

_used(c) if c.running

_used(c) if object.get(c, "restart", "no") != "no"

findings contains {"at": sort([sprintf("/system/containers/%d", [i]) | some i, _ in _managers]), "vars": {"containers": concat(", ", sort([name | some name in _managers]))}} if {
	count(_managers) > 0
}
