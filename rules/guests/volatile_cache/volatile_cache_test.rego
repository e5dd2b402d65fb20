package rules.guests.volatile_cache_test

import data.rules.guests.volatile_cache

_host(cache) := {"guests": [{"vmid": 125, "type": "qemu", "local": true, "config": [{"key": "scsi1", "value": "x", "fields": [{"name": "file", "value": "tank:vm-125-disk-1"}, {"name": "cache", "value": cache}]}]}]}

test_fires_on_an_unsafe_cache if {
	volatile_cache.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "125 scsi1"}}} with input as _host("unsafe")
}

test_silent_on_writeback if {
	count(volatile_cache.findings) == 0 with input as _host("writeback")
}
