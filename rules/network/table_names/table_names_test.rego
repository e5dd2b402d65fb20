package rules.network.table_names_test

import data.rules.network.table_names

_host(path, lines) := {"config_files": [{"path": path, "format": "words", "properties": [{"key": line[0], "value": line[1], "fields": []} | some line in lines]}]}

_standard := [["255", "local"], ["254", "main"], ["253", "default"], ["0", "unspec"]]

test_names_of_the_owner_stay if {
	found := {s.option[2]: s.value | some s in table_names.settings} with input as _host("/etc/iproute2/rt_tables", array.concat(_standard, [["200", "uplink2"], ["201", "lab"]]))
	found == {"enable": true, "rttablesExtraConfig": "200 uplink2\n201 lab"}
	{b.at | some b in table_names.bridges} == {["/config_files/0/properties/4", "/config_files/0/properties/5"]} with input as _host("/etc/iproute2/rt_tables", array.concat(_standard, [["200", "uplink2"], ["201", "lab"]]))
}

test_silent_for_the_tables_of_every_system if {
	count(table_names.settings) + count(table_names.bridges) == 0 with input as _host("/etc/iproute2/rt_tables", _standard)
}

test_silent_for_what_is_no_name if {
	every line in [["200", "a b"], ["200", "${x}"], ["x", "lab"], ["200", "7"]] {
		count(table_names.settings) == 0 with input as _host("/etc/iproute2/rt_tables", [line])
	}
	count(table_names.settings) == 0 with input as _host("/etc/iproute2/rt_tables.d/x.dpkg-old", [["200", "lab"]])
}
