# METADATA
# scope: package
# title: DRBD of the kernel of NixOS is not the one of this host
# description: |
#  Resources of DRBD are configured here ({resources}), with DRBD 9 from
#  LINBIT's packages. services.drbd of NixOS loads the module of the kernel,
#  which is 8.4: it does not read metadata of version 9 and knows no more
#  than two peers. The resources stay down, with the volumes of guests on
#  them.
# custom:
#  id: PVE-STO-064
#  kind: gap
#  category: package
#  severity: major
#  component: DRBD and LINSTOR
#  equivalent: boot.extraModulePackages
#  account: none
#  workaround: |
#   boot.extraModulePackages = [ config.boot.kernelPackages.drbd ] brings version 9 where it
#   builds for the kernel; LINSTOR has a module in proxmox-nixos only
#   (services.proxmox-ve.linstor.enable). Check that the minor version is not older than that
#   of the other nodes, and convert a node only while its peers are UpToDate.
#  test:
#   before: |
#    `cat /proc/drbd` or `drbdadm --version` on PVE prints version 9, and
#    `drbdadm status` all disks as UpToDate.
#   after: |
#    `modinfo -F version drbd` on the trial system prints 9, and `drbdadm
#    status` the same resources as UpToDate.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/services/network-filesystems/drbd.nix
#   - https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/
package rules.storage.drbd_version

import data.lib.facts

_resources := {i: trim_suffix(trim_prefix(f.path, "/etc/drbd.d/"), ".res") |
	some i, f in input.config_files
	regex.match(`^/etc/drbd\.d/[^/]+\.res$`, f.path)
}

_nine if facts.packages["drbd-dkms"]

_nine if facts.packages["drbd-module-dkms"]

findings contains {"at": sort([sprintf("/config_files/%d", [i]) | some i, _ in _resources]), "vars": {"resources": concat(", ", sort([r | some r in _resources]))}} if {
	count(_resources) > 0
	_nine
}
