package rules.packages.held_test

import data.rules.packages.held

_host(held) := {"packages": [{"name": "pve-qemu-kvm", "version": "9.0.2-4", "status": "installed", "held": held}]}

test_fires_on_a_hold if {
	held.findings == {{"at": ["/packages/0"], "vars": {"names": "pve-qemu-kvm 9.0.2-4"}}} with input as _host(true)
}

test_silent_without if {
	count(held.findings) == 0 with input as _host(false)
}
