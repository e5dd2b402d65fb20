# METADATA
# scope: package
# title: Scripts that somebody put there are found and run
# description: |
#  Scripts below /usr/local and in root's home go along to their old places. Logins find those of
#  /usr/local by name, and the interpreter of their first line and the programs that they call by a
#  path of Debian lead to those of NixOS. What they call has to be there: a command of Proxmox VE is
#  on the target proxmox alone. Nothing runs them by itself.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.envfs.enable
#   - https://search.nixos.org/options?query=environment.extraInit
package rules.system.own_scripts

import data.lib.carriedscripts

_scripts[sprintf("/local_files/%d", [i])] := f.path if {
	some i, f in input.local_files
	f.kind == "script"
	object.get(f, "state", "") != "missing"
	regex.match(`^(/usr/local/s?bin|/root)/[A-Za-z0-9_][A-Za-z0-9._+-]{0,100}$`, f.path)
}

_at := sort(object.keys(_scripts))

carries contains {"at": [at], "path": path, "to": path, "mode": "0755", "secret": true} if some at, path in _scripts

bridges contains {"at": _at, "bridge": "service", "params": {"files": sort([path | some path in _scripts])}} if count(_at) > 0

settings contains {"at": _at, "option": option, "value": value} if {
	count(_at) > 0
	some [option, value] in array.concat(carriedscripts.paths, [[["environment", "extraInit"], "export PATH=\"$PATH:/usr/local/sbin:/usr/local/bin\"\n"]])
}
