# METADATA
# scope: package
# title: Trial and rollback share one machine account of the domain
# description: |
#  This host is a member of a domain through {service}; /etc/krb5.keytab holds the password
#  of its machine account. A copy of that file makes NixOS a member too, but sssd
#  changes the password by itself when it is 30 days old, and winbind when it is 7. If that
#  happens in the trial, the keytab on PVE's root is void, and after a rollback PVE is out of the domain. A new
#  join from NixOS does the same at once.
# custom:
#  id: PVE-USR-016
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: domain membership
#  equivalent: services.sssd.config
#  account: none
#  workaround: |
#   Copy /etc/krb5.keytab with mode 0600 and keep the password as it is during the trial with
#   ad_maximum_machine_account_password_age = 0 in services.sssd.config (for winbind "machine
#   password timeout = 0"). Take that out after the commit. Do not run `realm join` on the
#   trial system.
#  test:
#   before: |
#    `klist -k /etc/krb5.keytab` prints the machine's principals on PVE.
#   after: |
#    `klist -k /etc/krb5.keytab` prints the same key numbers (KVNO) on the trial system and,
#    after a rollback, on PVE; `getent passwd USER` finds a user of the domain on both.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/sssd-ad/sssd-ad.5.en.html
#   - https://search.nixos.org/options?query=services.sssd.config
package rules.users.machine_account

import data.lib.facts

_keytab := [sprintf("/local_files/%d", [i]) |
	some i, f in input.local_files
	f.path == "/etc/krb5.keytab"
	f.state == "local"
]

_services := sort([name |
	some name in ["sssd", "winbind"]
	sprintf("%s.service", [name]) in facts.in_use
])

findings contains {"at": _keytab, "vars": {"service": concat(" and ", _services)}} if {
	count(_keytab) > 0
	count(_services) > 0
}
