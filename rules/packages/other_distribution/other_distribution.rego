# METADATA
# scope: package
# title: "A repository is made for another distribution: {sources}"
# description: |
#  {sources} has packages of Ubuntu. They were built against other libraries than Debian's,
#  and with a higher number in their version they replace Debian's packages of the same name,
#  libraries included. A version that stands in this report under a Debian name may be
#  Ubuntu's, with Ubuntu's paths and defaults, and then what is said about its replacement is
#  about another package.
# custom:
#  id: PVE-PKG-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: package repositories
#  account: none
#  workaround: |
#   See what came from there (`apt list --installed 2>/dev/null | grep -i ubuntu`, `apt
#   policy NAME`), switch the source off, and go back to Debian's version where there is one
#   (`apt install NAME/RELEASE`). The program itself is usually in nixpkgs.
#  test:
#   before: |
#    `apt policy` lists a source with o=Ubuntu or an o=LP-PPA-….
#   after: |
#    `apt policy` lists none, and each program that came from it runs on the trial system.
#  phase: prepare
#  sources:
#   - https://wiki.debian.org/DontBreakDebian
package rules.packages.other_distribution

import data.lib.repositories

_ubuntu := {"bionic", "focal", "jammy", "noble", "oracular", "plucky", "questing", "xenial"}

_foreign[name] contains r.at if {
	some r in repositories.enabled
	some uri in r.repository.uris
	_strange(uri, r.repository.suites)
	name := sprintf("%s %s", [uri, concat(" ", r.repository.suites)])
}

_strange(uri, _) if regex.match(`^https?://([^/]*\.)?(ubuntu\.com|launchpad\.net|launchpadcontent\.net)/`, uri)

_strange(_, suites) if {
	some suite in suites
	split(suite, "-")[0] in _ubuntu
}

findings contains {"at": sort({at | some list in _foreign; some at in list}), "vars": {"sources": concat(", ", sort(object.keys(_foreign)))}} if count(_foreign) > 0
