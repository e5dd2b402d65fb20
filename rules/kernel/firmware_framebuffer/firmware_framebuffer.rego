# METADATA
# scope: package
# title: The words against the screen of the firmware do nothing on this kernel
# description: |
#  {words} is on the command line to free the graphics card for a guest. Since Linux 5.15
#  the screen of the firmware is driven by simpledrm through a platform device, in the
#  kernel of NixOS always, and these words no longer switch it off. The card's memory stays
#  taken: the guest starts with `BAR 1: can't reserve [mem …]` in the log and a black
#  screen.
# custom:
#  id: PVE-KRN-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: graphics passthrough
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Set boot.kernelParams = [ "initcall_blacklist=sysfb_init" ] in place of them where the
#   card is the one of the firmware; the host then has no text screen until a driver of its
#   own loads. Better let the firmware use another card (BIOS: primary display).
#  test:
#   before: |
#    `cat /proc/iomem | grep -iE "simple|efifb|BOOTFB"` on PVE prints a range inside of the
#    card's memory.
#   after: |
#    On the trial system it prints nothing, and `dmesg | grep "can't reserve"` stays empty
#    after the guest started.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/os-specific/linux/kernel/common-config.nix
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rules.kernel.firmware_framebuffer

import data.lib.kernel

_useless contains i if {
	some i in kernel.by_key.video
	regex.match(`(^|,)(efifb|vesafb|simplefb):off`, input.system.boot.kernel_parameters[i].value)
}

findings contains {"at": sort([sprintf("/system/boot/kernel_parameters/%d", [i]) | some i in _useless]), "vars": {"words": concat(" ", sort({kernel.word(input.system.boot.kernel_parameters[i]) | some i in _useless}))}} if {
	count(_useless) > 0
	count(kernel.passthrough) > 0
	not kernel.has("initcall_blacklist", "sysfb_init")
}
