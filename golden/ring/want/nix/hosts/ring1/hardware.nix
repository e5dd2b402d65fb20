{ ... }:
{
  hardware = {
    # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
    enableRedistributableFirmware = true;
    # unit ksm.service (catalog/units_pve.cue:254)
    ksm.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";
}
