package rules.conversion.ceph_newer_test

import data.rules.conversion.ceph_newer

_vars(versions, daemons, packages) := x if {
	x := {i.vars | some i in ceph_newer.inhibits} with input as {"storage": {"ceph": {"versions": versions, "daemons": daemons}}, "packages": packages}
		with data.release as "25.05"
		with data.catalog as {"releases": {"25.05": {"cephMajor": 19}}}
}

_reef := [{"name": "ceph-base", "status": "installed", "version": "18.2.7-pve1"}]

test_fires_on_an_older_cluster if {
	_vars([{"daemon": "mon", "version": "19.2.3"}, {"daemon": "osd", "version": "18.2.7"}], ["osd.0"], []) == {{"release": "25.05", "target": 19, "current": 18}}
}

test_the_package_tells_where_the_cluster_does_not if {
	_vars([], ["osd.0"], _reef) == {{"release": "25.05", "target": 19, "current": 18}}
}

test_silent_on_the_same_major_and_on_a_newer_one if {
	_vars([{"daemon": "mon", "version": "19.2.3"}], ["osd.0"], _reef) == set()
	_vars([{"daemon": "mon", "version": "20.2.0"}], ["osd.0"], []) == set()
}

test_silent_on_a_client_of_ceph if {
	_vars([], [], _reef) == set()
}
