package rules.mail.aliases_test

import data.rules.mail.aliases

_host(lines) := {
	"packages": [{"name": "postfix", "status": "installed"}],
	"units": [{"name": "postfix.service", "active_state": "active", "file_state": "enabled"}],
	"system": {"mail": [{"key": "myhostname", "value": "a"}, {"key": "alias_maps", "value": "hash:/etc/aliases"}]},
	"config_files": [{"path": "/etc/aliases", "properties": [{"key": l[0], "value": l[1]} | some l in lines]}],
}

_options(lines) := x if x := {concat(".", s.option): s | some s in aliases.settings} with input as _host(lines)

test_mail_of_root_goes_where_it_went if {
	options := _options([["postmaster", "root"], ["root", "ops@example.org, second@example.org"]])
	options["services.postfix.rootAlias"] == {"at": ["/config_files/0/properties/1"], "option": ["services", "postfix", "rootAlias"], "value": "ops@example.org, second@example.org"}
	options["services.postfix.enable"].at == ["/system/mail/1"]
	not options["services.postfix.extraAliases"]
}

test_own_aliases_are_kept_in_order if {
	options := _options([["ups", "ops@example.org"], ["abuse", "root"], ["backup", "b@example.org"]])
	options["services.postfix.extraAliases"].value == "ups: ops@example.org\nbackup: b@example.org\n"
	options["services.postfix.extraAliases"].at == ["/config_files/0/properties/0", "/config_files/0/properties/2"]
}

test_programs_and_files_are_left if {
	count(_options([["ticket", "|/usr/local/bin/ticket"], ["all", ":include:/etc/all"], ["log", "/var/log/mail.txt"], ["x\ny", "a@b"]])) == 0
}

test_silent_without_postfix if {
	count(aliases.settings) == 0 with input as object.union(_host([["root", "a@b"]]), {"packages": [{"name": "exim4", "status": "installed"}]})
}

test_notifications_get_no_mail_of_a_root_that_is_somebody_else if {
	host := object.union(_host([["root", "ops@example.org"]]), {"packages": [{"name": "postfix", "status": "installed"}, {"name": "proxmox-mail-forward", "status": "installed"}]})
	{s.at | some s in aliases.settings; s.option[2] == "rootAlias"} == {["/config_files/0/properties/0", "/packages/1"]} with input as host
}
