{ lib, options, ... }:
{
  config = lib.mkMerge [
    {
      boot = {
        supportedFilesystems = {
          # storage/filesystems
          btrfs = true;
          ext4 = true;
          # package nfs-common (catalog/packages_pve.cue:579, storage/filesystems)
          nfs = true;
          # storage/filesystems
          vfat = true;
          xfs = true;
          zfs = true;
        };
        swraid = {
          # /etc/mdadm/mdadm.conf:3-4, package mdadm (4 rules and catalog entries)
          enable = true;
          # /etc/mdadm/mdadm.conf:2-4, package mdadm (storage/filesystems, storage/md_arrays)
          mdadmConf = ''
            MAILADDR root
          '';
        };
        zfs = {
          # storage cold, storage scratch, storage tank (storage/filesystems)
          extraPools = [
            "cold"
            "scratch"
            "tank"
          ];
          # /dev/md0, /etc/fstab:2 (storage/filesystems)
          forceImportRoot = false;
        };
      };

      fileSystems = {
        # /dev/md0, /etc/fstab:2 (storage/root)
        "/" = {
          device = "/dev/disk/by-label/nixos";
          fsType = "ext4";
        };
        # /etc/fstab:3 (boot/esp)
        "/boot" = {
          device = "/dev/disk/by-uuid/7A1C-03EF";
          fsType = "vfat";
          options = [
            "nofail"
            "umask=0077"
          ];
        };
        # /etc/fstab:6 (storage/fstab)
        "/mnt/dock" = {
          device = "/dev/sdl1";
          fsType = "xfs";
          options = [
            "nofail"
            "noauto"
          ];
        };
        # /etc/fstab:8 (storage/fstab)
        "/mnt/homes" = {
          device = "files.example.net:/homes";
          fsType = "nfs4";
          options = [
            "sec=krb5p"
            "nofail"
            "_netdev"
          ];
        };
        # unit mnt-pve-ssd.mount (storage/mount_units)
        "/mnt/pve/ssd" = {
          device = "/dev/disk/by-uuid/2f8f6d10-4d5b-4f0e-a3c1-7be0912c64da";
          fsType = "ext4";
          options = [ "nofail" ];
        };
        # /etc/fstab:4 (storage/fstab)
        "/srv/backup" = {
          device = "/dev/md1";
          fsType = "ext4";
          options = [ "nofail" ];
        };
        # /etc/fstab:5 (storage/fstab)
        "/srv/shares" = {
          device = "/dev/disk/by-uuid/c0a8d1f2-77aa-4b1c-8e3d-90ab12cd34ef";
          fsType = "btrfs";
          options = [
            "nofail"
            "compress=zstd"
          ];
        };
      };

      # host hostid (storage/filesystems, system/host_id)
      networking.hostId = "5ec1049b";

      services = {
        # unit btrfs-scrub.timer (storage/btrfs_maintenance)
        btrfs.autoScrub = {
          enable = true;
          fileSystems = [ "/srv/shares" ];
          interval = "monthly";
        };
        lvm = {
          # package thin-provisioning-tools, storage vmdata (catalog/packages_pve.cue:1170,
          # storage/filesystems)
          boot.thin.enable = true;
          # storage vmdata (storage/filesystems)
          dmeventd.enable = true;
        };
        # /etc/multipath.conf:2-3, local file /etc/multipath/bindings, local file
        # /etc/multipath/wwids, unit multipathd.service (storage/multipath)
        multipath = {
          enable = true;
          pathGroups = [ ];
        };
        nfs = {
          server = {
            # package nfs-kernel-server, storage tank/media, unit nfs-server.service
            # (storage/nfs_exports, storage/zfs_shares)
            enable = true;
            # /etc/exports:1-2 (storage/nfs_exports)
            exports = ''
              /tank/media 192.0.2.0/24(ro,no_subtree_check)
              /srv/iso 192.0.2.0/24(ro,no_subtree_check)
            '';
          };
          # /etc/nfs.conf:2-3 (storage/nfs_settings)
          settings.nfsd = {
            threads = "32";
            vers3 = "n";
          };
        };
        openiscsi = {
          # storage/iscsi/initiator_name (storage/iscsi)
          enable = true;
          # /etc/iscsi/iscsid.conf:2-5 (storage/iscsi_settings)
          extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
          # storage/iscsi/initiator_name (storage/iscsi)
          name = "iqn.1993-08.org.debian:01:nas30";
        };
        # storage/filesystems
        rpcbind.enable = true;
        samba = {
          # unit smbd.service (storage/samba_shares)
          enable = true;
          nmbd.enable = false;
          settings = {
            global = {
              # unit smbd.service (storage/samba_shares)
              "invalid users" = [ ];
              # /etc/samba/smb.conf:4 (storage/samba_shares)
              "map to guest" = "bad user";
              # /etc/samba/smb.conf:3 (storage/samba_shares)
              "server role" = "standalone server";
              # /etc/samba/smb.conf:2 (storage/samba_shares)
              workgroup = "FILES";
            };
            # /etc/samba/smb.conf:7-9 (storage/samba_shares)
            scans = {
              path = "/srv/scans";
              "read only" = "no";
              "valid users" = "scanner";
            };
            # /etc/samba/smb.conf:12-13 (storage/samba_shares)
            shares = {
              path = "/srv/shares/office";
              "read only" = "no";
            };
          };
          # unit smbd.service (storage/samba_shares)
          winbindd.enable = false;
        };
        # unit smartmontools.service (catalog/units_pve.cue:712)
        smartd.enable = true;
        zfs = {
          autoScrub = {
            # /etc/cron.d/zfsutils-linux:3-4 (storage/filesystems, system/debian_maintenance)
            enable = true;
            # /etc/cron.d/zfsutils-linux:4 (storage/filesystems)
            interval = "monthly";
          };
          # package zfs-auto-snapshot, storage cold, storage scratch, 2 more (backup/auto_snapshots)
          autoSnapshot = {
            enable = true;
            daily = 31;
            frequent = 4;
            hourly = 24;
            monthly = 12;
            weekly = 8;
          };
          # /etc/cron.d/zfsutils-linux:3-4 (system/debian_maintenance)
          trim.enable = true;
        };
      };

      # /etc/fstab:7 (storage/fstab)
      swapDevices = [
        {
          device = "/dev/zvol/tank/swap";
        }
      ];

      zramSwap = {
        # /etc/default/zramswap:2, storage /dev/zram0, unit zramswap.service
        # (catalog/units_server.cue:3286, storage/zram_swap)
        enable = true;
        # /etc/default/zramswap:1 (storage/zram_swap)
        algorithm = "zstd";
        # storage /dev/zram0 (storage/zram_swap)
        memoryMax = 8589930496;
        memoryPercent = 100;
      };
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      # storage/ceph/daemons (storage/ceph_module)
      services.proxmox-ve.ceph = {
        enable = true;
        mon = {
          enable = true;
          daemons = [ "nas" ];
        };
        osd = {
          enable = true;
          daemons = [
            "0"
            "1"
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
