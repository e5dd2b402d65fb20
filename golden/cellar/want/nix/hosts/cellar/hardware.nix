{ ... }:
{
  hardware = {
    # hardware/cpu/vendor, package intel-microcode (catalog/packages_pve.cue:262, hardware/firmware)
    cpu.intel.updateMicrocode = true;
    # hardware (hardware/firmware)
    enableRedistributableFirmware = true;
    # /etc/pve/nodes/cellar/qemu-server/131.conf:8 (guests/graphics)
    graphics.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";

  # /etc/pve/nodes/cellar/qemu-server/131.conf:7 (guests/intel_slices)
  virtualisation.kvmgt = {
    enable = true;
    device = "0000:00:02.0";
  };
}
