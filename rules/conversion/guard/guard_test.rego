package rules.conversion.guard_test

import data.rules.conversion.guard

_option(path) := {s.value | some s in guard.settings; s.option == path}

test_guard_is_armed_before_everything if {
	_option(["systemd", "services", "pve2nix-guard", "before"]) == {["sysinit.target"]}
	_option(["systemd", "services", "pve2nix-guard", "wantedBy"]) == {["sysinit.target"]}
	some unit in _option(["systemd", "services", "pve2nix-guard", "unitConfig"])
	unit.DefaultDependencies == false
	unit.ConditionKernelCommandLine == "pve2nix.trial"
	unit.ConditionPathExists == "/var/lib/pve2nix/guard/trial.json"
	unit.StartLimitAction == "reboot"
}

test_guard_is_started_again if {
	some service in _option(["systemd", "services", "pve2nix-guard", "serviceConfig"])
	service.ExecStart == "/var/lib/pve2nix/guard/pve2nix guard"
	service.Restart == "always"
	service.RestartPreventExitStatus == 0
	service.WatchdogSec == 120
}

test_trial_without_guard_ends if {
	some timer in _option(["systemd", "timers", "pve2nix-unguarded", "timerConfig"])
	timer.OnBootSec[0] == "20min"
	some unit in _option(["systemd", "services", "pve2nix-unguarded", "unitConfig"])
	unit.ConditionPathExists == ["!/run/pve2nix-guard", "!/var/lib/pve2nix/guard/committed"]
}

# Near miss: on a system that was not started as a trial, nothing but the end of the journal is looked at.
test_no_trial if {
	some unit in _option(["systemd", "services", "pve2nix-committed", "unitConfig"])
	unit.ConditionKernelCommandLine == "!pve2nix.trial"
}

test_watchdog_and_port if {
	_option(["systemd", "watchdog", "runtimeTime"]) == {"60s"}
	_option(["systemd", "watchdog", "rebootTime"]) == {"5min"}
	_option(["networking", "firewall", "allowedTCPPorts"]) == {[18006]}
}

test_all_is_said_of_the_host if {
	every s in guard.settings {
		s.at == ["/host"]
	}
}
