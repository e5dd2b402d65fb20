# METADATA
# scope: package
# title: "proxmox-nixos does not support {arch}"
# description: |
#  The host is a {arch} machine. proxmox-nixos builds and tests PVE for x86_64 only, as Proxmox
#  does; packages for anything else exist by name and nobody has tried them. What runs here is a
#  port of others, with changes of its own, which are not in them.
# custom:
#  id: PVE-CNV-004
#  kind: gap
#  category: package
#  severity: critical
#  component: architecture
#  account: none
#  workaround: |
#   Leave this host on Debian, or move its guests to NixOS with virtualisation.libvirtd or
#   virtualisation.incus, which there are for {arch}.
#  test:
#   before: |
#    `uname -m` prints {arch}.
#   after: |
#    `nix build` of the configuration with libvirt or Incus succeeds on a
#    machine of the same kind, and `virsh list` or `incus list` there shows
#    the guests.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/README.md
package rules.conversion.architecture

findings contains {"at": ["/host/arch"], "vars": {"arch": input.host.arch}} if {
	not input.host.arch in {"amd64", "x86-64", "x86_64"}
}
