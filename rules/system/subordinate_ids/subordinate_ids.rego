# METADATA
# scope: package
# title: Subordinate ids of containers
# description: |
#  Takes over /etc/subuid and /etc/subgid with the same numbers. Files of
#  unprivileged containers belong to these ids on the disk; with others,
#  containers do not start or see files of nobody.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=subUidRanges
#   - https://pve.proxmox.com/wiki/Unprivileged_LXC_containers
package rules.system.subordinate_ids

import data.lib.accounts

_kinds := {"uid": ["subUidRanges", "startUid"], "gid": ["subGidRanges", "startGid"]}

settings contains {
	"at": [sprintf("/system/subordinate/%d", [i])],
	"option": ["users", "users", login, _kinds[p.key][0]],
	"value": [{_kinds[p.key][1]: to_number(start), "count": to_number(length)}],
} if {
	some i, p in input.system.subordinate
	[login, start, length] := split(p.value, ":")
	_known(login)
	regex.match(`^[1-9][0-9]{0,9}$`, start)
	regex.match(`^[1-9][0-9]{0,9}$`, length)
}

_known("root")

_known(login) if login in accounts.logins
