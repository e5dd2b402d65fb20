# METADATA
# scope: package
# title: Encrypted devices
# description: |
#  Opens devices of crypttab that the initial RAM disk must open, by the
#  stable name of the device. The passphrase is asked for on the console.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.initrd.luks.devices
#   - https://manpages.debian.org/stable/cryptsetup/crypttab.5.en.html
package rules.storage.luks

import data.lib.luks

settings contains {"at": [d.at], "option": ["boot", "initrd", "luks", "devices", d.name, name], "value": value} if {
	some d in luks.early
	some name, value in {"device": d.device, "allowDiscards": d.discard}
}
