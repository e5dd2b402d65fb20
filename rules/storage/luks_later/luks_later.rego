# METADATA
# scope: package
# title: Encrypted disks that are opened after the root
# description: |
#  Lines of crypttab that need no program of Debian are lines of crypttab on NixOS: the same
#  generator of systemd reads them. Key files come along, with their secret.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/crypttab.html
#   - https://manpages.debian.org/stable/cryptsetup/crypttab.5.en.html
#   - https://search.nixos.org/options?query=environment.etc
package rules.storage.luks_later

import data.lib.luks

settings contains {
	"at": [sprintf("/storage/crypttab/%d", [i]) | some i, _ in luks.kept],
	"option": ["environment", "etc", "crypttab", "text"],
	"value": concat("", [sprintf("%s %s %s %s\n", [c.name, c.device, c.key, concat(",", c.options)]) | some c in luks.kept]),
} if {
	count(luks.kept) > 0
}

carries contains {"at": [sprintf("/storage/crypttab/%d", [i])], "path": c.key, "to": c.key, "mode": "0400", "secret": true} if {
	some i, c in luks.kept
	c.key != "none"
}
