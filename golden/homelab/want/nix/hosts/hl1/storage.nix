{ ... }:
{
  boot = {
    supportedFilesystems = {
      # package cifs-utils (catalog/packages_pve.cue:118, storage/filesystems)
      cifs = true;
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:579)
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

  # /etc/crypttab:2 (storage/luks_later)
  environment.etc.crypttab.text = ''
    usbvault /dev/disk/by-uuid/0b6e2f7a-7a14-4c0d-8d3f-6d9e1f2a3b4c /etc/keys/usbvault.key luks,noauto,nofail
  '';

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

  # host hostid (storage/filesystems, system/host_id)
  networking.hostId = "d4c13a7f";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    lvm = {
      # package thin-provisioning-tools (catalog/packages_pve.cue:1170)
      boot.thin.enable = true;
      # unit dm-event.socket (catalog/units_pve.cue:161)
      dmeventd.enable = true;
    };
    nfs.server = {
      # package nfs-kernel-server, unit nfs-server.service (storage/nfs_exports)
      enable = true;
      # /etc/exports:1-2 (storage/nfs_exports)
      exports = ''
        /tank/media 192.0.2.0/24(ro,no_subtree_check,all_squash,anonuid=1500,anongid=1500)
        /tank/files 198.51.100.0/25(rw,no_subtree_check)
      '';
    };
    # /etc/iscsi/iscsid.conf:2-6 (storage/iscsi_settings)
    openiscsi.extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
    smartd = {
      # unit smartmontools.service (catalog/units_pve.cue:712)
      enable = true;
      # /etc/smartd.conf:2-5 (hardware/smart)
      autodetect = false;
      # /etc/smartd.conf:1 (hardware/smart)
      defaults.monitored = "-a -o on -S on -n standby,q -s (S/../.././02|L/../../6/03) -W 4,45,55";
      # /etc/smartd.conf:2-5 (hardware/smart)
      devices = [
        {
          device = "/dev/nvme0";
        }
        {
          device = "/dev/nvme1";
        }
        {
          device = "/dev/sda";
          options = "-d sat";
        }
        {
          device = "/dev/sdb";
          options = "-d sat";
        }
      ];
    };
    zfs = {
      autoScrub = {
        # /etc/cron.d/zfsutils-linux:2-3, unit zfs-scrub-monthly@.timer, unit
        # zfs-scrub-monthly@tank.timer (catalog/units_pve.cue:795, storage/filesystems,
        # system/debian_maintenance)
        enable = true;
        # /etc/cron.d/zfsutils-linux:3 (storage/filesystems)
        interval = "monthly";
      };
      # /etc/cron.d/zfsutils-linux:2-3 (system/debian_maintenance)
      trim.enable = true;
      # /etc/zfs/zed.d/zed.rc:2-3,5 (4 rules and catalog entries)
      zed.settings = {
        ZED_EMAIL_ADDR = [ "root" ];
        ZED_NOTIFY_VERBOSE = true;
        ZED_USE_ENCLOSURE_LEDS = true;
      };
    };
  };
}
