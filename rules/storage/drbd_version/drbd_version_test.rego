package rules.storage.drbd_version_test

import data.rules.storage.drbd_version

_host(name, path) := {
	"packages": [{"name": name, "status": "installed"}],
	"config_files": [{"path": "/etc/drbd.d/global_common.conf"}, {"path": path}],
}

test_fires_on_a_resource if {
	drbd_version.findings == {{"at": ["/config_files/1"], "vars": {"resources": "mail"}}} with input as _host("drbd-dkms", "/etc/drbd.d/mail.res")
}

test_fires_with_the_older_name_of_the_package if {
	count(drbd_version.findings) == 1 with input as _host("drbd-module-dkms", "/etc/drbd.d/mail.res")
}

test_silent_without_a_resource if {
	count(drbd_version.findings) == 0 with input as _host("drbd-dkms", "/etc/drbd.d/mail.res.off")
}

test_silent_with_the_module_of_the_kernel if {
	count(drbd_version.findings) == 0 with input as _host("drbd-utils", "/etc/drbd.d/mail.res")
}
