# METADATA
# scope: package
# title: Containers were made from OCI images
# description: |
#  {vmids} start a program of an image instead of an init. PVE 9.1 passes its
#  entry point and environment, and configures the network from outside,
#  because nothing inside does. All of that is brought: entry point and fixed
#  addresses in the configuration of LXC, variables from a copy of PVE's file,
#  and a unit asks the DHCP server. Left out is DHCP of IPv6. When the program
#  ends, the container has ended; when it restarts from inside, the unit with
#  the DHCP client has to be started anew.
# custom:
#  id: PVE-CT-010
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: application containers
#  equivalent: virtualisation.oci-containers.containers
#  account: review
#  workaround: |
#   For IPv6 give a fixed address (ip6=…,gw6=…) or let it come by router
#   advertisements (ip6=auto). In the long run the image itself can run with
#   virtualisation.oci-containers (Podman), with the data volumes mounted and
#   the variables in environmentFiles: then it can be updated.
#  test:
#   before: |
#    `pct config VMID` on PVE prints an entrypoint for {vmids}, and `ss -ltn`
#    inside the port of the service.
#   after: |
#    `systemctl is-active lxc-VMID` on the trial system prints active, and `curl` or
#    the client of the service at its port answers with the old data.
#  phase: run
#  targets: [proxmox, libvirt]
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
