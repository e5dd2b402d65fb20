# METADATA
# scope: package
# title: Kernel modules at boot and their options
# description: |
#  Takes over the modules that are loaded at boot, the options and
#  dependencies of modprobe.d in their order, and the drivers that are kept
#  away. Limits of the ZFS cache, nested virtualisation and passthrough
#  depend on these lines.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.extraModprobeConfig
#   - https://manpages.debian.org/stable/kmod/modprobe.d.5.en.html
package rules.boot.modules

import data.lib.guard
import data.lib.modprobe

settings contains {"at": [sprintf("/system/modules_load/%d", [i])], "option": ["boot", "kernelModules"], "value": [p.key]} if {
	some i, p in input.system.modules_load
	guard.module(p.key)
	not data.catalog.modules_dropped[p.key]
	object.get(p, "value", "") == ""
}

# Parameters behind a name are those of modprobe.
_loaded_with[i] := sprintf("options %s %s\n", [p.key, concat(" ", words)]) if {
	some i, p in input.system.modules_load
	guard.module(p.key)
	not data.catalog.modules_dropped[p.key]
	words := regex.split(`\s+`, trim_space(p.value))
	every word in words {
		regex.match(`^[A-Za-z0-9_]{1,64}=[A-Za-z0-9_.:,+-]{1,128}$`, word)
	}
}

settings contains {"at": [sprintf("/system/modules_load/%d", [i])], "option": ["boot", "kernelModules"], "value": [input.system.modules_load[i].key]} if some i, _ in _loaded_with

settings contains {"at": [sprintf("/system/modprobe/%d", [i])], "option": ["boot", "blacklistedKernelModules"], "value": [name]} if {
	some i, p in input.system.modprobe
	["blacklist", name] = split(p.key, " ")
	guard.module(name)
	not _replaced(name)
}

# Drivers of Realtek from outside of the kernel keep the kernel's own away. They are not on NixOS, and without either the
# host would have no network.
_replaced("r8169") if {
	some d in input.hardware.pci
	d.driver in {"r8101", "r8125", "r8126", "r8127", "r8168"}
}

_text := array.concat([sprintf("%s\n", [line]) | some line in modprobe.lines], [line | some line in _loaded_with])

_text_at := array.concat([sprintf("/system/modprobe/%d", [i]) | some i, _ in modprobe.lines], [sprintf("/system/modules_load/%d", [i]) | some i, _ in _loaded_with])

settings contains {"at": sort(_text_at), "option": ["boot", "extraModprobeConfig"], "value": concat("", _text)} if count(_text) > 0
