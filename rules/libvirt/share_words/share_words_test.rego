package rules.libvirt.share_words_test

import data.rules.libvirt.share_words

_share(options) := {"key": "virtiofs0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_host(config) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [{"type": "directory", "id": "media", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": "/tank/media"}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_fires_on_access_lists_and_metadata if {
	share_words.findings == {{"at": ["/guests/0/config/0"], "vars": {"words": "100 virtiofs0 cache, 100 virtiofs0 expose-acl"}}} with input as _host([_share({"dirid": "media", "expose-acl": "1", "cache": "metadata"})])
}

test_silent_on_what_is_off if {
	count(share_words.findings) == 0 with input as _host([_share({"dirid": "media", "expose-acl": "0", "cache": "auto", "expose-xattr": "1"})])
}
