# METADATA
# scope: package
# title: "The domain of VM {vmid} lacks {devices}"
# description: |
#  {vmid} ({name}) has lines that libvirt cannot be told of: {devices}. The mapping
#  names nothing of this host, the port of USB had nothing in it when the host was
#  captured, or the text is no name of what it should be. The domain is defined
#  without them, and the guest starts without its dongle, port, card or share. Of lines
#  that PVE cannot read either, such as a card whose address is none or that of a group,
#  nothing was built there: the guest is as it was.
# custom:
#  id: PVE-LV-060
#  kind: gap
#  category: configuration
#  severity: major
#  component: devices of virtual machines
#  account: lost
#  workaround: |
#   Correct the line on PVE (name the device of USB by its ids with `qm set {vmid}
#   --usb0 host=VENDOR:PRODUCT`, map the directory on this node) and capture again; or
#   add the device to the domain with `virsh attach-device NAME FILE --config`.
#  test:
#   before: |
#    `qm config {vmid}` on PVE prints the lines {devices}.
#   after: |
#    `virsh dumpxml NAME` on the trial system shows an alias ua-KEY for each of
#    them.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#devices
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.devices_left_out

import data.lib.domaincards
import data.lib.domains
import data.lib.domainshares
import data.lib.domainusb
import data.lib.guard
import data.lib.pve

_out[vmid][key] := p.at if {
	some vmid, g in domains.list
	some key, p in g.config
	some kind, form in _forms
	regex.match(form, key)
	not _there(kind, vmid, key, p.property)
}

_forms := {
	"card": `^net[0-9]+$`,
	"port": `^(serial|parallel)[0-9]+$`,
	"rng": `^rng[0-9]+$`,
	"share": `^virtiofs[0-9]+$`,
	"usb": `^usb[0-9]+$`,
}

_there("card", vmid, key, _) if domaincards.list[vmid][key]

_there("port", _, key, property) if {
	startswith(key, "serial")
	property.value == "socket"
}

_there("port", _, _, property) if guard.device(property.value)

_there("rng", _, "rng0", property) if {
	some f in property.fields
	f.name == "source"
	f.value in {"/dev/hwrng", "/dev/random", "/dev/urandom"}
}

_there("share", vmid, key, _) if {
	some s in domainshares.list
	s.vmid == vmid
	s.key == key
}

_there("usb", _, _, property) if domainusb.ids(property)

_there("usb", _, _, property) if domainusb.spice(property)

findings contains {"at": sort([at | some at in list]), "vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort(object.keys(list)))}} if {
	some vmid, list in _out
	count(list) > 0
}
