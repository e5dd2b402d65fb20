# METADATA
# scope: package
# title: The disks are unlocked over the network before the system starts
# description: |
#  dropbear-initramfs is installed and {names} is opened in the initial RAM disk. The
#  server, the address and the driver of the network card ({drivers}) are part of Debian's
#  image. The image of NixOS has none of them unless it is told: it asks for the passphrase
#  on the console only, and the host never comes up for somebody who is far away. A key of
#  the running sshd must not be used there, because the image lies unencrypted on the boot
#  partition.
# custom:
#  id: PVE-BOOT-011
#  kind: gap
#  category: feature
#  severity: critical
#  component: dropbear in the initial RAM disk
#  equivalent: boot.initrd.network.ssh
#  account: none
#  workaround: |
#   Set boot.initrd.network.enable, boot.initrd.network.ssh.enable with port, authorizedKeys
#   and hostKeys (a key of its own: `ssh-keygen -t ed25519 -N "" -f
#   /etc/secrets/initrd_key`), and boot.initrd.availableKernelModules = [ the driver ]. The
#   address comes from DHCP, or from an ip= word in boot.kernelParams; with
#   boot.initrd.systemd.enable that word is not read and
#   boot.initrd.systemd.network.networks takes its place.
#  test:
#   before: |
#    `lsinitramfs /boot/initrd.img-$(uname -r) | grep dropbear` on PVE lists the server.
#   after: |
#    `ssh -p PORT root@HOST` reaches the trial system while it waits, and after the
#    passphrase `ssh root@HOST hostname` prints the name of the host.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/dropbear-initramfs/
#   - https://search.nixos.org/options?query=boot.initrd.network.ssh
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/system/boot/initrd-ssh.nix
package rules.boot.remote_unlock

import data.lib.facts
import data.lib.luks

_drivers := {d.driver |
	some d in input.hardware.pci
	startswith(d.class, "02")
	d.driver != "vfio-pci"
}

_named := concat(", ", sort(_drivers)) if {
	count(_drivers) > 0
} else := "not known"

findings contains {"at": at, "vars": {
	"names": concat(", ", sort([c.name | some c in luks.early])),
	"drivers": _named,
}} if {
	p := facts.packages["dropbear-initramfs"]
	count(luks.early) > 0
	at := sort(array.concat([p.at], [c.at | some c in luks.early]))
}
