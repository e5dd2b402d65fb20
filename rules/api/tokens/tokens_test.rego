package rules.api.tokens_test

import data.rules.api.tokens

test_fires_on_tokens if {
	tokens.findings == {{"at": ["/access/tokens/0", "/access/tokens/1"], "vars": {"tokens": "a@pve!x, b@pve!y"}}} with input as {"access": {"tokens": [{"id": "b@pve!y"}, {"id": "a@pve!x"}]}}
		with data.target as "proxmox"
}

test_silent_without_tokens if {
	count(tokens.findings) == 0 with input as {"access": {"tokens": []}}
		with data.target as "proxmox"
}
