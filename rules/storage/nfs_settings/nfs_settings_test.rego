package rules.storage.nfs_settings_test

import data.rules.storage.nfs_settings

_host(path, lines) := {
	"packages": [{"name": "nfs-common", "version": "1:2.6.2-4", "architecture": "amd64", "status": "installed"}],
	"config_files": [{"path": path, "properties": [{"key": k, "value": v} | some [k, v] in lines]}],
}

test_words_to_the_server_are_settings if {
	nfs_settings.settings == {
		{"at": ["/config_files/0/properties/0", "/config_files/0/properties/2"], "option": ["services", "nfs", "settings"], "value": {"nfsd": {"threads": "32"}}},
		{"at": ["/config_files/0/properties/1"], "option": ["services", "nfs", "settings"], "value": {"mountd": {"port": "32767"}}},
	} with input as _host("/etc/nfs.conf", [["nfsd.threads", "16"], ["mountd.port", "32767"], ["nfsd.threads", "32"]])
	{b.bridge | some b in nfs_settings.bridges} == {"storage"} with input as _host("/etc/nfs.conf", [["nfsd.threads", "16"]])
}

test_words_to_mounts_stay_a_file if {
	nfs_settings.settings == {{"at": ["/config_files/0/properties/0", "/config_files/0/properties/1"], "option": ["environment", "etc", "nfsmount.conf", "text"], "value": "[ NFSMount_Global_Options ]\nNfsvers=4.2\n[ Server \"nas.example.net\" ]\nSoft=True\n"}} with input as _host("/etc/nfsmount.conf", [["NFSMount_Global_Options.Nfsvers", "4.2"], [`Server "nas.example.net".Soft`, "True"]])
}

test_paths_of_debian_and_other_sections_are_left if {
	count(nfs_settings.settings) == 0 with input as _host("/etc/nfs.conf", [["general.pipefs-directory", "/run/rpc_pipefs"], ["nfsd.state", "/srv/state"], ["gssd.use-gss-proxy", "1"], ["nfsd.host", "$(reboot)"]])
	count(nfs_settings.settings) == 0 with input as _host("/etc/nfsmount.conf", [["NFSMount_Global_Options.Sec", "a b"], ["Other.Sec", "krb5"]])
	count(nfs_settings.settings) == 0 with input as object.union(_host("/etc/nfs.conf", [["nfsd.threads", "16"]]), {"packages": []})
}
