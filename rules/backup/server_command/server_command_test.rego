package rules.backup.server_command_test

import data.rules.backup.server_command

_host(properties) := {
	"host": {"name": "pve1"},
	"packages": [{"name": "proxmox-backup-file-restore", "version": "3.3.2-1", "architecture": "amd64", "status": "installed"}],
	"storage": {"storages": [
		{"type": "pbs", "id": "vault", "properties": [{"key": k, "value": v, "fields": []} | some [k, v] in properties]},
		{"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz", "fields": []}]},
	]},
}

_whole := [["server", "pbs.example.net"], ["datastore", "home"], ["username", "hl1@pbs!backup"], ["namespace", "hl1/a"], ["fingerprint", concat(":", ["9a" | some _ in numbers.range(1, 32)])], ["encryption-key", "1f:0a"]]

_text(host) := min({s.value | some s in settings; s.option == ["environment", "etc", "backup-servers/vault", "text"]}) if {
	settings := server_command.settings with input as host with data.target as "libvirt"
}

test_the_client_is_told_all_that_pve_told_it if {
	text := _text(_host(_whole))
	every part in ["#!/bin/sh\n", "export PBS_REPOSITORY='hl1@pbs!backup@pbs.example.net:8007:home'\n", "export PBS_PASSWORD_FILE='/var/lib/pve2nix/etc/pve/priv/storage/vault.pw'\n", "export PBS_FINGERPRINT='9a:", "prune)\n  set -- \"$@\" --ns 'hl1/a'\n", " --ns 'hl1/a' --keyfile '/var/lib/pve2nix/etc/pve/priv/storage/vault.enc'\n", "exec proxmox-backup-client \"$@\"\n"] {
		contains(text, part)
	}
	{c.path | some c in server_command.carries} == {"/etc/pve/priv/storage/vault.pw", "/etc/pve/priv/storage/vault.enc"} with input as _host(_whole) with data.target as "libvirt"
	{b.params.command | some b in server_command.bridges; "/packages/0" in b.at} == {"/etc/backup-servers/vault"} with input as _host(_whole) with data.target as "libvirt"
}

test_one_without_key_or_namespace if {
	text := _text(_host([["server", "2001:db8::7"], ["datastore", "home"]]))
	contains(text, "export PBS_REPOSITORY='root@pam@[2001:db8::7]:8007:home'\n")
	not contains(text, "--ns")
	not contains(text, "--keyfile")
}

# The database shows the secrets as before.
test_on_proxmox_nothing_is_copied if {
	count(server_command.carries) == 0 with input as _host(_whole) with data.target as "proxmox"
	count(server_command.bridges) == 1 with input as _host(_whole) with data.target as "proxmox"
}

test_words_that_the_shell_would_read_are_refused if {
	every properties in [[["server", "a'b"], ["datastore", "home"]], [["server", "pbs"], ["datastore", "x'; reboot; '"]], [["server", "pbs"], ["datastore", "home"], ["namespace", "$(reboot)"]], [["server", "pbs"], ["datastore", "home"], ["disable", "1"]]] {
		(count(server_command.settings) + count(server_command.bridges)) + count(server_command.carries) == 0 with input as _host(properties) with data.target as "libvirt"
	}
}
