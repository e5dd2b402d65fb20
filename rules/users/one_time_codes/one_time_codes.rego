# METADATA
# scope: package
# title: One-time codes at sshd
# description: |
#  PAM of sshd asks for the code of google-authenticator as before: of those who have
#  a secret in their home directory, because the line says nullok. Without the word
#  nothing is set: whose file is not there yet would be locked out. The secret of root
#  is carried where it is known; those of others come with their homes. Logins with a key
#  are as before.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=security.pam.services._name_.googleAuthenticator.enable
#   - https://github.com/google/google-authenticator-libpam
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/security/pam.nix
package rules.users.one_time_codes

import data.lib.facts

_module := "pam_google_authenticator.so"

_included if {
	some f in input.config_files
	f.path == "/etc/pam.d/sshd"
	some p in f.properties
	p.key == "@include"
	p.value == "common-auth"
}

_asks("/etc/pam.d/sshd")

_asks("/etc/pam.d/common-auth") if _included

# All lines of sshd with the module; a second one, or one with other words, is not this.
_lines[at] := p.value if {
	some i, f in input.config_files
	_asks(f.path)
	some j, p in f.properties
	_of_module(p.key)
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

_of_module(key) if {
	words := split(key, " ")
	words[0] == "auth"
	parts := split(words[count(words) - 1], "/")
	parts[count(parts) - 1] == _module
}

# METADATA
# title: Rules of PAM that are kept
kept contains at if {
	count(_lines) == 1
	some at, value in _lines
	regex.match(`^(required|requisite) nullok$`, value)
	facts.packages["libpam-google-authenticator"]
}

_at := sort(kept | {facts.packages["libpam-google-authenticator"].at})

settings contains {"at": _at, "option": array.concat(["security", "pam", "services", "sshd"], path), "value": value} if {
	count(kept) > 0
	some [path, value] in [
		[["googleAuthenticator", "enable"], true],
		[["rules"], {"auth": {"google_authenticator": {"settings": {"nullok": true}}}}],
	]
}

carries contains {"at": [sprintf("/local_files/%d", [i])], "path": "/root/.google_authenticator", "to": "/root/.google_authenticator", "mode": "0400", "secret": true} if {
	count(kept) > 0
	some i, f in input.local_files
	f.path == "/root/.google_authenticator"
	f.kind == "file"
}
