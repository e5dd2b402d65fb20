# METADATA
# scope: package
# title: "Disks lose {words}"
# description: |
#  The domains have no words for these parts of a disk: {words}. backup and replicate
#  say which disks jobs of PVE leave out, and go with the jobs. A disk with
#  snapshot=1 forgets on PVE what was written when the machine stops; now it keeps
#  it. A serial number or model with other signs than letters, digits and a few
#  marks is not shown to the guest.
# custom:
#  id: PVE-LV-066
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: disks of virtual machines
#  account: none
#  workaround: |
#   Leave the same disks out of the backup that takes the place of PVE's (restic,
#   syncoid or virsh backup-begin name disks one by one). For snapshot=1 add
#   <transient/> to a disk that is a file (`virsh edit NAME`); for a block device start
#   from an overlay (`qemu-img create -f qcow2 -b BASE -F raw OVERLAY`) that a unit makes
#   anew.
#  test:
#   before: |
#    `qm config VMID` on PVE prints the words in the line of the disk.
#   after: |
#    `virsh dumpxml NAME` on the trial system has the serial number that the guest
#    needs, and the log of the new backup leaves out the same disks.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.disk_words

import data.lib.domaindisks
import data.lib.facts

_words contains {"word": sprintf("%d %s %s", [vmid, key, f.name]), "at": d.at} if {
	some vmid, list in domaindisks.drives
	some key, d in list
	some f in d.property.fields
	_lost(f)
}

_lost(f) if {
	f.name in {"backup", "replicate"}
	f.value in {"0", "no", "off", "false"}
}

_lost(f) if {
	f.name in {"snapshot", "shared"}
	facts.truthy(f.value)
}

_lost(f) if f.name in {"cyls", "heads", "model", "secs", "trans"}

_lost(f) if {
	f.name in {"product", "vendor"}
	not regex.match(`^[ -~]{1,16}$`, f.value)
}

_lost(f) if {
	f.name == "serial"
	not regex.match(domaindisks.plain_serial, f.value)
}

findings contains {"at": sort({w.at | some w in _words}), "vars": {"words": concat(", ", sort([w.word | some w in _words]))}} if count(_words) > 0
