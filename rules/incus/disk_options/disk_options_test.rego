package rules.incus.disk_options_test

import data.rules.incus.disk_options

_host(fields) := {"host": {"name": "pve"}, "storage": {"storages": []}, "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}]}

test_words_that_the_guest_can_see if {
	disk_options.findings == {{"at": ["/guests/0/config/0"], "vars": {"words": "100 scsi0 cache=writethrough, 100 scsi0 iops_rd, 100 scsi0 serial"}}} with input as _host({"file": "a:b", "serial": "PGDATA", "cache": "writethrough", "mbps_rd": "10", "iops_rd": "100"})
}

test_silent_for_what_only_the_host_sees if {
	count(disk_options.findings) == 0 with input as _host({"file": "a:b", "iothread": "1", "discard": "on", "ssd": "1", "aio": "native", "cache": "none", "iops_rd": "100"})
}
