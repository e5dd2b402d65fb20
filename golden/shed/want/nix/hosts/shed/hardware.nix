{ ... }:
{
  hardware = {
    # hardware/cpu/vendor, package intel-microcode (catalog/packages_pve.cue:262, hardware/firmware)
    cpu.intel.updateMicrocode = true;
    # hardware (hardware/firmware)
    enableRedistributableFirmware = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";
}
