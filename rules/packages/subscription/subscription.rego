# METADATA
# scope: package
# title: The subscription does not cover the new system
# description: |
#  The host takes its packages from the enterprise repository, so it has a subscription.
#  Support of Proxmox is for its own packages on Debian. The tested updates and the support
#  end with the conversion.
# custom:
#  id: PVE-PKG-005
#  kind: gap
#  category: feature
#  severity: minor
#  component: subscription
#  account: none
#  workaround: |
#   Decide before the conversion whether this host may run without support. Release the key in
#   the shop when the trial is over, since it is bound to this machine's id, and use it for
#   another node.
#  test:
#   before: |
#    `pvesubscription get` prints "status: active".
#   after: |
#    `pvesubscription get` on the node that the key was moved to prints "status: active", or
#    those who answer for the host have agreed that it is kept for the way back.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_enterprise_repo
package rules.packages.subscription

import data.lib.facts

_enterprise[sprintf("/repositories/%d", [i])] := r if {
	some i, r in input.repositories
	r.enabled
	some uri in r.uris
	regex.match(`^https?://enterprise\.proxmox\.com/`, uri)
}

findings contains {"at": sort(object.keys(_enterprise)), "vars": {}} if {
	count(_enterprise) > 0
	not _no_key
}

# Where PVE keeps the key; without it the repository refuses the host, which is a finding of its own.
_no_key if {
	"local_files" in facts.known
	count([f | some f in input.local_files; f.path == "/etc/subscription"]) == 0
}
