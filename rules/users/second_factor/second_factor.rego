# METADATA
# scope: package
# title: Logins by ssh lose their second factor
# description: |
#  PAM asks for a second factor at a login ({modules}). NixOS writes PAM rules of its own
#  without it: a stolen password is enough on the new system. Where sshd demands
#  keyboard-interactive in AuthenticationMethods (here {methods}), it now asks for the
#  password of the account instead of a code, and accounts without a password, root with a
#  key among them, are locked out.
# custom:
#  id: PVE-USR-014
#  kind: gap
#  category: service
#  severity: major
#  component: PAM
#  equivalent: security.pam.services.sshd
#  account: none
#  workaround: |
#   Set the module's option for sshd, security.pam.services.sshd.googleAuthenticator.enable,
#   .oathAuth, .duoSecurity.enable, .u2fAuth or .yubicoAuth, and bring its secrets
#   (~/.google_authenticator, /etc/users.oath, /etc/duo) with owner and mode. Until that
#   works leave services.openssh.settings.AuthenticationMethods away.
#  test:
#   before: |
#    `grep -rE "google_authenticator|oath|duo|u2f|yubico" /etc/pam.d` prints the rule; a
#    login asks for a code.
#   after: |
#    `grep -E "google_authenticator|oath|duo|u2f|yubico" /etc/pam.d/sshd` prints the rule on
#    the trial system; a login asks for a code, and one with a wrong code is refused.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=security.pam.services._name_.googleAuthenticator
#   - https://man.openbsd.org/sshd_config#AuthenticationMethods
package rules.users.second_factor

import data.lib.sshd
import data.rules.users.one_time_codes

_modules := {
	"pam_google_authenticator.so", "pam_oath.so", "pam_duo.so", "pam_u2f.so", "pam_yubico.so", "pam_radius_auth.so", "pam_otpw.so",
}

_rules[sprintf("/config_files/%d/properties/%d", [i, j])] := module if {
	some i, f in input.config_files
	f.path in {"/etc/pam.d/sshd", "/etc/pam.d/common-auth"}
	some j, p in f.properties
	not sprintf("/config_files/%d/properties/%d", [i, j]) in one_time_codes.kept
	words := split(p.key, " ")
	trim_left(words[0], "-") == "auth"
	parts := split(words[count(words) - 1], "/")
	module := parts[count(parts) - 1]
	module in _modules
}

_methods := sshd.value("authenticationmethods") if {
	sshd.value("authenticationmethods")
} else := "none"

findings contains {"at": sort(object.keys(_rules)), "vars": {
	"modules": concat(", ", sort({m | some m in _rules})),
	"methods": _methods,
}} if {
	count(_rules) > 0
}
