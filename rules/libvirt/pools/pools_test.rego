package rules.libvirt.pools_test

import data.lib.domains_test
import data.lib.libvirtpools_test
import data.rules.libvirt.pools

_host := libvirtpools_test.host([{"id": "zfs", "type": "zfspool", "pool": "rpool/data"}])

test_a_pool_is_defined_and_started if {
	parts := pools.parts with input as _host
	domains_test.value(parts, "type") == "zfs"
	domains_test.value(parts, "source.name") == "rpool/data"
	domains_test.value(parts, "target.path") == "/dev/zvol/rpool/data"
	regex.match(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$`, domains_test.value(parts, "uuid"))
	{p.document | some p in parts} == {["pools", "zfs"]}
	some s in pools.settings with input as _host
	s.option == ["systemd", "services", "libvirt-pool-zfs", "script"]
	endswith(s.value, "|| virsh pool-start zfs\n")
}

test_without_images_there_is_none if {
	count(pools.parts | pools.settings) == 0 with input as libvirtpools_test.host([{"id": "b", "type": "pbs", "content": "backup"}])
}
