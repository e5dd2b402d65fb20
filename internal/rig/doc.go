// Package rig boots stand-in hosts with their real boot loaders in qemu, without
// KVM: disks that are partitioned as the installer of Proxmox VE does, GRUB, LVM,
// and what a conversion puts beside them. Two kinds of tests use it: those in
// which GRUB starts a stand-in of a kernel that says how it was started and
// restarts the machine, a few seconds each; and those in which a Debian stands in
// for PVE and the program that is tested runs inside.
//
// It is for tests only. It needs root, because a logical volume is laid on a loop
// device; the device mapper of the machine is not used.
package rig
