package lib.mdadm_test

import data.lib.mdadm

_host(lines) := {
	"config_files": [{"path": "/etc/mdadm/mdadm.conf", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
	"local_files": [{"path": "/usr/local/sbin/md-event", "kind": "script", "state": "local"}],
}

test_root_where_nobody_is_named if {
	mdadm.text == "MAILADDR root\n" with input as _host([])
	mdadm.at == [] with input as _host([])
}

test_the_lines_of_the_host if {
	host := _host([["MAILADDR", "ops@example.net"], ["MAILFROM", "mdadm@example.net"], ["PROGRAM", "/usr/local/sbin/md-event"]])
	mdadm.text == "MAILADDR ops@example.net\nMAILFROM mdadm@example.net\nPROGRAM /usr/local/sbin/md-event\n" with input as host
	mdadm.program == {"path": "/usr/local/sbin/md-event", "at": "/local_files/0"} with input as host
	count(mdadm.at) == 3 with input as host
}

test_no_program_that_is_not_there_and_no_other_text if {
	mdadm.text == "MAILADDR root\n" with input as _host([["MAILADDR", "a b"], ["PROGRAM", "/usr/local/sbin/gone"], ["MAILFROM", "x\nPROGRAM y"]])
	mdadm.text == "MAILADDR root\n" with input as _host([["MAILADDR", "a@x"], ["MAILADDR", "b@x"]])
}
