# METADATA
# scope: package
# title: "Packages are still of an older Debian: {names}"
# description: |
#  Their versions say that {names} were built for a release before {codename}. An upgrade did
#  not replace them: no newer version exists, or something holds the old one. They get no
#  fixes any more, and what somebody still does with them has to be found another home;
#  nixpkgs may have dropped the program for the same reason as Debian.
# custom:
#  id: PVE-UPG-005
#  kind: pitfall
#  category: package
#  severity: minor
#  component: upgrade of Debian
#  account: none
#  workaround: |
#   See whether anything needs them (`apt rdepends --installed NAME`); remove them (`apt
#   purge NAME`) or replace them on PVE, where one can still look at how they are used.
#  test:
#   before: |
#    `apt list '?obsolete'` lists {names}.
#   after: |
#    `apt list '?obsolete'` lists none of them, or it is known for each what takes its place
#    on the trial system.
#  phase: prepare
#  sources:
#   - https://www.debian.org/releases/trixie/release-notes/upgrading.en.html
package rules.upgrade.old_packages

_here := data.catalog.debian_releases[input.host.codename]

_old[p.name] contains sprintf("/packages/%d", [i]) if {
	some i, p in input.packages
	p.status == "installed"
	not p.auto
	found := regex.find_all_string_submatch_n(`[+~](?:deb|bpo)([1-9][0-9]?)(?:u|\+)[0-9]+`, p.version, 1)
	to_number(found[0][1]) < _here
}

findings contains {"at": sort([at | some places in _old; some at in places]), "vars": {"names": concat(", ", sort(object.keys(_old))), "codename": input.host.codename}} if count(_old) > 0
