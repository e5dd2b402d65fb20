# METADATA
# title: Kernel parameters, modules and drivers
# description: |
#  Which parameters of PVE's kernel mean the same to the kernel of NixOS, and
#  which drivers the initial RAM disk needs to find the root.
package lib.kernel

import data.lib.guard

# METADATA
# title: Parameters that mean the same on any kernel
parameters := {
	"acpi", "acpi_enforce_resources", "acpi_osi", "amd_iommu", "amd_pstate", "apparmor", "audit", "clocksource",
	"console", "consoleblank", "cpuidle.off", "default_hugepagesz", "earlycon", "earlyprintk", "efi", "fbcon",
	"gather_data_sampling", "hpet", "hugepages", "hugepagesz", "idle", "intel_iommu", "intel_pstate", "iommu",
	"ipv6.disable", "irqaffinity", "isolcpus", "kpti", "kvm-amd.nested", "kvm-intel.nested", "l1tf", "libata.force",
	"loglevel", "lsm", "mce", "mds", "mem", "memmap", "mitigations", "mmio_stale_data", "modprobe.blacklist",
	"net.ifnames", "nmi_watchdog", "no_timer_check", "nohz", "nohz_full", "nolapic", "nomodeset", "noapic", "nopti",
	"nosmt", "nospectre_v1", "nospectre_v2", "nowatchdog", "numa", "numa_balancing", "panic", "pci", "pcie_aspm",
	"pcie_port_pm", "preempt", "processor.max_cstate", "pti", "rcu_nocbs", "reboot", "retbleed", "security",
	"selinux", "skew_tick", "softlockup_panic", "spec_rstack_overflow", "spec_store_bypass_disable", "spectre_v2",
	"split_lock_detect", "srbds", "transparent_hugepage", "tsc", "tsx", "tsx_async_abort", "vga", "video",
	"vfio_iommu_type1.allow_unsafe_interrupts", "workqueue.power_efficient", "x2apic_phys",
}

# METADATA
# title: Whether a parameter says where PVE's own system lies, or how quietly it starts
# description: NixOS has its own; the catalog says so of each.
of_pve(key) if data.catalog.kernel_parameters_dropped[key]

# METADATA
# title: Whether a parameter is kept
# description: driver.option is an option of a module and works for built-in drivers as well.
kept(key) if {
	key in parameters
	not of_pve(key)
}

kept(key) if {
	not of_pve(key)
	regex.match(`^[a-z0-9_-]+\.[A-Za-z0-9_]+$`, key)
	not split(key, ".")[0] in {"rd", "systemd", "udev", "luks", "vt"}
}

# METADATA
# title: A parameter as one word
# description: Undefined where the value is secret or does not fit.
word(p) := text if {
	text := _joined(p)
	guard.kernel_word(text)
}

_joined(p) := p.key if {
	not p.secret
	object.get(p, "value", "") == ""
}

_joined(p) := sprintf("%s=%s", [p.key, p.value]) if {
	p.value != ""
}

# METADATA
# title: Parameters by key
# description: key → set of indexes
by_key[p.key] contains i if some i, p in input.system.boot.kernel_parameters

# METADATA
# title: Whether the command line has a parameter with a value
has(key, value) if {
	some i in by_key[key]
	value in split(input.system.boot.kernel_parameters[i].value, ",")
}

# METADATA
# title: Drivers of disk controllers that Linux has
# description: Only names that the kernel of NixOS builds as a module or has built in; an unknown one would fail the build.
disk_drivers := {
	"3w_9xxx", "3w_sas", "aacraid", "ahci", "arcmsr", "ata_piix", "be2iscsi", "bfa", "ehci_pci", "esas2r", "hpsa",
	"isci", "lpfc", "megaraid_sas", "mpi3mr", "mpt3sas", "mptsas", "mptspi", "mvsas", "nvme", "pm80xx", "qla2xxx",
	"sd_mod", "smartpqi", "uas", "uhci_hcd", "usb_storage", "virtio_blk", "virtio_pci", "virtio_scsi", "vmd",
	"vmw_pvscsi", "xhci_pci",
}

# METADATA
# title: Drivers that the initial RAM disk needs
# description: |
#  Those of this host's disk controllers. Where the hardware is not known, as
#  in a captured tree, the usual ones of servers.
initrd_modules := _present if {
	count(_present) > 0
} else := ["ahci", "hpsa", "megaraid_sas", "mpt3sas", "nvme", "sd_mod", "usb_storage", "virtio_blk", "virtio_pci", "virtio_scsi", "xhci_pci"]

_present := sort([d | some d in disk_drivers; d in _loaded])

_loaded contains m if some m in input.hardware.modules

_loaded contains replace(d.driver, "-", "_") if some d in input.hardware.pci

# METADATA
# title: Local VMs that use PCI devices of the host
# description: set of {vmid, at}
passthrough contains {"vmid": g.vmid, "at": sprintf("/guests/%d/config/%d", [i, j])} if {
	some i, g in input.guests
	g.local
	some j, p in g.config
	regex.match(`^hostpci[0-9]+$`, p.key)
}
