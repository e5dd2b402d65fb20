package rules.libvirt.disk_words_test

import data.rules.libvirt.disk_words

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_disk(options) := [{"key": "scsi0", "value": "x", "fields": array.concat([{"name": "file", "value": "/dev/sdb"}], [{"name": k, "value": v} | some k, v in options])}]

test_fires_on_words_that_libvirt_lacks if {
	disk_words.findings == {{"at": ["/guests/0/config/0"], "vars": {"words": "100 scsi0 backup, 100 scsi0 product, 100 scsi0 serial, 100 scsi0 snapshot, 100 scsi0 trans"}}} with input as _host(_disk({"backup": "0", "serial": "a%20b", "snapshot": "1", "trans": "lba", "product": "longer than sixteen"}))
}

test_silent_on_what_is_said if {
	count(disk_words.findings) == 0 with input as _host(_disk({"backup": "1", "serial": "A-1", "snapshot": "0", "cache": "none", "product": "disk"}))
}
