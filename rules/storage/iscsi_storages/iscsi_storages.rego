# METADATA
# scope: package
# title: The host logs in to the iSCSI targets of storages
# description: |
#  pvestatd discovers the targets of storages of the type iscsi and logs in to them
#  when it finds no session. On targets without it a unit for each storage does so at
#  boot, on all portals that the target names, before guests start. Records that are
#  there keep their passwords.
# custom:
#  targets: [incus, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/ISCSIPlugin.pm
#   - https://manpages.debian.org/stable/open-iscsi/iscsiadm.8.en.html
#   - https://search.nixos.org/options?query=services.openiscsi
package rules.storage.iscsi_storages

import data.lib.disks

# Without a name the initiator is not started.
_name if regex.match(`^(iqn|eui|naa)\.[A-Za-z0-9.:_-]{1,220}$`, input.storage.iscsi.initiator_name)

_logins[id] := {"portal": portal, "target": target} if {
	_name
	some id, s in disks.storages
	s.section.type == "iscsi"
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)
	portal := s.properties.portal.property.value
	regex.match(`^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252})(:[0-9]{1,5})?$`, portal)
	target := s.properties.target.property.value
	regex.match(`^(iqn|eui|naa)\.[A-Za-z0-9.:_-]{1,220}$`, target)
}

_at(id) := sort([s.at, s.properties.portal.at, s.properties.target.at]) if s := disks.storages[id]

_unit(id) := sprintf("iscsi-login-%s", [id])

# A session that is there is a success; a target that answers no discovery may have a record all the same.
_script(l) := sprintf(
	concat("\n", [
		"target=%s",
		"iscsiadm --mode discovery --type sendtargets --op new --portal %s || true",
		`iscsiadm --mode node --targetname "$target" --login || true`,
		`iscsiadm --mode session | grep --quiet --fixed-strings --word-regexp -- "$target"`,
		"udevadm settle --timeout=30",
		"",
	]),
	[l.target, l.portal],
)

settings contains {"at": _at(id), "option": array.concat(["systemd", "services", _unit(id)], path), "value": value} if {
	some id, l in _logins
	some [path, value] in [
		[["description"], sprintf("Sessions of the storage %s", [id])],
		[["wantedBy"], ["remote-fs.target"]],
		[["before"], ["remote-fs.target", "libvirt-start.service", "incus.service"]],
		[["wants"], ["network-online.target", "iscsid.socket"]],
		[["after"], ["network-online.target", "iscsid.socket", "iscsid.service"]],
		[["path"], [{"_ref": ["config", "services", "openiscsi", "package"]}, {"_ref": ["pkgs", "gnugrep"]}]],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true, "TimeoutStartSec": 180}],
		[["script"], _script(l)],
	]
}

bridges contains {"at": _at(id), "bridge": "storage", "params": {"unit": sprintf("%s.service", [_unit(id)]), "storage": id}} if some id, _ in _logins

checks contains {"at": _at(id), "check": "unit-active", "params": {"unit": sprintf("%s.service", [_unit(id)])}, "required": true} if some id, _ in _logins
