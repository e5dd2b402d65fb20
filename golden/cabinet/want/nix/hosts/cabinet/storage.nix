{ ... }:
{
  boot = {
    # /etc/crypttab:1 (storage/luks)
    initrd.luks.devices.cryptroot = {
      allowDiscards = true;
      device = "/dev/disk/by-uuid/0d1e2f3a-0061-4b5c-8d7e-6f5a4b3c2d1e";
    };
    # storage/filesystems
    supportedFilesystems = {
      ext4 = true;
      vfat = true;
      xfs = true;
      zfs = true;
    };
    zfs = {
      # storage vault (storage/filesystems)
      extraPools = [ "vault" ];
      # storage pve (storage/filesystems)
      forceImportRoot = false;
    };
  };

  fileSystems = {
    # storage pve (storage/root)
    "/" = {
      device = "/dev/pve/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:3 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/61AA-0C0D";
      fsType = "vfat";
      options = [
        "nofail"
        "umask=0077"
      ];
    };
    # /etc/fstab:5 (storage/fstab)
    "/srv/pictures" = {
      device = "/dev/disk/by-uuid/c1b2a3d4-0061-4f5e-8a9b-7c6d5e4f3a2b";
      fsType = "xfs";
      options = [ "nofail" ];
    };
  };

  # host hostid (storage/filesystems)
  networking.hostId = "a6e42a44";

  services = {
    lvm = {
      # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1170,
      # storage/filesystems)
      boot.thin.enable = true;
      # storage pve (storage/filesystems)
      dmeventd.enable = true;
    };
    # storage/iscsi/initiator_name (storage/iscsi)
    openiscsi = {
      enable = true;
      name = "iqn.1993-08.org.debian:01:cab61";
    };
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
    zfs = {
      autoScrub = {
        # /etc/cron.d/zfsutils-linux:2-3 (storage/filesystems, system/debian_maintenance)
        enable = true;
        # /etc/cron.d/zfsutils-linux:3 (storage/filesystems)
        interval = "monthly";
      };
      # /etc/cron.d/zfsutils-linux:2-3 (system/debian_maintenance)
      trim.enable = true;
    };
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
