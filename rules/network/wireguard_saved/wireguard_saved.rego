# METADATA
# scope: package
# title: The file of a tunnel is older than the tunnel
# description: |
#  {files} has SaveConfig: wg-quick writes the peers of the running kernel into the
#  file when the tunnel goes down, and not before. Peers that were added with wg set
#  since the last start of PVE are in no file yet, and what is copied now lacks them.
#  On NixOS a tunnel that the configuration describes is never written back.
# custom:
#  id: PVE-NET-051
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: WireGuard
#  equivalent: networking.wg-quick.interfaces.<name>.configFile
#  account: review
#  workaround: |
#   Run wg-quick save NAME on PVE right before you copy the file, set SaveConfig =
#   false in the copy, and add peers to the configuration or the file from then on.
#  test:
#   before: |
#    `diff <(wg showconf NAME) <(wg-quick strip NAME)` on PVE prints peers.
#   after: |
#    `wg show NAME peers` prints the same peers on PVE and in the trial boot.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man8/wg-quick.8.html
#   - https://search.nixos.org/options?query=networking.wg-quick.interfaces
package rules.network.wireguard_saved

import data.lib.facts

_found[at] := f.path if {
	some i, f in input.config_files
	[[_, name]] := regex.find_all_string_submatch_n(`^/etc/wireguard/([^/]+)\.conf$`, f.path, 1)
	concat("", ["wg-quick@", name, ".service"]) in facts.in_use
	some j, p in f.properties
	p.key == "Interface.SaveConfig"
	facts.truthy(p.value)
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

findings contains {"at": sort(object.keys(_found)), "vars": {"files": concat(", ", sort({f | some f in _found}))}} if {
	count(_found) > 0
}
