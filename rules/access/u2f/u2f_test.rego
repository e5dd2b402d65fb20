package rules.access.u2f_test

import data.rules.access.u2f

_host(options, two_factor) := _with([{"name": "appid", "value": "https://pve:8006"}], options, two_factor)

_with(fields, options, two_factor) := {
	"datacenter": {"options": array.concat([{"key": "u2f", "value": "", "fields": fields}], options)},
	"access": {"users": [{"id": "a@pve", "enabled": true, "two_factor": two_factor}]},
}

test_fires_on_u2f_alone if {
	u2f.findings == {{"at": ["/datacenter/options/0"], "vars": {"appid": "https://pve:8006"}}} with input as _host([], true)
}

test_silent_beside_webauthn if {
	count(u2f.findings) == 0 with input as _host([{"key": "webauthn", "value": "", "fields": []}], true)
}

test_silent_when_nobody_has_a_second_factor if {
	count(u2f.findings) == 0 with input as _host([], false)
}

test_fires_without_appid if {
	{f.vars.appid | some f in u2f.findings} == {"https://pve2:8006"} with input as _with([{"name": "origin", "value": "https://pve2:8006"}], [], true)
	{f.vars.appid | some f in u2f.findings} == {"no appid"} with input as _with([], [], true)
}
