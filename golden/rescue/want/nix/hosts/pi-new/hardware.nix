{ ... }:
{
  # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
  hardware.enableRedistributableFirmware = true;

  # host arch (system/identity)
  nixpkgs.hostPlatform = "aarch64-linux";
}
