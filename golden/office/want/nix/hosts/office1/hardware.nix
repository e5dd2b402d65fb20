{ ... }:
{
  hardware = {
    # hardware/cpu/vendor (hardware/firmware)
    cpu.intel.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
    enableRedistributableFirmware = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";
}
