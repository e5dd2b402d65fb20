# METADATA
# scope: package
# title: Containers were made from OCI images
# description: |
#  {vmids} start a program of an image instead of an init. PVE 9.1 passes its
#  entry point and environment, and configures the network from outside,
#  because nothing inside does. The entry point and fixed addresses are in the
#  configuration of LXC; variables are not, because they can hold passwords,
#  and nobody asks a DHCP server for it. The program starts without them, or
#  without an address.
# custom:
#  id: PVE-CT-010
#  kind: gap
#  category: feature
#  severity: major
#  component: application containers
#  equivalent: virtualisation.oci-containers.containers
#  account: review
#  workaround: |
#   Write the variables into a file of mode 0600 below /var/lib/lxc/VMID/local.d
#   (lines lxc.environment.runtime = NAME=VALUE, file name *.conf), and give a
#   fixed address (net0: ip=…,gw=…). Or run the image itself with
#   virtualisation.oci-containers (Podman), with the data volumes mounted and
#   the variables in environmentFiles.
#  test:
#   before: |
#    `pct config VMID` on PVE prints an entrypoint for {vmids}, and `ss -ltn`
#    inside the port of the service.
#   after: |
#    `podman ps` on the trial system lists each image as Up, and `curl` or the
#    client of the service at its port answers with the old data.
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
