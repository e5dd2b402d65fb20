# METADATA
# scope: package
# title: Lines of the hosts file
# description: |
#  Keeps the names of /etc/hosts. The node's own address is forced to the names in
#  their order: pmxcfs and corosync look the node up and need the address that the
#  other nodes know, while NixOS and proxmox-nixos add names of their own.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.hosts
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.network.hosts

import data.lib.network

settings contains {"at": sort(at), "option": ["networking", "hosts", address], "value": _value(address, names)} if {
	some address, entries in _by_address
	at := {e.at | some e in entries}
	indexes := sort({e.index | some e in entries})
	names := _distinct([n | some i in indexes; some n in _names(address, input.network.hosts[i])])
	count(names) > 0
}

# NixOS adds the host name to these two, and the resolver gives all that it finds: the node would be at home on loopback.
settings contains {"at": sort(_own), "option": ["networking", "hosts", address], "value": {"_mkForce": []}} if {
	count(_own) > 0
	some address in {"127.0.0.2", "::1"}
	not _by_address[address]
}

_own contains e.at if {
	some entries in _by_address
	some e in entries
	input.host.name in input.network.hosts[e.index].names
}

_by_address[address] contains {"at": sprintf("/network/hosts/%d", [i]), "index": i} if {
	some i, h in input.network.hosts
	address := lower(h.address)
	network.ip(address)
	not _placeholder(address)
	count(_names(address, h)) > 0
	every n in h.names {
		network.domain(n)
	}
}

# Debian's stand-in for a host without address would hide the real one.
_placeholder(address) if {
	startswith(address, "127.")
	address != "127.0.0.1"
}

# NixOS writes localhost itself and refuses it elsewhere.
_names(address, h) := [n | some n in h.names; n != "localhost"] if network.loopback(address)

_names(address, h) := h.names if {
	not network.loopback(address)
	not "localhost" in h.names
}

_value(address, names) := {"_mkForce": names} if {
	_forced(address, names)
} else := names

_forced(_, names) if input.host.name in names

# proxmox-nixos clears this one, because NixOS puts the host name there.
_forced("::1", _)

_distinct(list) := [n | some i, n in list; not n in array.slice(list, 0, i)]
