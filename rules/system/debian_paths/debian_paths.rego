# METADATA
# scope: package
# title: Scripts of this host find the programs of Debian's paths
# description: |
#  {names} run scripts, or commands with paths of Debian in them. A first line
#  like #!/bin/bash and a command like /usr/sbin/zfs name files that NixOS
#  does not have. services.envfs is switched on: it answers for each name
#  below /bin and /usr/bin with the program of the caller's PATH or of the
#  system, and /sbin and /usr/sbin lead there. What no package of the new
#  system has, and files below /usr/lib and /usr/share, stay missing; what a
#  script calls is not in the capture.
# custom:
#  id: PVE-SYS-021
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: own scripts
#  equivalent: services.envfs.enable
#  account: none
#  workaround: |
#   Look for what is left: `grep -noE "/(usr/)?(lib|share)/[^ ]+" FILE`, and
#   each command of a script against environment.systemPackages. Once the
#   scripts begin with #!/usr/bin/env and call programs by name, drop
#   services.envfs and the two links of systemd.tmpfiles.
#  test:
#   before: |
#    `head -1 FILE` on PVE names the interpreter, `grep -oE "/s?bin/[a-z.-]+" FILE` the programs.
#   after: |
#    `/bin/bash -c 'command -v /usr/sbin/ip'` on the trial system prints the path, and
#    `systemctl --failed` lists none of the units.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.envfs
#   - https://github.com/Mic92/envfs
package rules.system.debian_paths

import data.lib.cron
import data.lib.localunits

_at := sort(array.concat(
	[sprintf("/units/%d", [i]) | some i in localunits.by_path],
	[sprintf("/system/cron/%d", [i]) | some i, _ in cron.running],
))

_names := sort(array.concat(
	[input.units[i].name | some i in localunits.by_path],
	[file | some file in {file | some _, file in cron.running}],
))

findings contains {"at": _at, "vars": {"names": concat(", ", array.slice(_names, 0, 12))}} if count(_at) > 0

settings contains {"at": _at, "option": ["services", "envfs"], "value": {
	"enable": true,
	"extraFallbackPathCommands": {"_concat": ["ln -sf ", {"_ref": ["config", "system", "path"]}, "/bin/* $out/"]},
}} if {
	count(_at) > 0
}

settings contains {"at": _at, "option": ["systemd", "tmpfiles", "rules"], "value": ["L /sbin - - - - /usr/bin", "L /usr/sbin - - - - /usr/bin"]} if {
	count(_at) > 0
}
