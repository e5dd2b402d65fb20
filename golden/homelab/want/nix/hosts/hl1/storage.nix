{ ... }:
{
  boot = {
    supportedFilesystems = {
      # package cifs-utils (catalog/packages_pve.cue:127, storage/filesystems)
      cifs = true;
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:589)
      nfs = true;
      # storage/filesystems
      zfs = true;
    };
    zfs = {
      # storage tank (storage/filesystems)
      extraPools = [ "tank" ];
      # storage rpool (storage/filesystems)
      forceImportRoot = false;
    };
  };

  fileSystems = {
    # storage rpool (storage/root)
    "/" = {
      device = "rpool/ROOT/nixos";
      fsType = "zfs";
    };
    # system/boot/esps (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/5C1A-77D2";
      fsType = "vfat";
      options = [
        "noauto"
        "umask=0077"
      ];
    };
    # /etc/fstab:4 (storage/fstab)
    "/mnt/scans" = {
      device = "//nas.home.example.net/scans";
      fsType = "cifs";
      options = [
        "credentials=/root/.smb-nas"
        "uid=1500"
        "gid=1500"
        "nofail"
        "_netdev"
      ];
    };
    # /etc/fstab:3 (storage/fstab)
    "/mnt/usb-backup" = {
      device = "/dev/disk/by-uuid/3f0a1c52-98ad-4c3e-b1c7-4d5e6f708192";
      fsType = "ext4";
      options = [
        "nofail"
        "noauto"
        "x-systemd.automount"
        "x-systemd.device-timeout=10"
      ];
    };
  };

  # host hostid (storage/filesystems)
  networking.hostId = "d4c13a7f";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    lvm = {
      # package thin-provisioning-tools (catalog/packages_pve.cue:1188)
      boot.thin.enable = true;
      # unit dm-event.socket (catalog/units_pve.cue:161)
      dmeventd.enable = true;
    };
    # unit smartmontools.service (catalog/units_pve.cue:728)
    smartd.enable = true;
    zfs = {
      autoScrub = {
        # /etc/cron.d/zfsutils-linux:2-3, unit zfs-scrub-monthly@.timer, unit
        # zfs-scrub-monthly@tank.timer (catalog/units_pve.cue:811, storage/filesystems,
        # system/debian_maintenance)
        enable = true;
        # /etc/cron.d/zfsutils-linux:3 (storage/filesystems)
        interval = "monthly";
      };
      # /etc/cron.d/zfsutils-linux:2-3 (system/debian_maintenance)
      trim.enable = true;
      # /etc/zfs/zed.d/zed.rc:2-3,5 (catalog/properties_config_files.cue:1079,
      # catalog/properties_config_files.cue:1081, catalog/properties_config_files.cue:1082)
      zed.settings = {
        ZED_EMAIL_ADDR = [ "root" ];
        ZED_NOTIFY_VERBOSE = true;
        ZED_USE_ENCLOSURE_LEDS = true;
      };
    };
  };
}
