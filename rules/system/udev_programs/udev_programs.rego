# METADATA
# scope: package
# title: Rules of udev call programs, and NixOS does not build with them
# description: |
#  The rules in {files} run {programs}. NixOS checks each program that a rule calls by RUN
#  or IMPORT while it builds the system, and a path that is not in the Nix store stops the
#  build: taken over as they are, these rules leave you without a system to boot. A PROGRAM
#  is not checked; it fails when the device appears.
# custom:
#  id: PVE-SYS-015
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: udev
#  equivalent: services.udev.extraRules
#  account: none
#  workaround: |
#   Write RUN+="${pkgs.bash}/bin/sh -c …", "${pkgs.systemd}/bin/systemctl …" or the path of
#   an own script made with pkgs.writeShellScript into services.udev.extraRules. What only
#   starts a unit is better TAG+="systemd", ENV{SYSTEMD_WANTS}="NAME.service".
#  test:
#   before: |
#    `grep -lE "RUN|PROGRAM" /etc/udev/rules.d/*` on PVE lists the files.
#   after: |
#    `nixos-rebuild build` ends without `is called in udev rules but`, and `udevadm test
#    $(udevadm info -q path -n DEVICE)` on the trial system shows the program.
#  phase: convert
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/hardware/udev.nix
#   - https://search.nixos.org/options?query=services.udev.extraRules
#   - https://www.freedesktop.org/software/systemd/man/latest/udev.html
package rules.system.udev_programs

import data.lib.lines

# NixOS puts its own programs in the place of these.
_mended := {"/bin/mount", "/sbin/blkid", "/sbin/mdadm", "/sbin/modprobe", "/usr/bin/basename", "/usr/bin/readlink"}

_calls[[file, i]] := programs if {
	some file, f in lines.files
	startswith(file, "/etc/udev/rules.d/")
	some i, p in f.properties
	programs := {program |
		some call in regex.find_n(`(RUN|PROGRAM|IMPORT)(\{program\})?(\+|=)?="[^" ]+`, p.value, -1)
		program := regex.replace(call, `^.*"`, "")
		not program in _mended
	}
	count(programs) > 0
}

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in _calls]), "vars": {
	"files": concat(", ", sort({key[0] | some key, _ in _calls})),
	"programs": concat(", ", sort({p | some programs in _calls; some p in programs})),
}} if {
	count(_calls) > 0
}
