# METADATA
# scope: package
# title: This host is a virtual machine itself
# description: |
#  The host runs inside {kind}. The trial boot needs the console of that
#  machine, the watchdog and firmware are virtual, and the virtual disks may
#  have no serial number, so /dev/disk/by-id is empty, where NixOS looks for
#  ZFS pools.
# custom:
#  id: PVE-HW-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: virtual host
#  equivalent: boot.zfs.devNodes
#  account: none
#  workaround: |
#   Take a snapshot of the machine before the conversion: it is the best way
#   back. With ZFS and an empty /dev/disk/by-id set boot.zfs.devNodes =
#   "/dev/disk/by-partuuid".
#  test:
#   before: |
#    `systemd-detect-virt` prints {kind}.
#   after: |
#    The trial boot finds its root, and `zpool status` lists all pools.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Nested_Virtualization
#   - https://search.nixos.org/options?query=boot.zfs.devNodes
package rules.hardware.nested_host

findings contains {"at": ["/host/virtualization"], "vars": {"kind": input.host.virtualization}} if {
	input.host.virtualization in {"kvm", "qemu", "vmware", "microsoft", "xen", "oracle", "parallels"}
}

# A tree of files has no systemd to ask: the processor says it, as the kernel lists its flags.
findings contains {"at": ["/hardware/cpu"], "vars": {"kind": "a hypervisor"}} if {
	not input.host.virtualization
	"hypervisor" in input.hardware.cpu.flags
}
