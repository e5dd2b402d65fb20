# METADATA
# scope: package
# title: The menu of GRUB on a serial line
# description: |
#  Where /etc/default/grub shows the menu on a serial line, GRUB of NixOS does so with the same unit
#  and speed.
# custom:
#  sources:
#   - https://www.gnu.org/software/grub/manual/grub/html_node/Serial-terminal.html
#   - https://search.nixos.org/options?query=boot.loader.grub.extraConfig
package rules.boot.grub_terminal

import data.lib.grubserial

settings contains {"at": grubserial.at, "option": ["boot", "loader", "grub", "extraConfig"], "value": concat("", [sprintf("%s\n", [line]) | some line in grubserial.lines])} if {
	count(grubserial.lines) > 0
}
