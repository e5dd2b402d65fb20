{ ... }:
{
  boot.supportedFilesystems = {
    # storage/filesystems
    ext4 = true;
    # package nfs-common (catalog/packages_pve.cue:579)
    nfs = true;
  };

  # /etc/fstab:1 (storage/root)
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };

  # storage pve (storage/filesystems)
  services.lvm = {
    boot.thin.enable = true;
    dmeventd.enable = true;
  };
}
