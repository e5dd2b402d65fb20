package rules.users.one_time_codes_test

import data.rules.users.one_time_codes

host(key, value, includes, path) := {
	"packages": [{"name": "libpam-google-authenticator", "status": "installed"}],
	"config_files": array.concat([{"path": path, "properties": [{"key": key, "value": value}]}], includes),
	"local_files": [{"path": "/root/.google_authenticator", "kind": "file", "state": "local"}],
}

_includes := [{"path": "/etc/pam.d/sshd", "properties": [{"key": "@include", "value": "common-auth"}]}]

_kept(key, value, includes, path) if {
	count(one_time_codes.settings) == 2 with input as host(key, value, includes, path)
}

test_code_with_nullok if {
	given := host("auth pam_google_authenticator.so", "required nullok", [], "/etc/pam.d/sshd")
	one_time_codes.settings == {
		{"at": ["/config_files/0/properties/0", "/packages/0"], "option": ["security", "pam", "services", "sshd", "googleAuthenticator", "enable"], "value": true},
		{"at": ["/config_files/0/properties/0", "/packages/0"], "option": ["security", "pam", "services", "sshd", "rules"], "value": {"auth": {"google_authenticator": {"settings": {"nullok": true}}}}},
	} with input as given
	one_time_codes.carries == {{"at": ["/local_files/0"], "path": "/root/.google_authenticator", "to": "/root/.google_authenticator", "mode": "0400", "secret": true}} with input as given
}

test_common_rules_that_sshd_includes if {
	_kept("auth /lib/security/pam_google_authenticator.so", "requisite nullok", _includes, "/etc/pam.d/common-auth")
	not _kept("auth pam_google_authenticator.so", "required nullok", [], "/etc/pam.d/common-auth")
}

test_other_words_are_left_to_a_person if {
	not _kept("auth pam_google_authenticator.so", "required", [], "/etc/pam.d/sshd")
	not _kept("auth pam_google_authenticator.so", "required nullok secret=/var/lib/x", [], "/etc/pam.d/sshd")
	not _kept("auth pam_google_authenticator.so", "sufficient nullok", [], "/etc/pam.d/sshd")
	not _kept("account pam_google_authenticator.so", "required nullok", [], "/etc/pam.d/sshd")
	not _kept("auth pam_google_authenticator.so", "required nullok", [{"path": "/etc/pam.d/sshd", "properties": [{"key": "auth pam_google_authenticator.so", "value": "required nullok"}]}], "/etc/pam.d/sshd")
}
