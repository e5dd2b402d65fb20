# METADATA
# scope: package
# title: Bonds of network cards
# description: |
#  Makes each bond with all of its options under the names of systemd.netdev. The
#  hardware address is pinned, since systemd would make one up.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html#%5BBond%5D%20Section%20Options
#   - https://www.kernel.org/doc/html/latest/networking/bonding.html
package rules.network.bonds

import data.lib.network

_bonds[name] := n if {
	some name, n in network.interfaces
	n.kind == "bond"
}

settings contains {"at": [n.at], "option": network.netdev(name, option), "value": value} if {
	some name, n in _bonds
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "bond"],
	]
}

settings contains {
	"at": network.at(name, {"hwaddress"}),
	"option": network.netdev(name, ["netdevConfig", "MACAddress"]),
	"value": network.mac(name),
} if {
	some name, _ in _bonds
}

_modes := {"balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"}

settings contains {
	"at": network.at(name, {"bond-mode"}),
	"option": network.netdev(name, ["bondConfig", "Mode"]),
	"value": n.bond_mode,
} if {
	some name, n in _bonds
	n.bond_mode in _modes
}

# Options whose value is one of a few words; the kernel also takes their numbers.
_words := {
	"bond-xmit-hash-policy": {"key": "TransmitHashPolicy", "of": {
		"layer2": "layer2", "0": "layer2",
		"layer3+4": "layer3+4", "1": "layer3+4",
		"layer2+3": "layer2+3", "2": "layer2+3",
		"encap2+3": "encap2+3", "3": "encap2+3",
		"encap3+4": "encap3+4", "4": "encap3+4",
	}},
	"bond-lacp-rate": {"key": "LACPTransmitRate", "of": {"slow": "slow", "0": "slow", "fast": "fast", "1": "fast"}},
	"bond-ad-select": {"key": "AdSelect", "of": {
		"stable": "stable", "0": "stable",
		"bandwidth": "bandwidth", "1": "bandwidth",
		"count": "count", "2": "count",
	}},
	"bond-fail-over-mac": {"key": "FailOverMACPolicy", "of": {
		"none": "none", "0": "none",
		"active": "active", "1": "active",
		"follow": "follow", "2": "follow",
	}},
	"bond-arp-validate": {"key": "ARPValidate", "of": {"none": "none", "active": "active", "backup": "backup", "all": "all"}},
	"bond-primary-reselect": {"key": "PrimaryReselectPolicy", "of": {
		"always": "always", "0": "always",
		"better": "better", "1": "better",
		"failure": "failure", "2": "failure",
	}},
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bondConfig", to.key]),
	"value": to.of[lower(network.value(name, option))],
} if {
	some name, _ in _bonds
	some option, to in _words
}

_milliseconds := {
	"bond-miimon": "MIIMonitorSec",
	"bond-updelay": "UpDelaySec",
	"bond-downdelay": "DownDelaySec",
	"bond-arp-interval": "ARPIntervalSec",
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bondConfig", key]),
	"value": sprintf("%dms", [network.number(network.value(name, option), 0, 1000000)]),
} if {
	some name, _ in _bonds
	some option, key in _milliseconds
}

_numbers := {
	"bond-min-links": {"key": "MinLinks", "low": 0, "high": 255},
	"bond-num-grat-arp": {"key": "GratuitousARP", "low": 0, "high": 255},
	"bond-resend-igmp": {"key": "ResendIGMP", "low": 0, "high": 255},
	"bond-packets-per-slave": {"key": "PacketsPerSlave", "low": 0, "high": 65535},
	"bond-lp-interval": {"key": "LearnPacketIntervalSec", "low": 1, "high": 2147483647},
	"bond-ad-sys-priority": {"key": "AdActorSystemPriority", "low": 1, "high": 65535},
	"bond-ad-actor-sys-prio": {"key": "AdActorSystemPriority", "low": 1, "high": 65535},
	"bond-ad-user-port-key": {"key": "AdUserPortKey", "low": 0, "high": 1023},
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bondConfig", to.key]),
	"value": network.number(network.value(name, option), to.low, to.high),
} if {
	some name, _ in _bonds
	some option, to in _numbers
}

settings contains {
	"at": network.at(name, {"bond-all-slaves-active"}),
	"option": network.netdev(name, ["bondConfig", "AllSlavesActive"]),
	"value": network.switch(network.value(name, "bond-all-slaves-active")),
} if {
	some name, _ in _bonds
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bondConfig", "AdActorSystem"]),
	"value": network.hardware_address(network.value(name, option)),
} if {
	some name, _ in _bonds
	some option in {"bond-ad-sys-mac-addr", "bond-ad-actor-system"}
}

settings contains {
	"at": network.at(name, {"bond-arp-ip-target"}),
	"option": network.netdev(name, ["bondConfig", "ARPIPTargets"]),
	"value": targets,
} if {
	some name, _ in _bonds
	targets := split(regex.replace(network.value(name, "bond-arp-ip-target"), `[\s,]+`, ","), ",")
	every t in targets {
		network.ipv4(t)
	}
}

# The primary is a property of the member.
settings contains {
	"at": network.at(name, {"bond-primary"}),
	"option": network.network(primary, ["networkConfig", "PrimarySlave"]),
	"value": true,
} if {
	some name, n in _bonds
	n.bond_mode in {"active-backup", "balance-tlb", "balance-alb"}
	primary := network.real(network.value(name, "bond-primary"))
	network.master[primary] == name
}
