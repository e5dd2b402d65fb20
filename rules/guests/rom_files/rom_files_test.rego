package rules.guests.rom_files_test

import data.rules.guests.rom_files

_host(fields) := {"guests": [{"vmid": 118, "type": "qemu", "local": true, "config": [
	{"key": "name", "value": "cad", "fields": []},
	{"key": "hostpci0", "value": "x", "fields": fields},
]}]}

test_fires_on_a_file if {
	rom_files.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 118, "name": "cad", "files": "gp107.rom"}}} with input as _host([{"name": "romfile", "value": "gp107.rom"}])
}

test_silent_on_a_rom_of_the_card if {
	count(rom_files.findings) == 0 with input as _host([{"name": "rombar", "value": "1"}])
}
