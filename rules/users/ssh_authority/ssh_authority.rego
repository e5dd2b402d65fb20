# METADATA
# scope: package
# title: Certificates of people at sshd
# description: |
#  The public keys of the authority that signs people's keys are carried to the same
#  path, and sshd trusts them as before. A certificate opens the account whose name is
#  one of its principals, which is what sshd does where nothing else is said: with a
#  file of principals, a program for them or a list of revoked keys nothing is done,
#  because without these a certificate would open more than before.
# custom:
#  sources:
#   - https://man.openbsd.org/sshd_config#TrustedUserCAKeys
#   - https://search.nixos.org/options?query=services.openssh.settings
package rules.users.ssh_authority

import data.lib.facts
import data.lib.sshd

_file := trim_space(sshd.value("trustedusercakeys"))

# Of a file that the capture has not seen nothing is said.
_there := [sprintf("/local_files/%d", [i]) |
	some i, f in input.local_files
	f.path == _file
	f.kind == "file"
	f.state == "local"
][0]

_limits := {"authorizedprincipalscommand", "authorizedprincipalsfile", "revokedkeys"}

_limited if {
	some key in _limits
	lower(sshd.value(key)) != "none"
}

# A line below Match is for some people or addresses alone.
_limited if {
	some l in sshd.lines
	some key in (_limits | {"trustedusercakeys"})
	startswith(l.key, "match/")
	endswith(l.key, concat("", ["/", key]))
}

# METADATA
# title: Keywords that are kept whole
kept contains "trustedusercakeys" if {
	facts.packages["openssh-server"]
	regex.match(`^/etc/ssh/[A-Za-z0-9][A-Za-z0-9_.-]*$`, _file)
	_there
	not _limited
}

settings contains {"at": sshd.at(key), "option": ["services", "openssh", "settings", "TrustedUserCAKeys"], "value": _file} if some key in kept

carries contains {"at": [_there], "path": _file, "to": _file, "mode": "0644", "secret": false} if count(kept) > 0
