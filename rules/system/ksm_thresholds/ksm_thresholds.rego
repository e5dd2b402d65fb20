# METADATA
# scope: package
# title: Memory of guests is shared from a threshold on
# description: |
#  ksmtuned of the host shares memory when less is free than its file says, faster the longer that
#  lasts. hardware.ksm of NixOS shares all the time. Where the file differs from Debian's, a service
#  does the same with its numbers. It goes by what is free alone; ksmtuned also starts when guests
#  could take more than there is.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Kernel_Samepage_Merging_(KSM)
#   - https://docs.kernel.org/admin-guide/mm/ksm.html
#   - https://search.nixos.org/options?query=hardware.ksm
package rules.system.ksm_thresholds

import data.lib.configfiles
import data.lib.facts

# What ksmtuned does without a line.
_defaults := {
	"KSM_MONITOR_INTERVAL": "60",
	"KSM_NPAGES_BOOST": "300",
	"KSM_NPAGES_DECAY": "-50",
	"KSM_NPAGES_MAX": "1250",
	"KSM_NPAGES_MIN": "64",
	"KSM_SLEEP_MSEC": "100",
	"KSM_THRES_COEF": "20",
	"KSM_THRES_CONST": "2048",
}

_file := "/etc/ksmtuned.conf"

_set := [line |
	"ksmtuned.service" in facts.in_use
	some line in configfiles.below(_file)
	line.path == _file
	_defaults[line.key]
	is_string(line.value)
	regex.match(`^-?[0-9]{1,7}$`, line.value)
]

_numbers := object.union(_defaults, object.union_n([{line.key: line.value} | some line in _set]))

_changed if {
	some key, value in _numbers
	_defaults[key] != value
	to_number(_numbers.KSM_MONITOR_INTERVAL) > 0
}

_script := concat("\n", [
	"cd /sys/kernel/mm/ksm",
	"total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)",
	"limit=$((total * KSM_THRES_COEF / 100))",
	"if [ \"$KSM_THRES_CONST\" -gt \"$limit\" ]; then limit=$KSM_THRES_CONST; fi",
	"pause=$((KSM_SLEEP_MSEC * 16777216 / total))",
	"if [ \"$pause\" -lt 10 ]; then pause=10; fi",
	"echo \"$pause\" > sleep_millisecs",
	"pages=0",
	"while true; do",
	"  free=$(awk '/^(MemFree|Buffers|Cached):/ { n += $2 } END { print n }' /proc/meminfo)",
	"  if [ \"$free\" -lt \"$limit\" ]; then run=1 pages=$((pages + KSM_NPAGES_BOOST)); else run=0 pages=$((pages + KSM_NPAGES_DECAY)); fi",
	"  if [ \"$pages\" -lt \"$KSM_NPAGES_MIN\" ]; then pages=$KSM_NPAGES_MIN; fi",
	"  if [ \"$pages\" -gt \"$KSM_NPAGES_MAX\" ]; then pages=$KSM_NPAGES_MAX; fi",
	"  echo \"$pages\" > pages_to_scan",
	"  echo \"$run\" > run",
	"  sleep \"$KSM_MONITOR_INTERVAL\"",
	"done",
	"",
])

settings contains {"at": sort([line.at | some line in _set]), "option": array.concat(["systemd", "services", "ksm-thresholds"], path), "value": value} if {
	_changed
	some [path, value] in [
		[["description"], "Thresholds for sharing memory of guests"],
		[["wantedBy"], ["multi-user.target"]],
		[["after"], ["enable-ksm.service"]],
		[["path"], [{"_ref": ["pkgs", "gawk"]}]],
		[["environment"], _numbers],
		[["serviceConfig"], {"Restart": "on-failure", "RestartSec": "60s"}],
		[["script"], _script],
	]
}

checks contains {"at": sort([line.at | some line in _set]), "check": "unit-active", "params": {"unit": "ksm-thresholds.service"}, "required": false} if _changed
