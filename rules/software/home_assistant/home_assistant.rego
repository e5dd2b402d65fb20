# METADATA
# scope: package
# title: Home Assistant Supervised accepts no other system than Debian
# description: |
#  The Supervisor of Home Assistant runs on this host ({image}). It manages its containers,
#  the network and the audio of the host over D-Bus and an agent of its own, and checks that
#  the system is Debian. On NixOS it marks itself unsupported and unhealthy, and installs
#  neither updates nor add-ons.
# custom:
#  id: PVE-SW-004
#  kind: gap
#  category: package
#  severity: major
#  component: Home Assistant
#  equivalent: services.home-assistant
#  account: none
#  workaround: |
#   Make a full backup in Home Assistant (Settings, System, Backups) and restore it in a VM
#   with Home Assistant OS, with its radio sticks passed through by USB vendor and product.
#   services.home-assistant of NixOS runs the core without add-ons.
#  test:
#   before: |
#    `docker ps --format "{{.Image}}" | grep supervisor` on PVE prints the image.
#   after: |
#    `ha info` in the VM prints `supported: true`, and the devices answer.
#  phase: prepare
#  sources:
#   - https://github.com/home-assistant/supervised-installer
#   - https://www.home-assistant.io/installation/
#   - https://www.home-assistant.io/more-info/unsupported/os
package rules.software.home_assistant

findings contains {"at": [sprintf("/system/containers/%d", [i])], "vars": {"image": c.image}} if {
	some i, c in input.system.containers
	regex.match(`(^|/)[a-z0-9]+-hassio-supervisor(:|@|$)`, c.image)
}
