# METADATA
# scope: package
# title: The host is no longer updated through Proxmox VE
# description: |
#  proxmox-nixos takes the APT part out of the API, and with it the panels Updates and
#  Repositories, the mails about new versions, pveupgrade and pveversion. New versions of
#  PVE come when somebody updates the input proxmox-nixos and rebuilds; a subscription does
#  not cover that.
# custom:
#  id: PVE-API-002
#  kind: gap
#  category: feature
#  severity: minor
#  component: updates in the web interface
#  equivalent: nix flake update, system.autoUpgrade
#  account: none
#  workaround: |
#   Decide who runs `nix flake update && nixos-rebuild boot`, and how often, and watch the
#   releases of proxmox-nixos and the security advisories of Proxmox. Take requests for
#   /nodes/NODE/apt out of monitoring and automation.
#  test:
#   before: |
#    `pvesh get /nodes/NODE/apt/update` lists updates.
#   after: |
#    Somebody has rebuilt the host from a newer input once, and `pvesh get
#    /version` shows it.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.api.updates

import data.lib.facts

findings contains {"at": [facts.packages["pve-manager"].at], "vars": {}}
