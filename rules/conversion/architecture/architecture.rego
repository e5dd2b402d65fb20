# METADATA
# scope: package
# title: "proxmox-nixos has no packages for {arch}"
# description: |
#  The host is a {arch} machine. proxmox-nixos builds PVE for x86_64 only, as Proxmox does; what
#  runs here is a port of others, with changes of its own. The configuration does not evaluate.
# custom:
#  id: PVE-CNV-004
#  kind: gap
#  category: package
#  severity: critical
#  component: architecture
#  account: none
#  workaround: |
#   Choose another target (`pve2nix eval --target libvirt` or `--target incus`), which NixOS
#   supports on {arch}, or leave this host on Debian.
#  test:
#   before: |
#    `uname -m` prints {arch}.
#   after: |
#    The configuration of the other target builds with `nix build` on a
#    machine of the same kind.
#  phase: prepare
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/README.md
package rules.conversion.architecture

findings contains {"at": ["/host/arch"], "vars": {"arch": input.host.arch}} if {
	data.target == "proxmox"
	not input.host.arch in {"amd64", "x86-64", "x86_64"}
}
