# METADATA
# scope: package
# title: What ends a trial
# description: |
#  A start whose kernel has pve2nix.trial is a trial. A unit before all others
#  restarts the machine into Proxmox VE at the deadline, unless somebody outside
#  has committed it. It may be killed: systemd starts it again, and where it does
#  not live, restarts the machine. A timer does the same where the unit is not
#  there at all. The watchdog of the hardware resets a machine that hangs, while
#  it runs and while it goes down. After a commit none of it has a condition that
#  holds, except for the watchdog.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html
#   - https://search.nixos.org/options?query=systemd.watchdog
package rules.conversion.guard

_folder := "/var/lib/pve2nix/guard"

_trial := sprintf("%s/trial.json", [_folder])

_program := sprintf("%s/pve2nix", [_folder])

_committed := sprintf("%s/committed", [_folder])

_set(path, value) := {"at": ["/host"], "option": path, "value": value}

settings contains _set(array.concat(["systemd", "services", "pve2nix-guard"], path), value) if {
	some [path, value] in [
		[["description"], "Back to Proxmox VE, unless the trial is committed"],
		[["wantedBy"], ["sysinit.target"]],
		[["before"], ["sysinit.target"]],
		[["after"], ["systemd-remount-fs.service"]],
		[["restartIfChanged"], false],
		[["unitConfig"], {
			"DefaultDependencies": false,
			"ConditionKernelCommandLine": "pve2nix.trial",
			"ConditionPathExists": _trial,
			"RequiresMountsFor": "/var/lib/pve2nix",
			"StartLimitIntervalSec": 120,
			"StartLimitBurst": 20,
			"StartLimitAction": "reboot",
		}],
		[["serviceConfig"], {
			"Type": "notify",
			"ExecStart": sprintf("%s guard", [_program]),
			"Restart": "always",
			"RestartSec": 1,
			# It ends so after a commit alone.
			"RestartPreventExitStatus": 0,
			"TimeoutStartSec": 60,
			"WatchdogSec": 120,
			"RuntimeDirectory": "pve2nix-guard",
			"StandardOutput": "journal+console",
			"StandardError": "journal+console",
			"OOMScoreAdjust": -1000,
		}]]
	}

	settings contains _set(array.concat(["systemd", kind, "pve2nix-unguarded"], path), value) if {
		some [kind, path, value] in [
			["timers", ["description"], "Back to Proxmox VE from a trial without a guard"],
			["timers", ["wantedBy"], ["sysinit.target"]],
			["timers", ["unitConfig"], {"DefaultDependencies": false, "ConditionKernelCommandLine": "pve2nix.trial"}],
			["timers", ["timerConfig"], {"OnBootSec": ["20min", "30min", "45min", "60min", "90min", "120min", "180min"], "AccuracySec": "1s"}],
			["services", ["description"], "Restart of a trial without a guard"],
			["services", ["unitConfig"], {
				"DefaultDependencies": false,
				"ConditionPathExists": ["!/run/pve2nix-guard", sprintf("!%s", [_committed])],
			}],
			["services", ["serviceConfig"], {
				"Type": "oneshot",
				"ExecStart": {"_concat": [{"_ref": ["config", "systemd", "package"]}, "/bin/systemctl --no-block reboot"]},
			}],
		]
	}

	settings contains _set(array.concat(["systemd", "services", "pve2nix-committed"], path), value) if {
		some [path, value] in [
			[["description"], "Journal of a commit that was cut off"],
			[["wantedBy"], ["multi-user.target"]],
			[["after"], ["local-fs.target"]],
			[["restartIfChanged"], false],
			[["unitConfig"], {"ConditionKernelCommandLine": "!pve2nix.trial", "ConditionPathExists": _trial}],
			[["serviceConfig"], {"Type": "oneshot", "ExecStart": sprintf("%s guard --finish", [_program])}],
		]
	}

	settings contains _set(["systemd", "watchdog", option], value) if {
		some option, value in {"runtimeTime": "60s", "rebootTime": "5min"}
	}

	settings contains _set(["networking", "firewall", "allowedTCPPorts"], [18006])
