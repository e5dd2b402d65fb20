package rules.access.ends_soon_test

import data.rules.access.ends_soon

_host(expire) := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"access": {
		"users": [{"id": "a@pve", "enabled": true, "expire": expire}, {"id": "b@pve", "enabled": false, "expire": expire}],
		"tokens": [{"id": "c@pve!t", "expire": expire + 86400}, {"id": "d@pve!t", "expire": 0}],
	},
}

test_fires_on_what_ends_soon if {
	ends_soon.findings == {{"at": ["/access/tokens/0", "/access/users/0"], "vars": {"names": "a@pve, c@pve!t", "date": "2025-06-16"}}} with input as _host(1750032000)
}

test_silent_on_what_ended_or_ends_later if {
	count(ends_soon.findings) == 0 with input as _host(1700000000)
	count(ends_soon.findings) == 0 with input as _host(1790000000)
}
