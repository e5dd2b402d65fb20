# METADATA
# scope: package
# title: Who is told of a failed disk of ZFS
# description: The daemon that sees a pool degrade writes to the addresses that it wrote to.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.zfs.zed.settings
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zed.8.html
package rules.storage.zed_readers

import data.lib.configfiles

settings contains {"at": [line.at], "option": ["services", "zfs", "zed", "settings", "ZED_EMAIL_ADDR"], "value": addresses} if {
	[line] := configfiles.lines("/etc/zfs/zed.d/zed.rc", "ZED_EMAIL_ADDR")
	addresses := [word | some word in regex.split(`[ \t]+`, trim(line.value, `"' `)); word != ""]
	count(addresses) > 0
	every word in addresses {
		regex.match(`^[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}(@[A-Za-z0-9.-]{1,253})?$`, word)
	}
}
