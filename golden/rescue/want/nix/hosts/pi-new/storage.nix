{ ... }:
{
  # package nfs-common (catalog/packages_pve.cue:579)
  boot.supportedFilesystems.nfs = true;

  # storage/root
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
}
