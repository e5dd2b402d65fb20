package rules.api.tokens_test

import data.rules.api.tokens

_capture := {"time": "2026-01-01T00:00:00Z", "areas": []}

test_fires_on_tokens if {
	tokens.findings == {{"at": ["/access/tokens/0", "/access/tokens/1"], "vars": {"tokens": "a@pve!x, b@pve!y"}}} with input as {"capture": _capture, "access": {"tokens": [{"id": "b@pve!y", "expire": 0}, {"id": "a@pve!x", "expire": 4102444800}]}}
}

test_silent_without_tokens if {
	count(tokens.findings) == 0 with input as {"access": {"tokens": []}}
}

test_silent_on_a_token_that_is_over if {
	count(tokens.findings) == 0 with input as {"capture": _capture, "access": {"tokens": [{"id": "b@pve!y", "expire": 1700000000}]}}
}
