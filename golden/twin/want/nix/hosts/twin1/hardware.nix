{ ... }:
{
  # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
  hardware.enableRedistributableFirmware = true;

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";
}
