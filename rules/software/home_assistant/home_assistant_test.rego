package rules.software.home_assistant_test

import data.rules.software.home_assistant

_host(image) := {"system": {"containers": [{"engine": "docker", "name": "x", "image": image}]}}

test_fires_on_the_supervisor if {
	home_assistant.findings == {{
		"at": ["/system/containers/0"],
		"vars": {"image": "ghcr.io/home-assistant/amd64-hassio-supervisor:latest"},
	}} with input as _host("ghcr.io/home-assistant/amd64-hassio-supervisor:latest")
}

test_silent_on_the_core_alone if {
	count(home_assistant.findings) == 0 with input as _host("ghcr.io/home-assistant/home-assistant:stable")
}
