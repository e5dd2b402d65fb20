# METADATA
# scope: package
# title: "Cloud-init runs again in VMs: {vmids}"
# description: |
#  Cloud-init goes by the id of the instance, and that of Incus is not that of PVE.
#  At the first start it runs as on a new machine: it makes new ssh host keys, writes
#  the network again and sets users and packages. Clients then warn of a changed
#  host.
# custom:
#  id: PVE-INC-024
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cloud-init
#  account: none
#  workaround: |
#   In the guest, while PVE runs: `touch /etc/cloud/cloud-init.disabled`. Then
#   nothing changes, and what cloud-init wrote stays. Where it shall go on: set
#   ssh_deletekeys: false in /etc/cloud/cloud.cfg.d, and compare the data with `incus
#   config show NAME`.
#  test:
#   before: |
#    `cloud-id` and `cat /var/lib/cloud/data/instance-id` in the guest print nocloud
#    and the id of PVE.
#   after: |
#    `ssh-keyscan` of the guest on the trial system prints the host keys that it had.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/cloud-init/
#   - https://cloudinit.readthedocs.io/en/latest/explanation/boot.html
#   - https://cloudinit.readthedocs.io/en/latest/reference/modules.html#ssh
package rules.incus.cloud_init

import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.network
import data.lib.pve
import data.lib.volumes

_drive contains v.vmid if {
	some v in volumes.list
	v.kind == "cloudinit"
	pve.vms[v.vmid]
}

_at(g, keys) := sort([p.at | some key, p in g.config; regex.match(keys, key)])

# Passwords and keys are no facts: the unit that makes the instance adds them.
parts contains incus.part(vmid, _at(g, `^(cipassword|ciupgrade|citype|ciuser|sshkeys)$`), ["config", "cloud-init.user-data"], concat("", ["#cloud-config\n", yaml.marshal(object.union_n([
	{"hostname": incus.name(vmid), "manage_etc_hosts": true, "users": ["default"]},
	_user(g),
	_upgrade(g),
]))])) if {
	some vmid, g in pve.vms
	count(_at(g, `^(cipassword|ciupgrade|citype|ciuser|sshkeys)$`)) > 0
}

_user(g) := {"user": user} if {
	user := g.config.ciuser.property.value
	guard.line(user)
} else := {}

_upgrade(g) := {"package_upgrade": facts.truthy(g.config.ciupgrade.property.value)} if {
	facts.truthy(g.config.ciupgrade.property.value)
} else := {"package_upgrade": false} if {
	g.config.ciupgrade
} else := {}

parts contains incus.part(vmid, _at(g, `^(ipconfig[0-9]{1,2}|nameserver|searchdomain)$`), ["config", "cloud-init.network-config"], yaml.marshal({"version": 1, "config": array.concat(_cards(vmid, g), _resolver(g))})) if {
	some vmid, g in pve.vms
	count(_at(g, `^(ipconfig[0-9]{1,2}|nameserver|searchdomain)$`)) > 0
}

_cards(vmid, g) := [{"type": "physical", "name": sprintf("eth%s", [number]), "mac_address": c.mac, "subnets": array.concat(_four(p.property), _six(p.property))} |
	some key, c in incus.cards_of[vmid]
	number := trim_prefix(key, "net")
	p := g.config[sprintf("ipconfig%s", [number])]
]

_four(property) := [{"type": "dhcp4"}] if {
	facts.field(property, "ip") == "dhcp"
} else := [object.union({"type": "static", "address": ip}, _gateway(property, "gw"))] if {
	ip := facts.field(property, "ip")
	_cidr(ip)
} else := []

_six(property) := [{"type": {"auto": "ipv6_slaac", "dhcp": "dhcp6"}[facts.field(property, "ip6")]}] if {
	true
} else := [object.union({"type": "static6", "address": ip}, _gateway(property, "gw6"))] if {
	ip := facts.field(property, "ip6")
	_cidr(ip)
} else := []

_gateway(property, name) := {"gateway": address} if {
	address := facts.field(property, name)
	network.ip(address)
} else := {}

_cidr(text) if {
	[address, length] := split(text, "/")
	network.ip(address)
	regex.match(`^[0-9]{1,3}$`, length)
}

_words(g, key) := [word | some word in regex.split(`[ ,;]+`, g.config[key].property.value); regex.match(`^[A-Za-z0-9:._-]+$`, word)] if {
	true
} else := []

_resolver(g) := [object.filter({"type": "nameserver", "address": _words(g, "nameserver"), "search": _words(g, "searchdomain")}, array.concat(["type"], [to | some from, to in {"nameserver": "address", "searchdomain": "search"}; count(_words(g, from)) > 0]))] if {
	count(_words(g, "nameserver")) + count(_words(g, "searchdomain")) > 0
} else := []

findings contains {"at": sort([pve.vms[vmid].at | some vmid in _drive]), "vars": {"vmids": pve.numbers(_drive)}} if count(_drive) > 0
