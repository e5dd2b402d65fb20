# METADATA
# scope: package
# title: The boot menu of NixOS does not show on the serial console
# description: |
#  The console of this host is the serial line {console}. The word is taken over, so kernel
#  and login are there; the menu of the loader is not: systemd-boot draws on the screen of
#  the firmware, and GRUB uses the graphics card where /etc/default/grub does not say
#  otherwise. Whoever watches the line cannot choose PVE or an older generation.
# custom:
#  id: PVE-BOOT-018
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: serial console
#  equivalent: boot.loader.grub.extraConfig
#  account: none
#  workaround: |
#   With GRUB set boot.loader.grub.extraConfig = "serial --unit=0 --speed=115200;
#   terminal_input serial console; terminal_output serial console" with unit and speed of
#   {console}. With systemd-boot switch console redirection on in the firmware, and set
#   boot.loader.timeout to 10.
#  test:
#   before: |
#    `ipmitool -I lanplus -H BMC -U USER sol activate`, or a terminal at the line, shows the
#    menu while PVE starts.
#   after: |
#    `ipmitool … sol activate`, or the terminal, shows the menu of NixOS with all entries
#    while the trial system starts.
#  phase: boot
#  sources:
#   - https://docs.kernel.org/admin-guide/serial-console.html
#   - https://search.nixos.org/options?query=boot.loader.grub.extraConfig
#   - https://www.gnu.org/software/grub/manual/grub/html_node/Serial-terminal.html
package rules.boot.serial_menu

import data.lib.grubserial
import data.lib.kernel

findings contains {"at": sort([sprintf("/system/boot/kernel_parameters/%d", [i]) | some i in _serial]), "vars": {"console": concat(", ", sort({input.system.boot.kernel_parameters[i].value | some i in _serial}))}} if {
	count(_serial) > 0
	count(grubserial.lines) == 0
}

_serial contains i if {
	some i in kernel.by_key.console
	startswith(input.system.boot.kernel_parameters[i].value, "ttyS")
}
