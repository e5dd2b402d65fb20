# METADATA
# scope: package
# title: Wireless network card in use
# description: |
#  {interface} joins a wireless network with the options of ifupdown. On NixOS
#  nothing starts a supplicant for it, so the link never comes up; the password is
#  not in the snapshot.
# custom:
#  id: PVE-NET-023
#  kind: gap
#  category: configuration
#  severity: major
#  component: wireless network
#  equivalent: networking.wireless
#  account: review
#  workaround: |
#   Set networking.wireless.enable and networking.wireless.networks with the
#   password in a secrets file. A wireless card cannot be a port of a bridge:
#   route or masquerade for guests, as on PVE.
#  test:
#   before: |
#    `wpa_cli status` on PVE prints wpa_state=COMPLETED.
#   after: |
#    `wpa_cli status` in the trial boot prints wpa_state=COMPLETED.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.wireless
#   - https://wiki.debian.org/WiFi/HowToUse
package rules.network.wireless

import data.lib.network
import data.rules.network.port_authentication

findings contains {"at": at, "vars": {"interface": name}} if {
	some name, n in network.interfaces
	at := sort([sprintf("%s/options/%d", [n.at, j]) |
		some j, p in n.options
		regex.match(`^(wpa|wireless)-`, p.key)
	])
	count(at) > 0
	not port_authentication.lines[name]
}
