package lib.carriedscripts_test

import data.lib.carriedscripts

test_late_and_with_the_paths_of_debian if {
	"network-online.target" in carriedscripts.unit.after
	[["systemd", "tmpfiles", "rules"], ["L /sbin - - - - /usr/bin", "L /usr/sbin - - - - /usr/bin"]] in carriedscripts.paths
}
