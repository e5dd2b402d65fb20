package rules.users.second_factor_test

import data.rules.users.second_factor

_host(path, key, sshd) := {
	"config_files": [{"path": path, "properties": [{"key": "auth pam_unix.so", "value": "required"}, {"key": key, "value": "required nullok"}]}],
	"system": {"sshd": sshd},
}

test_fires_on_codes if {
	second_factor.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"modules": "pam_google_authenticator.so", "methods": "none"}}} with input as _host("/etc/pam.d/sshd", "auth pam_google_authenticator.so", [])
}

test_silent_on_codes_that_are_kept if {
	host := object.union(_host("/etc/pam.d/sshd", "auth pam_google_authenticator.so", []), {"packages": [{"name": "libpam-google-authenticator", "status": "installed"}]})
	count(second_factor.findings) == 0 with input as host
}

test_names_the_methods_of_sshd if {
	some f in second_factor.findings with input as _host("/etc/pam.d/common-auth", "auth /lib/security/pam_duo.so", [{"key": "AuthenticationMethods", "value": "publickey,keyboard-interactive", "source": "/etc/ssh/sshd_config:1"}])
	f.vars == {"modules": "pam_duo.so", "methods": "publickey,keyboard-interactive"}
}

test_silent_on_other_services_and_modules if {
	count(second_factor.findings) == 0 with input as _host("/etc/pam.d/sudo", "auth pam_u2f.so", [])
	count(second_factor.findings) == 0 with input as _host("/etc/pam.d/sshd", "session pam_mkhomedir.so", [])
}
