# METADATA
# scope: package
# title: "Volume group {name} needs modules that the initial RAM disk does not have"
# description: |
#  {name} has volumes of the kinds {kinds}, and the root is in the same
#  group. Debian's initial RAM disk brings every module of the device mapper
#  and the tools that check caches. That of NixOS has dm-mod, and what is
#  named. These volumes are not activated there; where the thin pool of the
#  side root is built on them (as data_tdata), the boot stops before there is
#  a root.
# custom:
#  id: PVE-STO-045
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: LVM
#  equivalent: boot.initrd.kernelModules
#  account: none
#  workaround: |
#   Set boot.initrd.kernelModules to the modules of the kinds: dm-raid for
#   raid and mirror, dm-cache-default for cache, dm-writecache for
#   writecache; for vdo set services.lvm.boot.vdo.enable. A cache needs
#   services.lvm.boot.thin.enable as well, which brings cache_check.
#  test:
#   before: |
#    `lvs -a -o lv_name,segtype {name}` on PVE prints {kinds}.
#   after: |
#    `lsmod` on the trial system shows the modules, and `lvs -o
#    lv_name,lv_active {name}` prints the same as on PVE.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/lvm.nix
#   - https://man7.org/linux/man-pages/man7/lvmraid.7.html
#   - https://man7.org/linux/man-pages/man7/lvmcache.7.html
package rules.storage.lvm_modules

_special := `^(raid[0-9]+.*|mirror|cache|cache-pool|writecache|vdo|vdo-pool)$`

findings contains {"at": at, "vars": {"name": g.name, "kinds": concat(", ", sort({g.logical_volumes[j].kind | some j in special}))}} if {
	some i, g in input.storage.volume_groups
	g.root
	special := [j | some j, v in g.logical_volumes; regex.match(_special, v.kind)]
	count(special) > 0
	at := sort([sprintf("/storage/volume_groups/%d/logical_volumes/%d", [i, j]) | some j in special])
}
