# METADATA
# scope: package
# title: Packages come from no repository
# description: |
#  {names} were installed by hand and no configured repository has them: somebody downloaded or
#  built a .deb. Where the name is one that the catalog knows, what it says is about the package
#  of that name in Debian, which may be another program or version.
# custom:
#  id: PVE-PKG-004
#  kind: pitfall
#  category: package
#  severity: minor
#  component: locally installed packages
#  account: none
#  workaround: |
#   Find out where each came from (`zgrep NAME /var/log/apt/history.log* /var/log/dpkg.log*`)
#   and whether it is used. Take it from nixpkgs, or package its program with
#   pkgs.autoPatchelfHook.
#  test:
#   before: |
#    `apt list --installed 2>/dev/null | grep ,local` on PVE prints {names}.
#   after: |
#    `command -v PROGRAM` on the trial system prints a path for each program of them that is
#    used.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/PackageKit/gtk-doc/concepts.html
#   - https://nixos.org/manual/nixpkgs/stable/#setup-hook-autopatchelfhook
package rules.packages.local_files

_origins_known if {
	some a in input.capture.areas
	a.name == "packages"
	a.source == "packagekit"
}

# Old kernels and libraries leave their repository with every update; what was asked for by name does not.
_local[sprintf("/packages/%d", [i])] := sprintf("%s %s", [p.name, p.version]) if {
	_origins_known
	some i, p in input.packages
	p.status == "installed"
	not p.auto
	object.get(p, "origin", "") == ""
	not regex.match(`^(pve|proxmox)-(kernel|headers)-[0-9]`, p.name)
}

findings contains {"at": sort(object.keys(_local)), "vars": {"names": concat(", ", sort([name | some name in _local]))}} if count(_local) > 0
