# METADATA
# scope: package
# title: Lines of sshd_config that need a decision
# description: |
#  These lines are not taken over: {keys}. sshd of NixOS runs with its
#  default instead, which may let in more people than before, or fewer.
# custom:
#  id: PVE-USR-004
#  kind: pitfall
#  category: service
#  severity: minor
#  component: sshd_config
#  equivalent: services.openssh.extraConfig
#  account: review
#  workaround: |
#   Write each line that is still wanted into services.openssh.settings, or
#   services.openssh.extraConfig, with programs by their package.
#  test:
#   before: |
#    `sshd -T` on PVE prints what holds.
#   after: |
#    `sshd -T` on the trial system prints the same values for these keywords.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config
#   - https://search.nixos.org/options?query=services.openssh.extraConfig
package rules.users.sshd_left

import data.lib.sshd

# Spoken of by the catalog, by users/sshd, or by another rule.
_known := {
	"acceptenv", "authorizedkeysfile", "challengeresponseauthentication", "debianbanner", "hostkey", "include",
	"keyregenerationinterval", "listenaddress", "port", "protocol", "rhostsrsaauthentication", "rsaauthentication",
	"serverkeybits", "subsystem", "useprivilegeseparation", "allowgroups",
	"authorizedkeyscommand", "authorizedkeyscommanduser", "authorizedprincipalsfile", "trustedusercakeys",
}

_left[i] := p.key if {
	some i, p in input.system.sshd
	key := lower(p.key)
	not key in _known
	not _match(key)
	not _typed(key)
}

_match(key) if key == "match"

_match(key) if startswith(key, "match/")

_typed(key) if sshd.typed(sshd.settings[key][1], sshd.value(key)) in [true, false]

_typed(key) if {
	value := sshd.typed(sshd.settings[key][1], sshd.value(key))
	not is_boolean(value)
}

findings contains {"at": at, "vars": {"keys": concat(", ", sort({k | some k in _left}))}} if {
	at := sort([sprintf("/system/sshd/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
