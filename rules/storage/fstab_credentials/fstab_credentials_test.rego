package rules.storage.fstab_credentials_test

import data.lib.tables_test
import data.rules.storage.fstab_credentials

_host(options) := {"storage": {"fstab": [{"spec": "//nas/x", "file": "/srv/x", "type": "cifs", "options": options}]}}

test_fires_on_a_file_of_credentials if {
	fstab_credentials.findings == {{"at": ["/storage/fstab/0"], "vars": {"files": "/srv/x"}}} with input as _host(["credentials=/root/.smbcred"])
		with data.catalog as tables_test.fixture
}

test_silent_on_a_guest_share if {
	count(fstab_credentials.findings) == 0 with input as _host(["guest"])
		with data.catalog as tables_test.fixture
}
