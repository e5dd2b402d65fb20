package lib.qdevice_test

import data.lib.qdevice

_host(model) := {"cluster": {"corosync": [{"key": "quorum.device.model", "value": model}]}}

test_kept_for_a_device_of_the_network if {
	qdevice.kept with input as _host("net") with data.target as "proxmox"
}

test_not_kept_elsewhere if {
	not qdevice.kept with input as _host("net") with data.target as "incus"
	not qdevice.kept with input as _host("disk") with data.target as "proxmox"
	not qdevice.kept with input as {"cluster": {"corosync": []}} with data.target as "proxmox"
	not qdevice.kept with input as _host("net") with data.target as "proxmox" with data.answers as {"bridges": {"cluster": "no"}}
}
