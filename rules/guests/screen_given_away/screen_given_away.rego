# METADATA
# scope: package
# title: "VM {vmid} takes the screen of the host when the host starts"
# description: |
#  {vmid} ({name}) starts with the host and gets the graphics card that the
#  firmware shows its screen on. From then on the console is dark. A trial boot
#  whose network does not come up cannot be watched or helped on the screen,
#  and the reason that it failed is not seen either.
# custom:
#  id: PVE-VM-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: PCI passthrough
#  account: none
#  workaround: |
#   Take onboot off this VM for the trial (`qm set {vmid} --onboot 0`), or have
#   another way to the console: a serial port (boot.kernelParams = [
#   "console=ttyS0,115200" "console=tty0" ]) or the management controller. Put
#   onboot back after the commit.
#  test:
#   before: |
#    `qm config {vmid} | grep -E 'onboot|hostpci'` on PVE prints onboot: 1 and
#    the card.
#   after: |
#    During the trial boot the login prompt stays on the screen, or `journalctl
#    -b -k` can be read over the other console.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://docs.kernel.org/admin-guide/serial-console.html
package rules.guests.screen_given_away

import data.lib.facts
import data.lib.passthrough
import data.lib.pve

_taken[vmid] contains at if {
	some at, d in passthrough.pci
	_screen(d)
	vmid := d.vmid
	facts.truthy(facts.guests[vmid].config.onboot.property.value)
}

# Which card has the screen is known in most cases; else a guest's first card is it.
_screen(d) if {
	count(_boot_cards) == 0
	some name in ["legacy-igd", "x-vga"]
	facts.truthy(facts.field(d.property, name))
}

_screen(d) if {
	some address in d.addresses
	_late_cards[regex.replace(address, `\.[0-9]$`, "")]
}

_boot_cards contains regex.replace(c.address, `\.[0-9]$`, "") if {
	some c in input.hardware.pci
	c.boot_vga
}

# A card that vfio-pci has by its id is dark from the beginning, whichever guest starts.
_late_cards contains regex.replace(c.address, `\.[0-9]$`, "") if {
	some c in input.hardware.pci
	c.boot_vga
	not _early(c)
}

_early(c) if concat(":", [c.vendor, c.device]) in passthrough.vfio_ids

findings contains {"at": sort(at), "vars": {"vmid": vmid, "name": pve.name(vmid)}} if some vmid, at in _taken
