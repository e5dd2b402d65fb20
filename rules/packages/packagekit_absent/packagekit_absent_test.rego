package rules.packages.packagekit_absent_test

import data.rules.packages.packagekit_absent

_host(mode, source) := {
	"capture": {"mode": mode, "areas": [{"name": "packages", "source": source, "status": "known"}]},
	"problems": [{"area": "units", "source": "x"}, {"area": "packages", "source": "PackageKit"}],
}

test_fires_on_a_live_host_without_the_service if {
	packagekit_absent.findings == {{"at": ["/problems/1"], "vars": {}}} with input as _host("live", "dpkg-status")
}

test_silent_where_it_answered if {
	count(packagekit_absent.findings) == 0 with input as _host("live", "packagekit")
}

test_silent_on_a_tree_of_files_which_has_no_services if {
	count(packagekit_absent.findings) == 0 with input as _host("root", "dpkg-status")
}
