# METADATA
# scope: package
# title: cloud-init writes the network of this host
# description: |
#  {interfaces} come from a file that cloud-init writes from what the provider says,
#  at each boot or with each new instance id. The conversion takes the addresses as
#  they are now. On NixOS nobody asks the provider: a changed address, gateway or
#  hardware address of the offer is never learnt.
# custom:
#  id: PVE-NET-059
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: cloud-init
#  equivalent: services.cloud-init
#  account: none
#  workaround: |
#   Check the values against the provider's panel and keep them as they are. Where the
#   provider does change them, enable services.cloud-init.enable with
#   services.cloud-init.network.enable and leave these interfaces out of
#   systemd.network.
#  test:
#   before: |
#    `cloud-init query --format '{{v1.instance_id}}'` on PVE prints an id, `head -3
#    /etc/network/interfaces.d/50-cloud-init` that the file is generated.
#   after: |
#    `ip -br addr` prints the addresses of the provider's panel in the trial boot.
#  phase: run
#  sources:
#   - https://cloudinit.readthedocs.io/en/latest/reference/network-config.html
#   - https://search.nixos.org/options?query=services.cloud-init.enable
package rules.network.cloud_init

import data.lib.facts
import data.lib.network

_units := {"cloud-init.service", "cloud-init-local.service", "cloud-init-network.service", "cloud-init-main.service"} & facts.in_use

_names[name] := n.at if {
	some name, n in network.interfaces
	n.kind != "loopback"
	startswith(n.source, "/etc/network/interfaces.d/50-cloud-init")
}

findings contains {"at": sort([at | some at in _names]), "vars": {"interfaces": concat(", ", sort(object.keys(_names)))}} if {
	count(_units) > 0
	count(_names) > 0
}
