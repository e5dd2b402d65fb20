# METADATA
# scope: package
# title: The domain of NFS
# description: |
#  Owners of files travel by name and domain; where server and client differ in it, all files
#  belong to nobody.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.nfs.idmapd.settings
#   - https://man7.org/linux/man-pages/man5/idmapd.conf.5.html
package rules.storage.nfs_ids

import data.lib.configfiles
import data.lib.guard

settings contains {"at": [line.at], "option": ["services", "nfs", "idmapd", "settings", "General", "Domain"], "value": line.value} if {
	[line] := configfiles.lines("/etc/idmapd.conf", "General.Domain")
	guard.domain(line.value)
}
