# METADATA
# scope: package
# title: "All {count} packages count as asked for by hand"
# description: |
#  apt remembers which packages came along as dependencies, and on this host it remembers
#  none: the file was lost in a restore, or another program installed everything by name.
#  Libraries and parts of the base system therefore look like wishes of the owner. They stand
#  in the configuration for NixOS, or in the list of what has no equivalent, beside the few
#  that somebody wants.
# custom:
#  id: PVE-PKG-015
#  kind: pitfall
#  category: package
#  severity: minor
#  component: apt-mark
#  account: none
#  workaround: |
#   Give the marks back on PVE and capture again: mark all as automatic (`apt-mark showmanual
#   | xargs apt-mark auto`), then the wanted ones by name (`apt-mark manual proxmox-ve
#   openssh-server ...`), and read `apt autoremove --dry-run` until it would remove nothing
#   that is needed. Or go through the list of packages by hand.
#  test:
#   before: |
#    `apt-mark showauto | wc -l` prints 0.
#   after: |
#    `apt-mark showauto | wc -l` prints several hundred, and `apt-mark showmanual` a list
#    that a person recognises.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/bookworm/apt/apt-mark.8.en.html
package rules.packages.marks_lost

import data.lib.facts

# The installer's own system has more than this many packages, and marks most of them.
_many := 100

_manual := [i |
	some i, p in input.packages
	p.status == "installed"
	not p.auto
]

_auto := [i |
	some i, p in input.packages
	p.status == "installed"
	p.auto
]

findings contains {"at": ["/packages"], "vars": {"count": count(_manual)}} if {
	"packages" in facts.known
	count(_auto) == 0
	count(_manual) > _many
}
