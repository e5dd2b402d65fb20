{ ... }:
{
  hardware = {
    # hardware/cpu/vendor, package amd64-microcode (catalog/packages_pve.cue:52, hardware/firmware)
    cpu.amd.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:993, hardware/firmware)
    enableRedistributableFirmware = true;
    # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254, catalog/units_pve.cue:260)
    ksm.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";
}
