{ ... }:
{
  boot.supportedFilesystems = {
    # storage/filesystems
    ext4 = true;
    # package nfs-common (catalog/packages_pve.cue:579)
    nfs = true;
  };

  # storage pve (storage/root)
  fileSystems."/" = {
    device = "/dev/pve/nixos";
    fsType = "ext4";
  };

  # storage pve (storage/filesystems)
  services.lvm = {
    boot.thin.enable = true;
    dmeventd.enable = true;
  };
}
