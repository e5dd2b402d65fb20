# METADATA
# scope: package
# title: IPv6 comes back on interfaces where it was switched off
# description: |
#  sysctl switches IPv6 off ({keys}). systemd-networkd owns that setting of each interface
#  that it configures, and every interface but the port of a bridge or bond has a link-local
#  IPv6 address by default: it writes 0 there. sshd, web interfaces and guests' networks are
#  then reachable over IPv6, past filters that were only written for IPv4.
# custom:
#  id: PVE-NET-037
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: IPv6
#  equivalent: systemd.network.networks.<name>.networkConfig.LinkLocalAddressing
#  account: none
#  workaround: |
#   Set systemd.network.networks.<name>.networkConfig.LinkLocalAddressing = "no" and
#   IPv6AcceptRA = false for each interface that must have no IPv6, or
#   boot.kernelParams = [ "ipv6.disable=1" ] to have none at all. Or filter IPv6 as
#   you filter IPv4.
#  test:
#   before: |
#    `sysctl net.ipv6.conf.vmbr0.disable_ipv6` on PVE prints 1.
#   after: |
#    `sysctl net.ipv6.conf.vmbr0.disable_ipv6` prints 1 in the trial boot, and `ip -6
#    addr` no address.
#  phase: boot
#  sources:
#   - https://github.com/systemd/systemd/issues/34782
#   - https://github.com/systemd/systemd/blob/main/src/network/networkd-sysctl.c
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#LinkLocalAddressing=
package rules.network.ipv6_switched_off

import data.lib.hooks
import data.lib.kernel
import data.lib.network
import data.lib.sysctl

# Interfaces that systemd-networkd gives a link-local address: no ports, and none where a line says no.
_answering contains name if {
	some name, _ in network.networks
	not network.interfaces[name].kind == "loopback"
	not _port(name)
	not hooks.said[name]["networkConfig.LinkLocalAddressing"] == "no"
}

_port(name) if {
	network.master[name]
	not network.interfaces[name].kind == "ovs-int-port"
}

_off[key] := at if {
	some key, value in sysctl.effective
	value == 1
	[[_, name]] := regex.find_all_string_submatch_n(`^net[./]ipv6[./]conf[./](.+)[./]disable_ipv6$`, key, 1)
	_concerns(name)
	at := sprintf("/system/sysctl/%d", [sysctl.last(sysctl.lines[key])])
}

_concerns(name) if {
	name in {"all", "default"}
	count(_answering) > 0
}

_concerns(name) if name in _answering

findings contains {"at": sort([at | some at in _off]), "vars": {"keys": concat(", ", sort(object.keys(_off)))}} if {
	count(_off) > 0
	not kernel.has("ipv6.disable", "1")
}
