# METADATA
# scope: package
# title: The ssh server
# description: |
#  Takes over sshd_config line by line with types that NixOS checks; of a
#  keyword that repeats, the line that sshd takes. PVE lets root in with a
#  password, NixOS does not, so the line decides who can still reach the
#  host. Public keys are copied to where NixOS looks for them without
#  /etc/pve.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.openssh.settings
#   - https://man.openbsd.org/sshd_config
package rules.users.sshd

import data.lib.accounts
import data.lib.facts
import data.lib.sshd

_installed := facts.packages["openssh-server"]

settings contains {"at": [_installed.at], "option": ["services", "openssh", "enable"], "value": true} if _installed

settings contains {"at": sshd.at(key), "option": ["services", "openssh", "settings", sshd.settings[key][0]], "value": value} if {
	_installed
	some key, _ in sshd.by_key
	value := sshd.typed(sshd.settings[key][1], sshd.value(key))
}

# Debian's own default is the one of NixOS; without a line nothing is said.
settings contains {"at": sshd.at("port"), "option": ["services", "openssh", "ports"], "value": ports} if {
	_installed
	ports := [to_number(l.value) |
		some l in sshd.by_key.port
		regex.match(`^[1-9][0-9]{0,4}$`, l.value)
		to_number(l.value) < 65536
	]
	count(ports) == count(sshd.by_key.port)
}

settings contains {"at": sshd.at("listenaddress"), "option": ["services", "openssh", "listenAddresses"], "value": [{"addr": l.value} | some l in sshd.by_key.listenaddress]} if {
	_installed
	every l in sshd.by_key.listenaddress { regex.match(`^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$`, l.value) }
	count(sshd.by_key.listenaddress) > 0
}

# sshd of NixOS does not wait for addresses, and stays away from those that are
# not there when it starts: nobody could log in on them until it is restarted.
settings contains {"at": sshd.at("listenaddress"), "option": ["boot", "kernel", "sysctl", key], "value": 1} if {
	_installed
	some l in sshd.by_key.listenaddress
	key := {true: "net.ipv6.ip_nonlocal_bind", false: "net.ipv4.ip_nonlocal_bind"}[contains(l.value, ":")]
}

settings contains {"at": sshd.at("authorizedkeysfile"), "option": ["services", "openssh", "authorizedKeysFiles"], "value": files} if {
	_installed
	files := regex.split(`\s+`, trim_space(sshd.value("authorizedkeysfile")))
	every file in files { regex.match(`^[A-Za-z0-9_./%~-]+$`, file) }
}

settings contains {"at": sshd.at("subsystem"), "option": ["services", "openssh", "sftpServerExecutable"], "value": "internal-sftp"} if {
	_installed
	regex.match(`^sftp\s+internal-sftp$`, sshd.value("subsystem"))
}

# proxmox-nixos sets this one for the tools of the cluster.
settings contains {"at": sshd.at("acceptenv"), "option": ["services", "openssh", "settings", "AcceptEnv"], "value": {"_mkForce": words}} if {
	_installed
	words := regex.replace(trim_space(concat(" ", [l.value | some l in sshd.by_key.acceptenv])), `\s+`, " ")
	words != "LANG LC_*"
	regex.match(`^[A-Za-z0-9_* ]+$`, words)
}

_key_files[file] contains i if {
	some i, key in input.system.authorized_keys
	file := regex.replace(key.source, `:[0-9]+$`, "")
	facts.plain_path(file)
}

_owner[file] := input.system.authorized_keys[min(indexes)].user if some file, indexes in _key_files

# sshd of NixOS reads this directory besides the home directories.
_first[user] := sort([file | some file, u in _owner; u == user])[0] if {
	some user in {u | some u in _owner}
	_may_have(user)
}

_may_have("root")

_may_have(user) if user in accounts.logins

carries contains {
	"at": sort([sprintf("/system/authorized_keys/%d", [i]) | some i in _key_files[file]]),
	"path": file,
	"to": sprintf("/etc/ssh/authorized_keys.d/%s", [user]),
	"mode": "0444",
	"secret": false,
} if {
	some user, file in _first
}
