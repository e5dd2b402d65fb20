package rules.users.ssh_port_test

import data.rules.users.ssh_port

_host(ports, nodes) := {
	"cluster": {"nodes": nodes},
	"system": {"sshd": [{"key": "Port", "value": p, "source": sprintf("/etc/ssh/sshd_config:%d", [i + 1])} | some i, p in ports]},
}

_two := [{"name": "pve1"}, {"name": "pve2"}]

test_fires_on_another_port_in_a_cluster if {
	ssh_port.findings == {{"at": ["/system/sshd/0"], "vars": {"ports": "2222"}}} with input as _host(["2222"], _two)
}

test_silent_with_22_and_on_a_single_host if {
	count(ssh_port.findings) == 0 with input as _host(["2222", "22"], _two)
	count(ssh_port.findings) == 0 with input as _host(["2222"], [{"name": "pve1"}])
}
