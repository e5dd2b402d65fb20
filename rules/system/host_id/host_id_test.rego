package rules.system.host_id_test

import data.rules.system.host_id

test_the_id_is_kept if {
	host_id.settings == {{"at": ["/host/hostid"], "option": ["networking", "hostId"], "value": "5c04219e"}} with input as {"host": {"hostid": "5C04219E"}}
}

test_what_is_no_id_is_left if {
	count(host_id.settings) == 0 with input as {"host": {"hostid": "5c04219"}}
	count(host_id.settings) == 0 with input as {"host": {}}
}
