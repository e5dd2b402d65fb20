# METADATA
# scope: package
# title: Words in /etc/default/grub are not in effect
# description: |
#  /etc/default/grub has {words}, and the running kernel was started without. This host
#  starts with {loader}: systemd-boot does not read the file at all, and with GRUB the menu
#  was not written again or the host not restarted since. Only the words of the running
#  kernel are taken over, so what was meant there (the IOMMU, huge pages, a power saving) is
#  as missing on NixOS as it is now.
# custom:
#  id: PVE-BOOT-016
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: kernel command line
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Decide for each word. What is wanted goes into boot.kernelParams; test it on PVE first,
#   with `update-grub`, or by `proxmox-boot-tool refresh` after adding it to
#   /etc/kernel/cmdline where systemd-boot is the loader.
#  test:
#   before: |
#    `cat /proc/cmdline` on PVE does not show the words.
#   after: |
#    `cat /proc/cmdline` on the trial system shows those that you kept.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysboot_edit_kernel_cmdline
package rules.boot.grub_words

import data.lib.kernel
import data.lib.lines

_running := {_word(p) | some p in input.system.boot.kernel_parameters}

_word(p) := concat("=", [p.key, p.value]) if {
	object.get(p, "value", "") != ""
} else := p.key

_unused[i] contains word if {
	some i, p in lines.files["/etc/default/grub"].properties
	p.key in {"GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT"}
	some word in split(p.value, " ")
	not word in _running
	key := split(word, "=")[0]
	not key in {"", "$GRUB_CMDLINE_LINUX", "$GRUB_CMDLINE_LINUX_DEFAULT"}
	not kernel.of_pve(key)
}

# A tree of a host that is off has no running kernel: its words are those of the file.
findings contains {"at": sort([lines.at("/etc/default/grub", i) | some i, _ in _unused]), "vars": {
	"words": concat(" ", sort({word | some words in _unused; some word in words})),
	"loader": input.system.boot.loader,
}} if {
	startswith(input.system.boot.kernel_parameters[0].source, "/proc/cmdline")
	count(_unused) > 0
}
