# METADATA
# scope: package
# title: "Tokens hold all rights of root@pam"
# description: |
#  The tokens {tokens} act as root@pam, because privilege separation is off. They are part of
#  the cluster database and valid on the trial system from its first second, without a second
#  factor. An automation behind one of them acts on whatever answers at this address: it can
#  start, delete or move guests on a trial system that nobody has checked yet, or that is
#  about to be rolled back.
# custom:
#  id: PVE-ACC-017
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: API tokens
#  account: none
#  workaround: |
#   Stop these programs for the time of the trial, or give each token an end (`pveum user
#   token modify root@pam NAME --expire SECONDS`). For good, use a user of its own with a
#   role and privilege separation.
#  test:
#   before: |
#    `pveum user token list root@pam` prints the tokens with privsep 0.
#   after: |
#    `pveum user token list root@pam` prints no token with privsep 0 that a program still
#    uses; `grep root@pam! /var/log/pveproxy/access.log` on the trial system prints nothing
#    unexpected.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens
package rules.access.root_tokens

import data.lib.clock
import data.lib.facts

_left[sprintf("/access/tokens/%d", [i])] := t.id if {
	some i, t in input.access.tokens
	startswith(t.id, "root@pam!")
	not t.privilege_separation
	not _over(t)
}

_over(t) if {
	t.expire > 0
	t.expire < clock.captured
}

findings contains {"at": sort(object.keys(_left)), "vars": {"tokens": concat(", ", sort([id | some id in _left]))}} if {
	facts.packages["pve-manager"]
	count(_left) > 0
}
