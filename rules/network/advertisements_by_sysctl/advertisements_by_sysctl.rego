# METADATA
# scope: package
# title: Router advertisements are settled by sysctl
# description: |
#  {keys} decides on PVE whether {interfaces} takes IPv6 routes from routers.
#  systemd-networkd switches the kernel's own client off on every interface that it
#  configures and decides by IPv6AcceptRA: without the option it takes advertisements
#  where the host does not forward and ignores them where it does. A router's default
#  route that accept_ra=2 kept is gone; where it was 0, any machine of the network
#  can become the gateway.
# custom:
#  id: PVE-NET-038
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: IPv6 autoconfiguration
#  equivalent: systemd.network.networks.<name>.networkConfig.IPv6AcceptRA
#  account: none
#  workaround: |
#   Set systemd.network.networks.<name>.networkConfig.IPv6AcceptRA = true where the
#   value is 1 or 2 and the route is wanted, false where it is 0. In
#   /etc/network/interfaces on PVE the same is said by accept-ra 2 or accept-ra 0,
#   which the next capture takes over.
#  test:
#   before: |
#    `sysctl -a -r accept_ra$` on PVE prints the value, `ip -6 route show default`
#    the route that comes of it.
#   after: |
#    `ip -6 route show default` prints the same an hour after the trial boot.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#IPv6AcceptRA=
#   - https://docs.kernel.org/networking/ip-sysctl.html
package rules.network.advertisements_by_sysctl

import data.lib.network
import data.lib.sysctl
import data.rules.network.addresses

# Interfaces whose file says it.
_stated contains s.option[3] if {
	some s in addresses.settings
	s.option[5] == "IPv6AcceptRA"
}

_open contains name if {
	some name in network.up
	network.networks[name]
	network.interfaces[name].kind != "loopback"
	not network.master[name]
	not network.unit(name) in _stated
}

_about[key] := {"at": sprintf("/system/sysctl/%d", [max(sysctl.lines[key])]), "interfaces": names} if {
	some key, value in sysctl.effective
	value in {0, 1, 2}
	[[_, name]] := regex.find_all_string_submatch_n(`^net[./]ipv6[./]conf[./](.+)[./]accept_ra$`, key, 1)
	names := {n | some n in _open; _covers(name, n)}
	count(names) > 0
}

_covers(name, _) if name in {"all", "default"}

_covers(name, name)

findings contains {
	"at": sort([a.at | some a in _about]),
	"vars": {"keys": concat(", ", sort(object.keys(_about))), "interfaces": concat(", ", sort(union({a.interfaces | some a in _about})))},
} if {
	count(_about) > 0
}
