# METADATA
# scope: package
# title: "The web interface is reached through {server}"
# description: |
#  People and programs reach PVE through {server} on this host, which ends TLS and hands on
#  to port 8006. Its lines are not translated, so the URL that everybody has is dead on
#  NixOS. Whoever writes it anew and forgets the upgrade to websockets gets an interface in
#  which everything works but noVNC, xterm.js and the shell; uploads of ISO images break at
#  the proxy's limit of the body.
# custom:
#  id: PVE-API-005
#  kind: pitfall
#  category: service
#  severity: major
#  component: reverse proxy before pveproxy
#  equivalent: services.nginx.virtualHosts
#  account: none
#  workaround: |
#   Set services.nginx.virtualHosts.NAME.locations."/" with proxyPass =
#   "https://127.0.0.1:8006", proxyWebsockets = true, and in extraConfig proxy_buffering off,
#   client_max_body_size 0 and a proxy_read_timeout of an hour; certificates by
#   security.acme. To keep 8006 closed set services.proxmox-ve.openFirewall to false.
#  test:
#   before: |
#    `curl -sk https://NAME/` prints the login page on PVE and nothing on the trial system.
#   after: |
#    `curl -sk https://NAME/` prints the login page on the trial system, a console opens in
#    the browser through NAME, and an ISO image of some GiB uploads.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Web_Interface_Via_Nginx_Proxy
#   - https://search.nixos.org/options?query=proxyWebsockets
package rules.api.reverse_proxy

import data.lib.configfiles

findings contains {"at": sort(at), "vars": {"server": server}} if {
	some server in {p.server | some p in configfiles.web_proxies}
	at := {p.at | some p in configfiles.web_proxies; p.server == server}
}
