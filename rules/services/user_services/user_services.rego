# METADATA
# scope: package
# title: Services of users run without a login and are not in this report
# description: |
#  {users} are set to linger: their own units run from boot on, from ~/.config/systemd/user,
#  which no capture reads. Rootless containers of Podman and Syncthing run this way. On
#  NixOS the mark is gone, and their homes may be elsewhere.
# custom:
#  id: PVE-SVC-007
#  kind: pitfall
#  category: service
#  severity: minor
#  component: user services
#  equivalent: "users.users.<name>.linger"
#  account: none
#  workaround: |
#   Look at each with `systemctl --user -M USER@ list-units`. Set users.users.NAME.linger =
#   true, carry ~/.config/systemd/user and what it names, or better write the units as
#   systemd.user.services or as system units with User=.
#  test:
#   before: |
#    `ls /var/lib/systemd/linger` on PVE prints the users.
#   after: |
#    `loginctl show-user NAME -p Linger` on the trial system prints `Linger=yes`, and
#    `systemctl --user -M NAME@ list-units` shows the services.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/loginctl.html
#   - https://search.nixos.org/options?query=users.users.%3Cname%3E.linger
package rules.services.user_services

findings contains {"at": ["/system/login/lingering"], "vars": {"users": concat(", ", sort(input.system.login.lingering))}} if {
	count(input.system.login.lingering) > 0
}
