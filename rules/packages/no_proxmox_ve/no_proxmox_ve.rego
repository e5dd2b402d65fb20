# METADATA
# scope: package
# title: The package proxmox-ve is not installed
# description: |
#  pve-manager is here, and the package that holds Proxmox VE together is not: it was
#  removed, by hand or because another package conflicts with it. Since then no new kernel of
#  PVE is pulled in, nothing keeps the parts of PVE in step, and apt offers to remove them as
#  unused. Which packages are a part of PVE cannot be told from its dependencies on this
#  host, so some stand in this report as if somebody had asked for them.
# custom:
#  id: PVE-PKG-012
#  kind: pitfall
#  category: package
#  severity: minor
#  component: proxmox-ve
#  account: none
#  workaround: |
#   See what removed it (`zgrep -h "Remove.*proxmox-ve" /var/log/apt/history.log*`), take
#   that conflict away, `apt install proxmox-ve`, reboot into its kernel, and capture again.
#  test:
#   before: |
#    `dpkg -l proxmox-ve` prints no line that begins with ii.
#   after: |
#    `dpkg -l proxmox-ve` prints a line that begins with ii, and `apt autoremove --dry-run`
#    lists nothing of PVE.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Install_Proxmox_VE_on_Debian_12_Bookworm
#   - https://git.proxmox.com/?p=proxmox-ve.git
package rules.packages.no_proxmox_ve

import data.lib.facts

findings contains {"at": [facts.packages["pve-manager"].at], "vars": {}} if {
	"packages" in facts.known
	facts.packages["pve-manager"]
	not facts.packages["proxmox-ve"]
}
