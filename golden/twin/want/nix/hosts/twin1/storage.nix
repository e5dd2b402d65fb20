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
}
