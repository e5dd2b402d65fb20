# METADATA
# scope: package
# title: Router advertisements are settled by sysctl
# description: |
#  {keys} decides on PVE whether {interfaces} takes IPv6 routes from routers.
#  systemd-networkd switches the kernel's own client off on every interface that it
#  configures and decides by IPv6AcceptRA. Without the option it takes advertisements,
#  whatever sysctl says of them and of forwarding; only where it is itself told to
#  forward IPv6 it ignores them. Where sysctl says 0, any machine of the network can
#  become the gateway; where it says 2 on an interface with ip6-forward, the router's
#  default route is gone.
# custom:
#  id: PVE-NET-038
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: IPv6 autoconfiguration
#  equivalent: systemd.network.networks.<name>.networkConfig.IPv6AcceptRA
#  account: none
#  workaround: |
#   Set systemd.network.networks.<name>.networkConfig.IPv6AcceptRA = false where the
#   value is 0, true where it is 2 and the route is wanted. In /etc/network/interfaces on
#   PVE the same is said by accept-ra 0 or accept-ra 2, which the next capture takes
#   over.
#  test:
#   before: |
#    `sysctl -a -r accept_ra$` on PVE prints the value, `ip -6 route show default`
#    the route that comes of it.
#   after: |
#    `ip -6 route show default` prints the same an hour after the trial boot.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#IPv6AcceptRA=
#   - https://github.com/systemd/systemd/issues/13061
#   - https://github.com/systemd/systemd/issues/20627
#   - https://docs.kernel.org/networking/ip-sysctl.html
package rules.network.advertisements_by_sysctl

import data.lib.kernel
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
	not network.interfaces[name].kind == "loopback"
	not _port(name)
	not network.unit(name) in _stated
}

_port(name) if {
	network.master[name]
	not network.interfaces[name].kind == "ovs-int-port"
}

_lines[key] := {"name": name, "value": value} if {
	some key, value in sysctl.effective
	value in {0, 1, 2}
	[[_, name]] := regex.find_all_string_submatch_n(`^net[./]ipv6[./]conf[./](.+)[./]accept_ra$`, key, 1)
}

# An interface with a line of its own does not follow the others.
_named contains l.name if some l in _lines

_about[key] := {"at": sprintf("/system/sysctl/%d", [sysctl.last(sysctl.lines[key])]), "interfaces": names} if {
	some key, l in _lines
	names := {n | some n in _open; _covers(l.name, n); _reversed(l.value, n)}
	count(names) > 0
}

_covers(name, n) if {
	name in {"all", "default"}
	not n in _named
}

_covers(name, name)

_reversed(0, name) if not _forwards(name)

_reversed(2, name) if _forwards(name)

_forwards(name) if network.switch(network.value(name, "ip6-forward"))

findings contains {
	"at": sort([a.at | some a in _about]),
	"vars": {"keys": concat(", ", sort(object.keys(_about))), "interfaces": concat(", ", sort(union({a.interfaces | some a in _about})))},
} if {
	count(_about) > 0
	not kernel.has("ipv6.disable", "1")
}
