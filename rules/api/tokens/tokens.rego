# METADATA
# scope: package
# title: Programs use the API with tokens
# description: |
#  {tokens} stay valid, since they are in the cluster database. What the programs behind
#  them do may fail: starting containers, APT and HA calls, network changes and SDN have no
#  effect or no path on NixOS, and the API reports release 8.0 whatever its version, which
#  clients take as a reason to behave otherwise.
# custom:
#  id: PVE-API-003
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: API tokens
#  account: none
#  workaround: |
#   Find out what uses each token (the access log /var/log/pveproxy/access.log names
#   addresses and paths), and run it once against the trial system before you commit. Revoke
#   tokens that nobody claims.
#  test:
#   before: |
#    `pveum user token list USER` shows the tokens.
#   after: |
#    Each client does its usual work against the trial system, for example
#    `terraform plan` without changes and a metric of each guest in the
#    monitoring.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.api.tokens

import data.lib.clock

_valid[sprintf("/access/tokens/%d", [i])] := t.id if {
	some i, t in input.access.tokens
	not _over(t)
}

_over(t) if {
	t.expire > 0
	t.expire < clock.captured
}

findings contains {"at": sort(object.keys(_valid)), "vars": {"tokens": concat(", ", sort([id | some id in _valid]))}} if {
	count(_valid) > 0
}
