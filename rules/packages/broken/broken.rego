# METADATA
# scope: package
# title: Packages are half installed
# description: |
#  dpkg has {count} packages in a broken state: {names}. Their files or their configuration are
#  incomplete, so what the host does with them today is not what their version says, and what
#  becomes of them on NixOS was decided by name only.
# custom:
#  id: PVE-PKG-002
#  kind: pitfall
#  category: package
#  severity: major
#  component: dpkg
#  account: review
#  workaround: |
#   Finish or remove them on PVE (`dpkg --audit`, `apt -f install`, `dpkg --configure -a`),
#   then capture again.
#  test:
#   before: |
#    `dpkg --audit` prints {names}.
#   after: |
#    `dpkg --audit` prints nothing.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man1/dpkg.1.html
package rules.packages.broken

_broken[sprintf("/packages/%d", [i])] := p.name if {
	some i, p in input.packages
	p.status == "broken"
}

findings contains {"at": sort(object.keys(_broken)), "vars": {"count": count(_broken), "names": concat(", ", sort([name | some name in _broken]))}} if count(_broken) > 0
