# METADATA
# scope: package
# title: Containers were made from OCI images
# description: |
#  {vmids} start a program of an image instead of an init. PVE 9.1 passes its
#  entry point and environment, and configures the network from outside, because
#  nothing inside does. A system container on NixOS gets none of this: the program
#  starts without its variables, or without an address.
# custom:
#  id: PVE-CT-010
#  kind: gap
#  category: feature
#  severity: major
#  component: application containers
#  equivalent: virtualisation.oci-containers.containers
#  account: review
#  bridge: container
#  workaround: |
#   Run the image itself with virtualisation.oci-containers (Podman), mount the
#   container's data volumes into it, and give the environment by
#   environmentFiles, because it can hold passwords and must not get into Nix.
#  test:
#   before: |
#    `pct config VMID` on PVE prints an entrypoint for {vmids}, and `ss -ltn`
#    inside the port of the service.
#   after: |
#    `podman ps` on the trial system lists each image as Up, and `curl` or the
#    client of the service at its port answers with the old data.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Roadmap#Proxmox_VE_9.1
#   - https://search.nixos.org/options?query=virtualisation.oci-containers.containers
package rules.containers.application

import data.lib.facts
import data.lib.pve

_at[vmid] contains p.at if {
	some vmid, g in pve.containers
	some key in ["entrypoint", "env"]
	p := g.config[key]
}

_at[vmid] contains p.at if {
	some vmid, g in pve.containers
	g.config.entrypoint
	some key, p in g.config
	regex.match(`^lxc\.(init|signal|environment)`, key)
}

_at[vmid] contains p.at if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^net[0-9]+$`, key)
	facts.truthy(facts.field(p.property, "host-managed"))
}

findings contains {"at": sort({at | some list in _at; some at in list}), "vars": {"vmids": pve.numbers(object.keys(_at))}} if count(_at) > 0
