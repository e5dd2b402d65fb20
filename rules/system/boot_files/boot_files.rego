# METADATA
# scope: package
# title: Values below /sys and files that are made at boot
# description: |
#  Lines of /etc/sysfs.d, which sysfsutils writes at boot, and of /etc/tmpfiles.d become lines of
#  systemd-tmpfiles, which knows both.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=systemd.tmpfiles.rules
#   - https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html
#   - https://manpages.debian.org/stable/sysfsutils/index.html
package rules.system.boot_files

import data.lib.facts
import data.lib.lines

_sysfs[at] := sprintf("w /sys/%s - - - - %s", [path, value]) if {
	facts.packages.sysfsutils
	some file, f in lines.files
	regex.match(`^/etc/sysfs(\.d/[^/]+)?\.conf$`, file)
	some i, p in f.properties
	path := trim_left(trim_space(p.key), "/")
	regex.match(`^(block|bus|class|dev|devices|firmware|fs|kernel|module|power)/[A-Za-z0-9_.:/+-]+$`, path)
	not contains(path, "..")
	not endswith(path, "/sriov_numvfs") # what a driver refuses would fail all the others
	value := trim_space(p.value)
	regex.match(`^[A-Za-z0-9_.:,+-]{1,200}$`, value)
	at := lines.at(file, i)
}

# Types that make, write or set; what removes is a matter of a person.
_made[at] := line if {
	some file, f in lines.files
	regex.match(`^/etc/tmpfiles\.d/[^/]+\.conf$`, file)
	some i, p in f.properties
	line := trim_space(p.value)
	regex.match(`^[fwdLpz][+!-]?[ \t]+/[A-Za-z0-9_./-]+([ \t]+[A-Za-z0-9_.:,/+~-]+){0,5}$`, line)
	not contains(line, "..")
	not regex.match(`[ \t]/(nix|boot|etc/(shadow|passwd|group|sudoers))`, line)
	at := lines.at(file, i)
}

settings contains {"at": [at], "option": ["systemd", "tmpfiles", "rules"], "value": [line]} if some at, line in object.union(_sysfs, _made)
