package introspect

import "github.com/pve2nix/pve2nix/engine/snapshot"

// guestParameters are the parameters of modules that decide how guests run, or what a host can do for them, as sysfs
// shows them. Some exist on some kernels and processors only. Sources: the kernel's
// Documentation/admin-guide/kernel-parameters.txt (kvm, vhost), virt/kvm/x86, drivers/vfio, drivers/gpu/drm/i915 and xe, and
// zfs(4) of OpenZFS.
var guestParameters = []struct {
	module string
	names  []string
}{
	{"i915", []string{"enable_guc", "enable_gvt", "max_vfs"}},
	{"kvm", []string{"halt_poll_ns", "ignore_msrs", "mitigate_smt_rsb", "nx_huge_pages", "report_ignored_msrs", "tdp_mmu"}},
	{"kvm_amd", []string{"avic", "nested", "npt", "sev", "sev_es", "sev_snp"}},
	{"kvm_intel", []string{"emulate_invalid_guest_state", "enable_apicv", "ept", "fasteoi", "flexpriority", "nested", "pml", "tdx", "unrestricted_guest", "vpid"}},
	{"vfio", []string{"enable_unsafe_noiommu_mode"}},
	{"vfio_iommu_type1", []string{"allow_unsafe_interrupts", "disable_hugepages", "dma_entry_limit"}},
	{"vfio_pci", []string{"disable_denylist", "disable_idle_d3", "disable_vga", "enable_sriov", "nointxmask"}},
	{"vhost", []string{"max_mem_regions"}},
	{"vhost_net", []string{"experimental_zcopytx"}},
	{"xe", []string{"force_execlist", "max_vfs"}},
	{"zfs", []string{
		"l2arc_noprefetch", "l2arc_write_max", "zfs_arc_max", "zfs_arc_min", "zfs_arc_sys_free", "zfs_dirty_data_max",
		"zfs_prefetch_disable", "zfs_txg_timeout", "zvol_threads", "zvol_use_blk_mq",
	}},
}

const moduleClass = "/sys/module"

// collectModuleParameters takes parameters of loaded modules. What modprobe.d says comes true only when a module is
// loaded, so the running kernel may differ from it.
func collectModuleParameters(c *capture) {
	a := c.area("hardware.module_parameters", sourceFile)
	if !sysfs(a, moduleClass) {
		return
	}
	for _, known := range guestParameters {
		dir := moduleClass + "/" + known.module + "/parameters"
		if !c.exists(dir) {
			continue
		}
		for _, name := range known.names {
			if value := a.attribute(dir + "/" + name); value != "" {
				c.out.Hardware.ModuleParameters = append(c.out.Hardware.ModuleParameters,
					snapshot.ModuleParameter{Module: known.module, Name: name, Value: value})
			}
		}
	}
}
