# METADATA
# scope: package
# title: Identity and keys of the host
# description: |
#  Copies the machine id and the host keys of ssh to the new root, so that
#  journals, DHCP leases and the known hosts of all peers still fit.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
#   - https://man.openbsd.org/sshd.8
package rules.system.state_files

import data.lib.facts

carries contains {"at": ["/host/machine_id"], "path": "/etc/machine-id", "to": "/etc/machine-id", "mode": "0444", "secret": false} if {
	regex.match(`^[0-9a-f]{32}$`, input.host.machine_id)
}

# Debian's package makes these three on installation.
_keys := ["rsa", "ecdsa", "ed25519"]

carries contains {
	"at": [facts.packages["openssh-server"].at],
	"path": sprintf("/etc/ssh/ssh_host_%s_key%s", [kind, half.end]),
	"to": sprintf("/etc/ssh/ssh_host_%s_key%s", [kind, half.end]),
	"mode": half.mode,
	"secret": half.secret,
} if {
	some kind in _keys
	some half in [{"end": "", "mode": "0600", "secret": true}, {"end": ".pub", "mode": "0644", "secret": false}]
	facts.packages["openssh-server"]
}

# NixOS offers RSA and Ed25519 only; peers may know the third.
settings contains {"at": [facts.packages["openssh-server"].at], "option": ["services", "openssh", "hostKeys"], "value": [
	{"type": "rsa", "bits": 4096, "path": "/etc/ssh/ssh_host_rsa_key"},
	{"type": "ecdsa", "path": "/etc/ssh/ssh_host_ecdsa_key"},
	{"type": "ed25519", "path": "/etc/ssh/ssh_host_ed25519_key"},
]} if {
	facts.packages["openssh-server"]
}

# Without it the host is a new machine of its tailnet, and nobody reaches it there.
carries contains {"at": [], "path": path, "to": path, "mode": "0700", "secret": true} if {
	"tailscaled.service" in facts.in_use
	path := "/var/lib/tailscale"
}
