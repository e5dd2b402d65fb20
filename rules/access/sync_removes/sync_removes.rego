# METADATA
# scope: package
# title: "A synchronisation of the realm {realm} can remove its users and their rights"
# description: |
#  The job {job} syncs {realm} with remove-vanished={removes}: whoever the directory does not
#  return is deleted from user.cfg, the permissions with him. pvescheduler runs the job on
#  NixOS as well, at its next time, for as long as the trial lasts. A trial system that reaches
#  another replica, or sees less with its bind account, deletes for the whole cluster, and no
#  rollback of NixOS brings user.cfg back.
# custom:
#  id: PVE-ACC-011
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: realm synchronisation
#  account: none
#  workaround: |
#   Disable the job before the trial (`pvesh set /cluster/jobs/realm-sync/{job} --enabled
#   0`), keep a copy of /etc/pve/user.cfg outside of /etc/pve, and run `pveum realm sync
#   {realm} --dry-run 1` on the trial system before you enable it again.
#  test:
#   before: |
#    `cat /etc/pve/jobs.cfg` shows the job with remove-vanished and without enabled 0.
#   after: |
#    `pveum realm sync {realm} --dry-run 1` on the trial system reports no removal, and
#    `pveum user list` prints as many users as on PVE.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_ldap_sync
package rules.access.sync_removes

import data.lib.facts

_realms[r.id] contains r if some r in input.access.realms

findings contains {"at": [at], "vars": {"realm": realm, "job": job.id, "removes": removes}} if {
	some i, job in input.jobs.scheduled
	job.type == "realm-sync"
	at := sprintf("/jobs/scheduled/%d", [i])
	properties := facts.section_properties(job, at)
	not _off(properties)
	realm := properties.realm.property.value
	_realms[realm]
	removes := _removes(properties, realm)
	regex.match(`(^|;)(entry|acl)(;|$)`, removes)
}

_off(properties) if not facts.truthy(object.get(properties, ["enabled", "property", "value"], "1"))

_removes(properties, _) := properties["remove-vanished"].property.value

_removes(properties, realm) := facts.field(p, "remove-vanished") if {
	not properties["remove-vanished"]
	some r in _realms[realm]
	some p in r.properties
	p.key == "sync-defaults-options"
}

# The words of PVE 7, which later versions still read.
_removes(properties, realm) := concat(";", sort(words)) if {
	not properties["remove-vanished"]
	some r in _realms[realm]
	some p in r.properties
	p.key == "sync-defaults-options"
	not facts.field(p, "remove-vanished")
	words := {word | some key, word in {"full": "entry", "purge": "acl"}; facts.truthy(facts.field(p, key))}
}
