# METADATA
# scope: package
# title: "The host's mail goes through guest {guest}"
# description: |
#  relayhost is {relay}, which is guest {guest} of this host. Mail about guests that did not
#  start waits in Postfix's queue on the trial system until that guest runs. After a rollback
#  the queue is gone with the root it was on, and nobody has read what the trial had to say.
# custom:
#  id: PVE-MAIL-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Postfix
#  equivalent: services.postfix.relayHost
#  account: none
#  workaround: |
#   Look into the queue before you roll back (`mailq`, `postcat -q ID`). For errors give the
#   host a way around the guest, as with a notification target that speaks to the provider.
#  test:
#   before: |
#    `postconf -h relayhost` prints {relay}.
#   after: |
#    With guest {guest} stopped, `mailq` on the trial system shows the message, and the
#    second way has delivered it.
#  phase: boot
#  sources:
#   - https://www.postfix.org/QSHAPE_README.html
#   - https://search.nixos.org/options?query=services.postfix.relayHost
package rules.mail.relay_is_guest

import data.lib.facts
import data.lib.named

findings contains {"at": [sprintf("/system/mail/%d", [i])], "vars": {"relay": p.value, "guest": named.title(vmid)}} if {
	"postfix.service" in facts.in_use
	some i, p in input.system.mail
	p.key == "relayhost"
	vmid := named.guest(named.host(p.value))
}
