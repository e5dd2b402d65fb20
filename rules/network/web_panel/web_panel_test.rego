package rules.network.web_panel_test

import data.lib.network_test
import data.rules.network.web_panel

_host := object.union(
	network_test.host({"interfaces": network_test.bridged}),
	{"packages": [{"name": "pve-manager", "version": "8.4.1", "arch": "all", "status": "installed", "auto": true}]},
)

test_fires_where_the_api_offers_bridges if {
	web_panel.findings == {{"at": ["/network/interfaces/1"], "vars": {"count": 1}}} with input as _host
}

test_silent_without_bridges if {
	count(web_panel.findings) == 0 with input as object.union(_host, {"network": {"interfaces": [network_test.interface("eno1", "physical", [], {})]}})
}
