package rules.kernel.foreign_kernel_test

import data.rules.kernel.foreign_kernel

_releases := {"releases": {"25.11": {"kernel": "6.12"}}}

test_fires_on_another_kernel if {
	foreign_kernel.findings == {{
		"at": ["/host/kernel"],
		"vars": {"running": "6.14.2-x64v3-xanmod1", "series": "6.12", "release": "25.11"},
	}} with input as {"host": {"kernel": "6.14.2-x64v3-xanmod1"}} with data.catalog as _releases with data.release as "25.11"
}

test_silent_on_the_kernel_of_pve if {
	count(foreign_kernel.findings) == 0 with input as {"host": {"kernel": "6.8.12-11-pve"}} with data.catalog as _releases with data.release as "25.11"
}

test_silent_where_none_runs if {
	count(foreign_kernel.findings) == 0 with input as {"host": {}} with data.catalog as _releases with data.release as "25.11"
}
