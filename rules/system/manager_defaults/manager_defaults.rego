# METADATA
# scope: package
# title: Defaults of systemd and its daemons
# description: |
#  What system.conf, user.conf and the files of logind, coredump, sleep, pstore, oomd and timesyncd
#  say becomes a drop-in of the same file, which systemd reads on NixOS too: time-outs and limits of
#  services that set none, cores that the host keeps to, what buttons do, what is kept of a crash.
#  Watchdogs belong to the guard of the trial, and the environment of services to NixOS.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html
#   - https://www.freedesktop.org/software/systemd/man/latest/logind.conf.html
#   - https://www.freedesktop.org/software/systemd/man/latest/coredump.conf.html
#   - https://search.nixos.org/options?query=environment.etc
package rules.system.manager_defaults

import data.lib.configfiles

_manager := `^(Default(TimeoutStartSec|TimeoutStopSec|TimeoutAbortSec|DeviceTimeoutSec|RestartSec|StartLimitIntervalSec|StartLimitBurst|TimerAccuracySec|TasksMax|CPUAccounting|IOAccounting|MemoryAccounting|TasksAccounting|Limit[A-Z]+|OOMPolicy|OOMScoreAdjust|MemoryPressureWatch|MemoryPressureThresholdSec)|CPUAffinity|NUMAPolicy|NUMAMask|TimerSlackNSec)$`

# file → its section, and the keys that are taken over
_files := {
	"coredump.conf": {"section": "Coredump", "keys": `^(Storage|Compress|ProcessSizeMax|ExternalSizeMax|JournalSizeMax|MaxUse|KeepFree)$`},
	"logind.conf": {"section": "Login", "keys": `^(Handle[A-Z][A-Za-z]*|[A-Z][A-Za-z]*IgnoreInhibited|IdleAction|IdleActionSec|StopIdleSessionSec|InhibitDelayMaxSec|UserStopDelaySec|HoldoffTimeoutSec|RuntimeDirectorySize|RuntimeDirectoryInodesMax|RemoveIPC|KillUserProcesses|KillOnlyUsers|KillExcludeUsers|NAutoVTs|ReserveVT|SessionsMax|InhibitorsMax)$`},
	"oomd.conf": {"section": "OOM", "keys": `^(SwapUsedLimit|DefaultMemoryPressureLimit|DefaultMemoryPressureDurationSec)$`},
	"pstore.conf": {"section": "PStore", "keys": `^(Storage|Unlink)$`},
	"sleep.conf": {"section": "Sleep", "keys": `^(Allow(Suspend|Hibernation|SuspendThenHibernate|HybridSleep)|SuspendState|HibernateMode|HibernateDelaySec|SuspendEstimationSec)$`},
	"system.conf": {"section": "Manager", "keys": _manager},
	"timesyncd.conf": {"section": "Time", "keys": `^(RootDistanceMaxSec|PollIntervalMinSec|PollIntervalMaxSec|ConnectionRetrySec|SaveIntervalSec)$`},
	"user.conf": {"section": "Manager", "keys": _manager},
}

_of(path) := name if {
	parts := split(path, "/")
	name := trim_suffix(parts[3], ".d")
	_files[name]
	_place(parts, name)
}

_place(parts, name) if {
	count(parts) == 4
	parts[3] == name
}

_place(parts, name) if {
	count(parts) == 5
	parts[3] == sprintf("%s.d", [name])
	endswith(parts[4], ".conf")
}

# Of a key that is set twice systemd takes the last, or both, as it does here.
_lines[name] := [{"at": line.at, "text": sprintf("%s=%s\n", [key, line.value])} |
	some line in configfiles.below("/etc/systemd/")
	_of(line.path) == name
	[section, key] := split(line.key, ".")
	section == file.section
	regex.match(file.keys, key)
	is_string(line.value)
	regex.match(`^[A-Za-z0-9 .,:/%+_-]{0,200}$`, line.value)
] if {
	some name, file in _files
}

settings contains {
	"at": sort([line.at | some line in lines]),
	"option": ["environment", "etc", sprintf("systemd/%s.d/50-of-before.conf", [name]), "text"],
	"value": concat("", array.concat([sprintf("[%s]\n", [_files[name].section])], [line.text | some line in lines])),
} if {
	some name, lines in _lines
	count(lines) > 0
}
