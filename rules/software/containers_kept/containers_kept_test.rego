package rules.software.containers_kept_test

import data.rules.software.containers_kept

_host(engine, file) := {
	"storage": {"fstab": [{"spec": "/dev/sdb1", "file": file, "type": "ext4", "options": ["defaults"]}]},
	"system": {"containers": [{"engine": engine, "name": "db"}]},
	"config_files": [{"path": "/etc/docker/daemon.json", "properties": [{"key": "data-root", "value": "/srv/docker"}]}],
}

_options := {concat(".", s.option): s.value | some s in containers_kept.settings}

test_docker_on_a_file_system_of_its_own if {
	_options == {
		"virtualisation.docker.enable": true,
		"virtualisation.docker.enableOnBoot": true,
		"systemd.services.docker.unitConfig.RequiresMountsFor": ["/srv/docker"],
		"virtualisation.docker.daemon.settings.data-root": "/srv/docker",
	} with input as _host("docker", "/srv")
}

test_podman_with_what_starts_its_containers if {
	_options == {"virtualisation.podman.enable": true, "systemd.services.podman-restart.wantedBy": ["multi-user.target"]} with input as _host("podman", "/var/lib/containers")
}

test_none_on_the_root if {
	count(containers_kept.settings) == 0 with input as _host("docker", "/home")
	count(containers_kept.settings) == 0 with input as _host("podman", "/srv")
}
