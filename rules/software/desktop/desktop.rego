# METADATA
# scope: package
# title: A desktop runs on this host
# description: |
#  {manager} offers a graphical login. Nothing of it is taken over: the trial system ends at
#  a text console, and a browser on localhost:8006 is not there. A desktop also holds the
#  graphics card that a guest may be meant to get, and puts the host to sleep when nobody is
#  at it, which Debian's and NixOS's desktops do alike.
# custom:
#  id: PVE-SW-008
#  kind: gap
#  category: feature
#  severity: minor
#  component: graphical login
#  equivalent: services.displayManager
#  account: none
#  workaround: |
#   Set {option} and the desktop with services.xserver.desktopManager or
#   services.desktopManager, a user in users.users for it (root is refused by most), and
#   systemd.targets.sleep.enable = false. Or leave the desktop out and work from another
#   machine.
#  test:
#   before: |
#    `systemctl is-active display-manager` on PVE prints active.
#   after: |
#    It prints active on the trial system, or inactive if you left it out, and `systemctl
#    suspend` is refused.
#  phase: run
#  sources:
#   - https://wiki.debian.org/DisplayManager
#   - https://pve.proxmox.com/wiki/Developer_Workstations_with_Proxmox_VE_and_X11
#   - https://search.nixos.org/options?query=services.displayManager
package rules.software.desktop

import data.lib.facts

_options := {
	"gdm.service": "services.xserver.displayManager.gdm.enable",
	"gdm3.service": "services.xserver.displayManager.gdm.enable",
	"lightdm.service": "services.xserver.displayManager.lightdm.enable",
	"sddm.service": "services.displayManager.sddm.enable",
}

findings contains {"at": [facts.units[manager].at], "vars": {"manager": manager, "option": option}} if {
	some manager, option in _options
	manager in facts.in_use
}
