# METADATA
# scope: package
# title: "VM {vmid} does not keep its {words}"
# description: |
#  Lines that say who {vmid} ({name}) is do not get into its domain as they are: {words}.
#  A uuid that is none, or that another machine of this host has as well, is replaced
#  by one made of host and vmid, since libvirt takes each once. Text of the firmware
#  that is not printable ASCII, or no base64 where it should be, is left out, and so are
#  tags with other characters. Licences and inventories that go by uuid or serial number
#  take the guest for another machine.
# custom:
#  id: PVE-LV-068
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: identity of a virtual machine
#  account: review
#  workaround: |
#   Correct the lines on PVE with the VM off (`qm set {vmid} --smbios1 uuid=UUID,serial=…`,
#   `qm set {vmid} --tags LIST`) and capture again; of two machines with one uuid the
#   original keeps it, the copy gets a new one (`uuidgen`).
#  test:
#   before: |
#    `qm config {vmid} | grep -e smbios1 -e tags` on PVE prints the line, or a warning that
#    it cannot be parsed.
#   after: |
#    `virsh domuuid NAME` on the trial system prints the uuid that the line has then, and
#    `dmidecode -t system` inside of the guest the same texts as on PVE.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#smbios-system-information
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.identity_words

import data.lib.domainidentity
import data.lib.domains
import data.lib.facts
import data.lib.pve

_words[vmid] contains {"word": "uuid", "at": g.config.smbios1.at} if {
	some vmid, g in domains.list
	uuid := facts.field(g.config.smbios1.property, "uuid")
	domains.uuids[vmid] != lower(uuid)
}

_words[vmid] contains {"word": name, "at": domains.list[vmid].config.smbios1.at} if {
	some vmid, names in domainidentity.left_out
	some name in names
}

_words[vmid] contains {"word": "tags", "at": g.config.tags.at} if {
	some vmid, g in domains.list
	count(domainidentity.tags(g).lost) > 0
}

findings contains {"at": sort({w.at | some w in list}), "vars": {"vmid": vmid, "name": pve.name(vmid), "words": concat(", ", sort({w.word | some w in list}))}} if {
	some vmid, list in _words
}
