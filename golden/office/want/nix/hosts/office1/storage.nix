{ ... }:
{
  boot = {
    supportedFilesystems = {
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:579, storage/filesystems)
      nfs = true;
      # storage/filesystems
      zfs = true;
    };
    zfs = {
      # storage fast, storage tank (storage/filesystems)
      extraPools = [
        "fast"
        "tank"
      ];
      # storage pve (storage/filesystems)
      forceImportRoot = false;
    };
  };

  # storage pve (storage/root)
  fileSystems."/" = {
    device = "/dev/pve/nixos";
    fsType = "ext4";
  };

  # host hostid (storage/filesystems)
  networking.hostId = "4e24c871";

  services = {
    # storage pve (storage/filesystems)
    lvm = {
      boot.thin.enable = true;
      dmeventd.enable = true;
    };
    # storage/filesystems
    rpcbind.enable = true;
  };
}
