# METADATA
# scope: package
# title: "GRUB's menu was changed by hand"
# description: |
#  {files} are not as GRUB brought them: another system to start, a password, an entry for a
#  rescue image. NixOS writes its own menu from its generations and runs none of these
#  scripts. A second system can then be started by the menu of the firmware only.
# custom:
#  id: PVE-BOOT-022
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: GRUB
#  equivalent: boot.loader.grub.extraEntries
#  account: none
#  workaround: |
#   Write entries into boot.loader.grub.extraEntries, a password as boot.loader.grub.users,
#   and let boot.loader.grub.useOSProber find other systems; with systemd-boot use
#   boot.loader.systemd-boot.extraEntries.
#  test:
#   before: |
#    `grep -c ^menuentry /boot/grub/grub.cfg` on PVE counts the entries; reading the scripts
#    shows which are yours.
#   after: |
#    `grep menuentry /boot/grub/grub.cfg` or `bootctl list` on the trial system lists the
#    other systems too, and each starts.
#  phase: boot
#  sources:
#   - https://www.gnu.org/software/grub/manual/grub/html_node/Simple-configuration.html
#   - https://search.nixos.org/options?query=boot.loader.grub.extraEntries
package rules.boot.menu_entries

_changed[i] := f.path if {
	some i, f in input.local_files
	startswith(f.path, "/etc/grub.d/")
	f.kind == "script"
	f.state in {"changed", "local"}
}

findings contains {"at": sort([sprintf("/local_files/%d", [i]) | some i, _ in _changed]), "vars": {"files": concat(", ", sort([path | some path in _changed]))}} if {
	input.system.boot.loader == "grub"
	count(_changed) > 0
}
