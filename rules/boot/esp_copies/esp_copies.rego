# METADATA
# scope: package
# title: Each EFI partition gets what systemd-boot needs
# description: |
#  proxmox-boot-tool keeps several EFI partitions equal. The program of NixOS writes to the one
#  at /boot; a command after it brings kernels, entries and the choice of the menu to the others,
#  so that the host starts the same generation from each disk. Entries and kernels of Proxmox VE
#  there are not touched, and before the commit of a trial nothing is written. A disk that is
#  away is named and does not stop the update.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.loader.systemd-boot.extraInstallCommands
#   - https://uapi-group.org/specifications/specs/boot_loader_specification/
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.esp_copies

import data.lib.esp

# The shell of one partition: what goes first names what is removed after it, and the entries come when their kernels are there.
_copy := [
	"at=$(mktemp -d)",
	"trap 'umount \"$at\"; rmdir \"$at\"' EXIT",
	"mount -t vfat -o umask=0077 \"/dev/disk/by-uuid/$1\" \"$at\"",
	"mkdir -p \"$at/EFI/nixos\" \"$at/loader/entries\"",
	"for old in \"$at\"/loader/entries/nixos-* \"$at\"/EFI/nixos/*; do",
	"  if [ ! -e \"/boot${old#\"$at\"}\" ]; then rm -rf \"$old\"; fi",
	"done",
	"for new in /boot/EFI/nixos/* /boot/loader/entries/nixos-*.conf /boot/loader/loader.conf; do",
	"  to=$at${new#/boot}",
	"  if [ -f \"$new\" ] && ! cmp -s \"$new\" \"$to\"; then",
	"    cp \"$new\" \"$to.new\"",
	"    mv \"$to.new\" \"$to\"",
	"  fi",
	"done",
	"sync -f \"$at\"",
]

_script := concat("\n", array.concat(
	array.concat(
		[
			"installed=$?",
			"if [ \"$installed\" = 0 ] && { [ ! -e /var/lib/pve2nix/guard/trial.json ] || [ -e /var/lib/pve2nix/guard/committed ]; }; then",
			"  export PATH=/run/current-system/sw/bin:$PATH",
			sprintf("  for uuid in %s; do", [concat(" ", esp.uuids)]),
			"    if [ \"$(readlink -f \"/dev/disk/by-uuid/$uuid\")\" = \"$(findmnt -n -o SOURCE /boot)\" ]; then continue; fi",
			"    bash -eu -s -- \"$uuid\" <<'COPY' || echo \"warning: the EFI partition $uuid was not written; its disk starts what it started before\" >&2",
		],
		_copy,
	),
	[
		"COPY",
		"  done",
		"fi",
		"(exit \"$installed\")",
		"",
	],
))

settings contains {"at": ["/system/boot/esps"], "option": ["boot", "loader", "systemd-boot", "extraInstallCommands"], "value": _script} if esp.copied
