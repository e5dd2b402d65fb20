# METADATA
# scope: package
# title: Backups are encrypted with a key that exists only here
# description: |
#  The storage {id} encrypts its backups on this side. The key is in
#  /etc/pve/priv/storage/{id}.enc, inside the cluster database. Without it
#  no backup of this storage can be read again by anyone, so losing the
#  database or the old root is losing all backups.
# custom:
#  id: PVE-STO-018
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: Proxmox Backup Server storage
#  equivalent: proxmox-backup-client key
#  account: none
#  workaround: |
#   Before anything else copy the key to a safe place off this host:
#   `proxmox-backup-client key paperkey /etc/pve/priv/storage/{id}.enc
#   --output-format text`, print it, and note the password if it has one.
#  test:
#   before: |
#    `proxmox-backup-client key show /etc/pve/priv/storage/{id}.enc` prints
#    the fingerprint.
#   after: |
#    `proxmox-backup-client key show` of the key typed from the paper prints
#    the same fingerprint, and on the trial system a file of the newest
#    backup of {id} can be restored.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Storage:_Proxmox_Backup_Server
#   - https://pbs.proxmox.com/docs/backup-client.html#encryption
package rules.storage.pbs_key

import data.lib.facts

findings contains {"at": [s.properties["encryption-key"].at], "vars": {"id": id}} if {
	some id, s in facts.storages
	s.section.type == "pbs"
	s.properties["encryption-key"]
}
