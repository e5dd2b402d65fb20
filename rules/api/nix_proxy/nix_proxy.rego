# METADATA
# scope: package
# title: Nix does not use the proxy of datacenter.cfg
# description: |
#  This host goes to the Internet through {proxy}. PVE keeps that in datacenter.cfg for its
#  own downloads. nixos-rebuild and the Nix daemon do not read it: they try cache.nixos.org
#  directly, wait for each time-out, and every rebuild on the host fails, the one that should
#  repair something included.
# custom:
#  id: PVE-API-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: HTTP proxy
#  equivalent: networking.proxy.default
#  account: none
#  workaround: |
#   Set networking.proxy.default to {proxy}. Where it asks for a password, keep that out of
#   the Nix store and give it to systemd.services.nix-daemon.serviceConfig.EnvironmentFile.
#   Or build elsewhere and copy with `nixos-rebuild --target-host`.
#  test:
#   before: |
#    `curl -sS --noproxy "*" -m 10 -I https://cache.nixos.org` on PVE prints a time-out.
#   after: |
#    `nix store ping --store https://cache.nixos.org` on the trial system prints the store's
#    URL within seconds.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_datacenter.cfg
#   - https://search.nixos.org/options?query=networking.proxy.default
#   - https://nix.dev/manual/nix/latest/installation/env-variables
package rules.api.nix_proxy

import data.lib.facts

_proxy(p) := p.value if p.value

_proxy(p) := facts.field(p, "url") if {
	not p.value
	facts.field(p, "url")
}

_proxy(p) := "a proxy with a password" if {
	not p.value
	not facts.field(p, "url")
}

# Debian's way to say it to all programs; the catalog speaks of it there.
_elsewhere if {
	some f in input.config_files
	f.path == "/etc/environment"
	some p in f.properties
	lower(p.key) in {"http_proxy", "https_proxy", "all_proxy"}
}

findings contains {"at": [sprintf("/datacenter/options/%d", [i])], "vars": {"proxy": _proxy(p)}} if {
	some i, p in input.datacenter.options
	p.key == "http_proxy"
	not _elsewhere
}
