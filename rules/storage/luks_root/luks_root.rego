# METADATA
# scope: package
# title: The root cannot be opened without a person or a key
# description: |
#  Without these encrypted devices there is no root: {names}. The initial
#  RAM disk of NixOS asks for the passphrase on the console; a key file,
#  dropbear for opening it over the network, or a TPM that PVE's initial RAM
#  disk uses are not there, so an unattended reboot waits for ever.
# custom:
#  id: PVE-STO-010
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: LUKS
#  equivalent: boot.initrd.luks.devices
#  account: none
#  workaround: |
#   Have the console at hand for the trial boot, and a passphrase set where
#   only a key file opens the device (cryptsetup luksAddKey). For remote opening set
#   boot.initrd.network.enable and boot.initrd.network.ssh with a host key
#   of its own; for a TPM enrol it again with systemd-cryptenroll and
#   boot.initrd.systemd.enable.
#  test:
#   before: |
#    `cat /etc/crypttab` on PVE shows how the key is found.
#   after: |
#    `cryptsetup status NAME` on the trial system prints active; the boot
#    asked for the passphrase on the console, or opened the device by itself.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=boot.initrd.luks.devices
#   - https://search.nixos.org/options?query=boot.initrd.network.ssh
package rules.storage.luks_root

import data.lib.luks

findings contains {"at": at, "vars": {"names": concat(", ", sort([luks.labels[i] | some i, _ in luks.early]))}} if {
	at := sort([d.at | some d in luks.early])
	count(at) > 0
}
