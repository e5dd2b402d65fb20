# METADATA
# scope: package
# title: "Tokens of PVE's API only read: {tokens}"
# description: |
#  A service answers on port 8006 with the certificate that clients know, on the paths of
#  PVE's API, for holders of {tokens}. It reads alone: Terraform, autoscalers, backup programs
#  and scripts that start, stop or make guests get the error 501. Permissions, users and
#  tokens are those of the capture; a token that is made or withdrawn later counts only in the
#  carried file. Log-ins by password are refused, so nobody signs in with a browser.
# custom:
#  id: PVE-API-009
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: API tokens
#  equivalent: systemd.services.pve2nix-api
#  account: none
#  bridge: api
#  workaround: |
#   Find out what each token does: the access log /var/log/pveproxy/access.log names methods and
#   paths. What only sends GET goes on. What writes has to learn the API of Incus or libvirt.
#   Revoke tokens that nobody claims: take their lines out of /var/lib/pve2nix/api/token.cfg.
#   Without readers set systemd.services.pve2nix-api.enable to false.
#  test:
#   before: |
#    `curl -sk -H "Authorization: PVEAPIToken=USER@REALM!ID=SECRET" https://HOST:8006/api2/json/nodes`
#    prints the nodes on PVE.
#   after: |
#    `curl -sk -H "Authorization: PVEAPIToken=USER@REALM!ID=SECRET" https://HOST:8006/api2/json/nodes`
#    prints this node with status online on the trial system, and the same with `-X POST` prints
#    "not implemented".
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_VE_API
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens
#   - https://pve.proxmox.com/pve-docs/pveproxy.8.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Credentials
package rules.bridges.api

import data.lib.certificates
import data.lib.clock
import data.lib.companion
import data.lib.facts
import data.lib.guard
import data.lib.lines

# Tokens that let somebody in.
_tokens[sprintf("/access/tokens/%d", [i])] := t.id if {
	some i, t in input.access.tokens
	not _over(t)
	split(t.id, "!")[0] in _users
}

_users contains u.id if {
	some u in input.access.users
	u.enabled
	not _over(u)
}

_users contains "root@pam" if {
	every u in input.access.users {
		u.id != "root@pam"
	}
}

_over(t) if {
	t.expire > 0
	t.expire < clock.captured
}

# What clients are shown: the certificate of one's own goes before that of the cluster.
_certificate := certificates.web if {
	true
} else := certificates.node

_key := _default.TLS_KEY_FILE if {
	_certificate == certificates.web
	facts.plain_path(_default.TLS_KEY_FILE)
} else := sprintf("%s.key", [trim_suffix(_certificate.certificate.path, ".pem")])

_ready if {
	count(_tokens) > 0
	guard.host_label(input.host.name)
	_certificate
	not _unclear
	not _companion_serves
}

# The interface of PVE itself, where its owner wants that, has the port.
_companion_serves if {
	companion.exists
	companion.asked
}

# Who may reach pveproxy, as far as a unit of systemd can say the same.
_default[key] := trim(line.property.value, `"'`) if some key, line in lines.by_key("/etc/default/pveproxy")

# A name that is there twice.
_unclear if count(lines.files["/etc/default/pveproxy"].properties) != count(_default)

# Of an address that both lists have, and one that none has, the policy decides: what limits is a list of networks where the
# policy denies, and the same list where everything else is denied.
_limited if {
	_policy == "deny"
	_denied == ""
}

_limited if {
	_policy == "allow"
	_denied == "all"
}

_policy := object.get(_default, "POLICY", "allow")

_denied := object.get(_default, "DENY_FROM", "")

_unclear if {
	_denied != ""
	not _limited
}

_unclear if {
	_limited
	count(_networks) != count(_allowed)
}

_unclear if not _policy in {"allow", "deny"}

_unclear if {
	_default.LISTEN_IP
	not _listen
}

_allowed := [trim_space(text) | some text in split(object.get(_default, "ALLOW_FROM", ""), ","); trim_space(text) != ""]

_networks := [text | some text in _allowed; regex.match(`^([0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(/[0-9]{1,3})?)$`, text)]

_limits := {"IPAddressAllow": array.concat(["localhost"], _networks), "IPAddressDeny": "any"} if {
	_limited
} else := {}

_listen := sprintf("%s:8006", [_default.LISTEN_IP]) if {
	regex.match(`^[0-9]{1,3}(\.[0-9]{1,3}){3}$`, _default.LISTEN_IP)
} else := sprintf("[%s]:8006", [_default.LISTEN_IP]) if {
	regex.match(`^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$`, _default.LISTEN_IP)
} else := ":8006" if {
	not _default.LISTEN_IP
}

_folder := "/var/lib/pve2nix/api"

_guard := "/var/lib/pve2nix/guard"

_files := {
	"certificate": {"path": _certificate.certificate.path, "to": sprintf("%s/certificate.pem", [_folder])},
	"key": {"path": _key, "to": sprintf("%s/key.pem", [_folder])},
	"tokens": {"path": "/etc/pve/priv/token.cfg", "to": sprintf("%s/token.cfg", [_folder])},
}

_at := sort(object.keys(_tokens))

carries contains {"at": _at, "path": file.path, "to": file.to, "mode": "0600", "secret": true} if {
	_ready
	some file in _files
}

_managers := {
	"incus": {"after": ["incus.service"], "wants": ["incus.service"], "serviceConfig": {"SupplementaryGroups": ["incus-admin"]}},
	"libvirt": {"after": ["libvirtd.socket", "libvirtd-ro.socket"], "wants": ["libvirtd-ro.socket"], "serviceConfig": {}},
}

_manager := _managers[data.target]

# The program and the capture lie in a folder that only root may enter: the program is bound, the capture opened by systemd.
_service := object.union_n([
	{
		"Type": "notify",
		"ExecStart": concat(" ", ["/run/pve2nix-api/pve2nix api --snapshot - --target", data.target, "--listen", _listen]),
		"BindReadOnlyPaths": [sprintf("%s/pve2nix:/run/pve2nix-api/pve2nix", [_guard])],
		"StandardInput": sprintf("file:%s/snapshot.json", [_guard]),
		"StandardOutput": "journal",
		"LoadCredential": [sprintf("%s:%s", [name, _files[name].to]) | some name in ["certificate", "key", "tokens"]],
		"Restart": "always",
		"RestartSec": 5,
		"DynamicUser": true,
		"CapabilityBoundingSet": "",
		"LockPersonality": true,
		"MemoryDenyWriteExecute": true,
		"MemoryMax": "512M",
		"NoNewPrivileges": true,
		"PrivateDevices": true,
		"PrivateTmp": true,
		"ProtectClock": true,
		"ProtectControlGroups": true,
		"ProtectHome": "read-only",
		"ProtectHostname": true,
		"ProtectKernelLogs": true,
		"ProtectKernelModules": true,
		"ProtectKernelTunables": true,
		"ProtectSystem": "strict",
		"RestrictAddressFamilies": ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"],
		"RestrictNamespaces": true,
		"RestrictRealtime": true,
		"RestrictSUIDSGID": true,
		"SystemCallArchitectures": "native",
		"SystemCallFilter": ["@system-service", "~@privileged"],
		"TasksMax": 128,
		"UMask": "0077",
	},
	_limits,
	_manager.serviceConfig,
])

_set(path, value) := {"at": _at, "option": array.concat(["systemd"], path), "value": value}

settings contains _set(array.concat(["services", "pve2nix-api"], path), value) if {
	_ready
	some [path, value] in [
		[["description"], "PVE's API for reading"],
		[["wantedBy"], ["multi-user.target"]],
		[["after"], array.concat(["network.target"], _manager.after)],
		[["wants"], _manager.wants],
		[["unitConfig"], {"ConditionPathExists": array.concat(
			[sprintf("%s/%s", [_guard, name]) | some name in ["pve2nix", "snapshot.json"]],
			[_files[name].to | some name in ["certificate", "key", "tokens"]],
		)}],
		[["serviceConfig"], _service],
	]
}

# Credentials are copies of the start: a certificate that was renewed and a token that was withdrawn start the service anew.
settings contains _set(array.concat([kind, name], path), value) if {
	_ready
	some [kind, name, path, value] in [
		["paths", "pve2nix-api-files", ["description"], "Certificate and tokens of PVE's API"],
		["paths", "pve2nix-api-files", ["wantedBy"], ["multi-user.target"]],
		["paths", "pve2nix-api-files", ["pathConfig"], {"PathChanged": [_files[part].to | some part in ["certificate", "key", "tokens"]], "Unit": "pve2nix-api-restart.service"}],
		["services", "pve2nix-api-restart", ["description"], "New start of PVE's API for reading"],
		["services", "pve2nix-api-restart", ["serviceConfig"], {
			"Type": "oneshot",
			"ExecStart": {"_concat": [{"_ref": ["config", "systemd", "package"]}, "/bin/systemctl --no-block try-restart pve2nix-api.service"]},
		}],
	]
}

# What pve-firewall lets in has rules of its own, which hold beside these.
settings contains {"at": _at, "option": ["networking", "firewall", "allowedTCPPorts"], "value": [8006]} if _ready

bridges contains {"at": _at, "bridge": "api", "params": {"port": 8006, "listen": _listen}} if _ready

checks contains {"at": _at, "check": check.check, "params": check.params, "required": false} if {
	_ready
	some check in [
		{"check": "unit-active", "params": {"unit": "pve2nix-api.service"}},
		{"check": "port-listening", "params": {"port": 8006}},
	]
}

findings contains {"at": _at, "vars": {"tokens": concat(", ", sort([id | some id in _tokens]))}} if _ready
