{ ... }:
{
  boot.supportedFilesystems = {
    # storage/filesystems
    ext4 = true;
    # package nfs-common (catalog/packages_pve.cue:579)
    nfs = true;
    # storage/filesystems
    vfat = true;
  };

  fileSystems = {
    # storage pve (storage/root)
    "/" = {
      device = "/dev/pve/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:3 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/6C1B-0F2E";
      fsType = "vfat";
      options = [
        "nofail"
        "umask=0077"
      ];
    };
  };

  # host hostid (system/host_id)
  networking.hostId = "d4c13a7f";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    lvm = {
      # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1170,
      # storage/filesystems)
      boot.thin.enable = true;
      # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
      dmeventd.enable = true;
    };
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
