{ lib, options, ... }:
{
  config = lib.mkMerge [
    {
      boot = {
        supportedFilesystems = {
          # storage/filesystems
          ceph = true;
          # package cifs-utils (catalog/packages_pve.cue:118)
          cifs = true;
          # package nfs-common (catalog/packages_pve.cue:579)
          nfs = true;
          # storage/filesystems
          zfs = true;
        };
        # storage rpool (storage/filesystems)
        zfs.forceImportRoot = false;
      };

      fileSystems = {
        # storage rpool (storage/root)
        "/" = {
          device = "rpool/ROOT/nixos";
          fsType = "zfs";
        };
        # system/boot/esps (boot/esp)
        "/boot" = {
          device = "/dev/disk/by-uuid/8C1E-21B7";
          fsType = "vfat";
          options = [
            "noauto"
            "umask=0077"
          ];
        };
        # host ceph1 (bridges/companion)
        "/var/lib/machines/companion" = {
          device = "rpool/ROOT/companion";
          fsType = "zfs";
          options = [
            "noauto"
            "nofail"
          ];
        };
      };

      # host hostid (storage/filesystems, system/host_id)
      networking.hostId = "b857e13c";

      services = {
        # unit fstrim.timer (catalog/units_debian.cue:345)
        fstrim.enable = true;
        lvm = {
          # package thin-provisioning-tools (catalog/packages_pve.cue:1170)
          boot.thin.enable = true;
          # unit dm-event.socket (catalog/units_pve.cue:161)
          dmeventd.enable = true;
        };
        # /etc/iscsi/iscsid.conf:2-3 (storage/iscsi_settings)
        openiscsi.extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
        smartd = {
          # unit smartmontools.service (catalog/units_pve.cue:712)
          enable = true;
          # /etc/smartd.conf:2-7 (hardware/smart)
          autodetect = false;
          # /etc/smartd.conf:1 (hardware/smart)
          defaults.monitored = "-d removable -n standby";
          # /etc/smartd.conf:2-7 (hardware/smart)
          devices = [
            {
              device = "/dev/nvme0n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme1n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme2n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme3n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme4n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme5n1";
              options = "-a -W 6,65,75";
            }
          ];
        };
        zfs = {
          autoScrub = {
            # /etc/cron.d/zfsutils-linux:4,7, unit zfs-scrub-monthly@.timer, unit
            # zfs-scrub-monthly@rpool.timer (catalog/units_pve.cue:795, storage/filesystems,
            # system/debian_maintenance)
            enable = true;
            # /etc/cron.d/zfsutils-linux:7 (storage/filesystems)
            interval = "monthly";
          };
          # /etc/cron.d/zfsutils-linux:4,7 (system/debian_maintenance)
          trim.enable = true;
          # /etc/zfs/zed.d/zed.rc:1,3-5 (5 rules and catalog entries)
          zed.settings = {
            ZED_EMAIL_ADDR = [ "root" ];
            ZED_NOTIFY_INTERVAL_SECS = 3600;
            ZED_NOTIFY_VERBOSE = true;
            ZED_USE_ENCLOSURE_LEDS = true;
          };
        };
      };
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      # storage/ceph/daemons (storage/ceph_module)
      services.proxmox-ve.ceph = {
        enable = true;
        mds = {
          enable = true;
          daemons = [ "ceph1" ];
        };
        mgr = {
          enable = true;
          daemons = [ "ceph1" ];
        };
        mon = {
          enable = true;
          daemons = [ "ceph1" ];
        };
        osd = {
          enable = true;
          daemons = [
            "0"
            "1"
            "2"
            "3"
          ];
        };
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
