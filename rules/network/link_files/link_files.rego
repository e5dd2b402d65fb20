# METADATA
# scope: package
# title: A .link file says more than a name
# description: |
#  {files} sets {settings} beside the name of a card. Of all .link files that match a
#  card only the first counts, in the order of their names; the one that keeps the
#  card's name comes first in the new configuration, so that the rest of this file is
#  lost even if it is copied.
# custom:
#  id: PVE-NET-044
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: .link files
#  equivalent: systemd.network.links.<name>.linkConfig
#  account: review
#  workaround: |
#   Add the settings to systemd.network.links."10-NAME".linkConfig of the card that
#   the file is about, under the same keys.
#  test:
#   before: |
#    `udevadm test-builtin net_setup_link /sys/class/net/NAME` on PVE prints the
#    file; `ethtool NAME` what it sets.
#   after: |
#    `ethtool NAME` and `ip link show NAME` print the same in the trial boot.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
package rules.network.link_files

_names := {"Link.Name", "Link.NamePolicy", "Link.Description", "Link.Alias", "Link.MACAddressPolicy", "Link.AlternativeName", "Link.AlternativeNamesPolicy"}

_found[f.path] contains {"at": sprintf("/config_files/%d/properties/%d", [i, j]), "key": trim_prefix(p.key, "Link.")} if {
	some i, f in input.config_files
	regex.match(`^/(etc|usr/local/lib)/systemd/network/[^/]+\.link$`, f.path)
	some j, p in f.properties
	startswith(p.key, "Link.")
	not p.key in _names
}

findings contains {
	"at": sort([l.at | some lines in _found; some l in lines]),
	"vars": {"files": concat(", ", sort(object.keys(_found))), "settings": concat(", ", sort({l.key | some lines in _found; some l in lines}))},
} if {
	count(_found) > 0
}
