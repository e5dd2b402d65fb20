package rules.bridges.api_test

import data.rules.bridges.api

_capture := {"time": "2026-01-01T00:00:00Z", "areas": []}

_certificate(name) := {"path": sprintf("/etc/pve/nodes/pve1/%s", [name])}

_host(tokens, users, certificates, lines) := {
	"capture": _capture,
	"host": {"name": "pve1"},
	"access": {"tokens": tokens, "users": users},
	"certificates": [_certificate(name) | some name in certificates],
	"config_files": [{"path": "/etc/default/pveproxy", "properties": [{"key": line[0], "value": line[1], "fields": []} | some line in lines]}],
	"cluster": {"nodes": []},
}

_user(id) := {"id": id, "enabled": true, "expire": 0}

_token := {"id": "mon@pve!x", "expire": 0}

_plain := _host([_token], [_user("mon@pve")], ["pve-ssl.pem"], [])

_option(host, target, path) := {s.value | some s in list; s.option == path} if {
	list := api.settings with input as host with data.target as target
}

_service(host, target) := service if {
	some service in _option(host, target, ["systemd", "services", "pve2nix-api", "serviceConfig"])
}

test_serves_the_holders_of_tokens if {
	service := _service(_plain, "incus")
	service.ExecStart == "/run/pve2nix-api/pve2nix api --snapshot - --target incus --listen :8006"
	service.LoadCredential == [
		"certificate:/var/lib/pve2nix/api/certificate.pem",
		"key:/var/lib/pve2nix/api/key.pem",
		"tokens:/var/lib/pve2nix/api/token.cfg",
	]
	service.StandardInput == "file:/var/lib/pve2nix/guard/snapshot.json"
	service.DynamicUser
	service.ProtectSystem == "strict"
	service.SupplementaryGroups == ["incus-admin"]
	not service.IPAddressAllow
	_option(_plain, "incus", ["networking", "firewall", "allowedTCPPorts"]) == {[8006]}
	_option(_plain, "incus", ["systemd", "paths", "pve2nix-api-files", "pathConfig"]) == {{
		"PathChanged": ["/var/lib/pve2nix/api/certificate.pem", "/var/lib/pve2nix/api/key.pem", "/var/lib/pve2nix/api/token.cfg"],
		"Unit": "pve2nix-api-restart.service",
	}}
	api.findings == {{"at": ["/access/tokens/0"], "vars": {"tokens": "mon@pve!x"}}} with input as _plain with data.target as "incus"
	api.bridges == {{"at": ["/access/tokens/0"], "bridge": "api", "params": {"port": 8006, "listen": ":8006"}}} with input as _plain with data.target as "incus"
	checks := api.checks with input as _plain with data.target as "incus"
	{c.check | some c in checks} == {"port-listening", "unit-active"}
}

# The socket of libvirt for readers needs no group.
test_is_in_no_group_of_libvirt if {
	service := _service(_plain, "libvirt")
	not service.SupplementaryGroups
	contains(service.ExecStart, "--target libvirt")
	_option(_plain, "libvirt", ["systemd", "services", "pve2nix-api", "after"]) == {["network.target", "libvirtd.socket", "libvirtd-ro.socket"]}
	_option(_plain, "libvirt", ["systemd", "services", "pve2nix-api", "wants"]) == {["libvirtd-ro.socket"]}
}

_paths(host) := {c.path | some c in carries; c.secret} if {
	carries := api.carries with input as host with data.target as "incus"
}

test_carries_the_certificate_of_the_cluster if {
	_paths(_plain) == {"/etc/pve/nodes/pve1/pve-ssl.pem", "/etc/pve/nodes/pve1/pve-ssl.key", "/etc/pve/priv/token.cfg"}
}

test_carries_the_certificate_that_clients_see if {
	host := _host([_token], [_user("mon@pve")], ["pve-ssl.pem", "pveproxy-ssl.pem"], [])
	_paths(host) == {"/etc/pve/nodes/pve1/pveproxy-ssl.pem", "/etc/pve/nodes/pve1/pveproxy-ssl.key", "/etc/pve/priv/token.cfg"}
}

_silent(host) if {
	count(api.settings) == 0 with input as host with data.target as "incus"
	count(api.carries) == 0 with input as host with data.target as "incus"
	count(api.findings) == 0 with input as host with data.target as "incus"
	count(api.bridges) == 0 with input as host with data.target as "incus"
	count(api.checks) == 0 with input as host with data.target as "incus"
}

test_silent_without_tokens if _silent(_host([], [_user("mon@pve")], ["pve-ssl.pem"], []))

test_silent_on_a_token_that_is_over if _silent(_host([object.union(_token, {"expire": 1700000000})], [_user("mon@pve")], ["pve-ssl.pem"], []))

test_silent_on_a_token_of_a_disabled_user if _silent(_host([_token], [object.union(_user("mon@pve"), {"enabled": false})], ["pve-ssl.pem"], []))

test_silent_on_a_token_of_nobody if _silent(_host([_token], [], ["pve-ssl.pem"], []))

test_silent_without_a_certificate if _silent(_host([_token], [_user("mon@pve")], ["pveproxy-ssl.key"], []))

test_root_need_not_be_listed if {
	host := _host([{"id": "root@pam!x", "expire": 0}], [], ["pve-ssl.pem"], [])
	count(api.bridges) == 1 with input as host with data.target as "incus"
}

_limited(lines) := _host([_token], [_user("mon@pve")], ["pve-ssl.pem"], lines)

test_keeps_who_may_connect if {
	service := _service(_limited([["ALLOW_FROM", `"192.0.2.0/24,2001:db8::/32, 198.51.100.7"`], ["POLICY", `"deny"`]]), "incus")
	service.IPAddressAllow == ["localhost", "192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]
	service.IPAddressDeny == "any"
}

test_keeps_the_usual_limits if {
	service := _service(_limited([["ALLOW_FROM", "192.0.2.0/24"], ["DENY_FROM", "all"], ["POLICY", "allow"]]), "incus")
	service.IPAddressAllow == ["localhost", "192.0.2.0/24"]
	_service(_limited([["ALLOW_FROM", "192.0.2.0/24"], ["DENY_FROM", "all"]]), "incus") == service
}

test_carries_a_key_that_lies_elsewhere if {
	host := _host([_token], [_user("mon@pve")], ["pveproxy-ssl.pem"], [["TLS_KEY_FILE", "/etc/ssl/private/wild.key"]])
	"/etc/ssl/private/wild.key" in _paths(host)
	of_cluster := _host([_token], [_user("mon@pve")], ["pve-ssl.pem"], [["TLS_KEY_FILE", "/etc/ssl/private/wild.key"]])
	"/etc/pve/nodes/pve1/pve-ssl.key" in _paths(of_cluster)
}

# Without the policy deny PVE lets everybody in whom nothing names.
test_allowed_networks_alone_limit_nothing if not _service(_limited([["ALLOW_FROM", "192.0.2.0/24"]]), "incus").IPAddressAllow

test_listens_where_pveproxy_did if {
	contains(_service(_limited([["LISTEN_IP", `"192.0.2.1"`]]), "incus").ExecStart, "--listen 192.0.2.1:8006")
	contains(_service(_limited([["LISTEN_IP", "2001:db8::1"]]), "incus").ExecStart, "--listen [2001:db8::1]:8006")
}

# What cannot be kept must not be opened.
test_silent_where_limits_cannot_be_kept if {
	every lines in [
		[["DENY_FROM", "192.0.2.1"]],
		[["ALLOW_FROM", "192.0.2.1-192.0.2.9"], ["POLICY", "deny"]],
		[["ALLOW_FROM", "192.0.2.0/24"], ["DENY_FROM", "all"], ["POLICY", "deny"]],
		[["POLICY", "perhaps"]],
		[["LISTEN_IP", "name; rm"]],
		[["LISTEN_IP", "192.0.2.1"], ["LISTEN_IP", "192.0.2.2"]],
	] {
		_silent(_limited(lines))
	}
}

test_leaves_the_port_to_the_companion if {
	settings := api.settings with input as _plain with data.target as "incus" with data.lib.companion.exists as true with data.lib.companion.asked as true
	settings == set()
	others := api.settings with input as _plain with data.target as "incus" with data.lib.companion.exists as true
	others != set()
}
