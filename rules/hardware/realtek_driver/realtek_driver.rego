# METADATA
# scope: package
# title: The network card runs on the driver of its vendor
# description: |
#  {devices} is driven by {driver}, which DKMS builds here. NixOS has the driver r8169 of
#  the kernel for such cards. The line `blacklist r8169` that its package brings is not
#  taken over, because the card would have no driver at all then. People install the
#  vendor's driver because r8169 lost the link or was slow with their board; that fault may
#  come back, and an option of {driver} in modprobe.d does nothing there.
# custom:
#  id: PVE-HW-019
#  kind: pitfall
#  category: package
#  severity: major
#  component: Realtek network cards
#  equivalent: boot.extraModulePackages
#  account: review
#  workaround: |
#   Try r8169 on PVE first: `modprobe -r {driver}; modprobe r8169` at the console. If it
#   fails, set boot.extraModulePackages = [ config.boot.kernelPackages.{driver} ] (r8125 and
#   r8168 are there, r8126 and r8127 are not) together with boot.blacklistedKernelModules =
#   [ "r8169" ].
#  test:
#   before: |
#    `ethtool -i PORT` on PVE prints `driver: {driver}`.
#   after: |
#    `ethtool -i PORT` on the trial system prints the driver that you chose, and `iperf3`
#    runs for an hour without a lost link in `dmesg`.
#  phase: boot
#  sources:
#   - https://packages.debian.org/r8168-dkms
#   - https://packages.debian.org/r8125-dkms
#   - https://search.nixos.org/packages?query=r8125
package rules.hardware.realtek_driver

_vendor := {"r8101", "r8125", "r8126", "r8127", "r8168"}

_cards[d.driver][i] := d.address if {
	some i, d in input.hardware.pci
	d.driver in _vendor
}

_lines := [sprintf("/system/modprobe/%d", [i]) |
	some i, p in input.system.modprobe
	p.key == "blacklist r8169"
]

findings contains {"at": sort(array.concat(_lines, [sprintf("/hardware/pci/%d", [i]) | some i, _ in cards])), "vars": {
	"driver": driver,
	"devices": concat(", ", sort([address | some address in cards])),
}} if {
	some driver, cards in _cards
}
