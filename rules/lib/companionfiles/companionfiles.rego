# METADATA
# title: Files of services that run in the companion
# description: |
#  What a monitoring agent or another service of the companion reads lies in the clone of the old
#  root, where it reads it as before: settings, plugins and scripts.
package lib.companionfiles

import data.lib.companion

# Beginning of a unit's name → where its files begin
_folders := {
	"check-mk-agent": ["/etc/check_mk/", "/etc/default/check-mk", "/usr/lib/check_mk_agent/"],
	"cmk-agent-ctl-daemon": ["/etc/check_mk/"],
	"collectd": ["/etc/collectd/", "/etc/default/collectd"],
	"munin-node": ["/etc/munin/"],
	"nagios-nrpe-server": ["/etc/nagios/", "/etc/default/nagios-nrpe"],
}

_read contains folder if {
	companion.exists
	some u in companion.units
	some folder in _folders[u.prefix]
}

_found contains sprintf("/config_files/%d", [i]) if {
	some i, f in input.config_files
	some folder in _read
	startswith(f.path, folder)
}

_found contains sprintf("/local_files/%d", [i]) if {
	some i, f in input.local_files
	some folder in _read
	startswith(f.path, folder)
}

# METADATA
# title: Facts of the files
at := sort(_found)
