package rules.incus.published_test

import data.rules.incus.published

_host(config) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [
		{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "nas", "type": "nfs", "properties": [{"key": "path", "value": "/mnt/pve/nas"}]},
		{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vms"}]},
	]},
	"guests": [{"vmid": 900, "type": "qemu", "local": true, "config": array.concat([{"key": "template", "value": "1"}, {"key": "name", "value": "debian"}], config)}],
}

_drive(key, volume, more) := {"key": key, "value": volume, "fields": array.concat([{"name": "file", "value": volume, "default": true}], more)}

_cdrom := [{"name": "media", "value": "cdrom"}]

_card := {"key": "net0", "value": "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20", "fields": [{"name": "virtio", "value": "BC:24:11:00:00:01"}, {"name": "bridge", "value": "vmbr0"}, {"name": "tag", "value": "20"}]}

_said(host) := {concat(".", s.option): s.value | some s in set} if set := published.settings with input as host

test_a_template_on_thin_lvm if {
	host := _host([_drive("scsi0", "local-lvm:base-900-disk-0", []), _drive("ide2", "local-lvm:vm-900-cloudinit", _cdrom), _card, {"key": "cores", "value": "2"}, {"key": "memory", "value": "2048"}])
	published.findings == {{"at": ["/guests/0"], "vars": {"vmids": "900"}}} with input as host
	said := _said(host)
	script := said["systemd.services.publish-900.script"]
	contains(script, "\nlvchange --activate y --ignoreactivationskip /dev/pve/base-900-disk-0\n")
	contains(script, "\nqemu-img convert -f raw -O qcow2 /dev/pve/base-900-disk-0 \"$work/disk.qcow2\"\n")
	contains(script, "\n  description: template 900 of Proxmox VE (debian)\n")
	contains(script, "--alias pve-900\n")
	not said["systemd.services.publish-900.wantedBy"]
	said["virtualisation.incus.preseed.profiles"] == [{
		"name": "pve-900",
		"description": "As template 900 of Proxmox VE",
		"config": {"limits.cpu": "2", "limits.memory": "2048MiB", "security.csm": "true", "security.secureboot": "false"},
		"devices": {
			"root": {"type": "disk", "path": "/", "pool": "default"},
			"eth0": {"type": "nic", "nictype": "bridged", "name": "eth0", "parent": "vmbr0", "vlan": "20"},
			"cloud-init": {"type": "disk", "source": "cloud-init:config"},
		},
	}]
}

test_a_template_in_a_file if {
	said := _said(_host([_drive("virtio0", "nas:900/base-900-disk-0.qcow2", []), {"key": "bios", "value": "ovmf"}]))
	contains(said["systemd.services.publish-900.script"], "\nqemu-img convert -f qcow2 -O qcow2 /mnt/pve/nas/images/900/base-900-disk-0.qcow2 ")
	said["systemd.services.publish-900.unitConfig"] == {"RequiresMountsFor": ["/mnt/pve/nas/images/900/base-900-disk-0.qcow2"]}
	[profile] := said["virtualisation.incus.preseed.profiles"]
	profile.config == {"limits.cpu": "1", "limits.memory": "512MiB", "security.secureboot": "false"}
	profile.devices.root["io.bus"] == "virtio-blk"
}

test_a_bridge_of_the_tag_and_memory_as_it_is_now if {
	host := object.union(_host([_drive("scsi0", "nas:900/base-900-disk-0.raw", []), _card, {"key": "memory", "value": "current=4096", "fields": [{"name": "current", "value": "4096"}]}]), {"network": {"interfaces": [
		{"name": "eno1", "kind": "physical"},
		{"name": "vmbr0", "kind": "bridge", "bridge": {"ports": ["eno1"]}},
	]}})
	[profile] := _said(host)["virtualisation.incus.preseed.profiles"]
	profile.config["limits.memory"] == "4096MiB"
	profile.devices.eth0.parent in {"vmbr0", "vmbr0v20"}
}

test_silent_on_two_disks_on_ceph_and_on_names_for_a_shell if {
	every drives in [
		[_drive("scsi0", "local-lvm:base-900-disk-0", []), _drive("scsi1", "local-lvm:base-900-disk-1", [])],
		[_drive("scsi0", "ceph:base-900-disk-0", [])],
		[_drive("scsi0", "nas:900/base-900;reboot.raw", [])],
		[],
	] {
		count(published.findings) + count(published.settings) == 0 with input as _host(drives)
	}
}

test_silent_on_a_machine_that_starts if {
	host := _host([_drive("scsi0", "local-lvm:base-900-disk-0", [])])
	started := json.patch(host, [{"op": "remove", "path": "/guests/0/config/0"}])
	count(published.findings) + count(published.settings) == 0 with input as started
}
