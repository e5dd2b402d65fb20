package rules.access.root_tokens_test

import data.rules.access.root_tokens

_host(separated, expire) := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"packages": [{"name": "pve-manager", "status": "installed"}],
	"access": {"tokens": [{"id": "x@pve!a", "privilege_separation": false, "expire": 0}, {"id": "root@pam!ci", "privilege_separation": separated, "expire": expire}]},
}

test_fires_on_a_token_of_root if {
	root_tokens.findings == {{"at": ["/access/tokens/1"], "vars": {"tokens": "root@pam!ci"}}} with input as _host(false, 1800000000)
}

test_silent_with_privilege_separation_or_after_its_end if {
	count(root_tokens.findings) == 0 with input as _host(true, 0)
	count(root_tokens.findings) == 0 with input as _host(false, 1700000000)
}
