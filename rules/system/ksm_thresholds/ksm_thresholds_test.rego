package rules.system.ksm_thresholds_test

import data.rules.system.ksm_thresholds

_host(state, lines) := {
	"units": [{"name": "ksmtuned.service", "file_state": state}],
	"config_files": [{"path": "/etc/ksmtuned.conf", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
}

test_numbers_of_the_file_are_those_of_the_service if {
	host := _host("enabled", [["KSM_THRES_COEF", "15"], ["KSM_MONITOR_INTERVAL", "60"]])
	options := {s.option[3]: s | some s in ksm_thresholds.settings} with input as host
	options.environment.value.KSM_THRES_COEF == "15"
	options.environment.value.KSM_NPAGES_MAX == "1250"
	options.script.at == ["/config_files/0/properties/0", "/config_files/0/properties/1"]
	contains(options.script.value, "echo \"$run\" > run\n")
	{c.params.unit | some c in ksm_thresholds.checks} == {"ksm-thresholds.service"} with input as host
}

test_silent_on_the_numbers_of_debian if {
	count(ksm_thresholds.settings) == 0 with input as _host("enabled", [["KSM_THRES_COEF", "20"]])
}

test_silent_where_nothing_runs_or_a_number_is_none if {
	count(ksm_thresholds.settings) == 0 with input as _host("disabled", [["KSM_THRES_COEF", "15"]])
	count(ksm_thresholds.settings) == 0 with input as _host("enabled", [["KSM_THRES_COEF", "$(reboot)"]])
	count(ksm_thresholds.settings) == 0 with input as _host("enabled", [["KSM_MONITOR_INTERVAL", "0"]])
}
