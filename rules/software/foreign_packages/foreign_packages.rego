# METADATA
# scope: package
# title: Programs of another architecture are installed
# description: |
#  {count} packages are for {arch} on this {host} host, {wanted} among them because somebody
#  wanted them: Steam, Wine, old tools of a vendor. A 32-bit program finds neither its
#  loader nor its libraries on NixOS, and graphics for it are off.
# custom:
#  id: PVE-SW-002
#  kind: pitfall
#  category: package
#  severity: minor
#  component: multi-arch
#  equivalent: hardware.graphics.enable32Bit
#  account: none
#  workaround: |
#   Use the package of nixpkgs (programs.steam.enable, wineWowPackages.stable), which brings
#   its libraries, with hardware.graphics.enable32Bit for the driver; a program from
#   elsewhere runs with `steam-run`. Better move desktops into a guest.
#  test:
#   before: |
#    `dpkg --print-foreign-architectures` on PVE prints {arch}.
#   after: |
#    The program starts on the trial system; `ldd` of it shows no `not found`.
#  phase: run
#  sources:
#   - https://wiki.debian.org/Multiarch/HOWTO
#   - https://search.nixos.org/options?query=hardware.graphics.enable32Bit
#   - https://search.nixos.org/options?query=programs.steam.enable
package rules.software.foreign_packages

_native := {"x86_64": "amd64", "aarch64": "arm64"}[input.host.arch]

_foreign[p.arch][i] := p if {
	some i, p in input.packages
	p.status == "installed"
	not p.arch in {"all", _native, ""}
}

findings contains {"at": sort([sprintf("/packages/%d", [i]) | some i, _ in packages]), "vars": {
	"arch": arch,
	"host": _native,
	"count": count(packages),
	"wanted": concat(", ", wanted),
}} if {
	some arch, packages in _foreign
	wanted := sort([p.name | some p in packages; not p.auto])
	count(wanted) > 0
}
