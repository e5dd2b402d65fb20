{ ... }:
{
  boot = {
    supportedFilesystems = {
      # package cifs-utils (catalog/packages_pve.cue:127, storage/filesystems)
      cifs = true;
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:588, storage/filesystems)
      nfs = true;
      # storage/filesystems
      xfs = true;
    };
    # /etc/mdadm/mdadm.conf:6-7, package mdadm (catalog/packages_base.cue:1389,
    # catalog/properties_files.cue:19, storage/md_arrays)
    swraid = {
      enable = true;
      mdadmConf = ''
        MAILADDR root
      '';
    };
  };

  # /etc/crypttab:1 (storage/luks_later)
  environment.etc.crypttab.text = ''
    crypt-archive /dev/san/archive /root/keys/archive.key luks,noauto
  '';

  fileSystems = {
    # storage pve (storage/root)
    "/" = {
      device = "/dev/pve/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:6 (storage/fstab)
    "/mnt/iso" = {
      device = "nas1:/export/iso";
      fsType = "nfs";
      options = [
        "vers=3"
        "ro"
        "noauto"
        "nofail"
        "_netdev"
      ];
    };
    # /etc/fstab:8 (storage/fstab)
    "/srv/archive" = {
      device = "/dev/mapper/crypt-archive";
      fsType = "xfs";
      options = [
        "noauto"
        "nofail"
      ];
    };
    # /etc/fstab:5 (storage/fstab)
    "/srv/backup" = {
      device = "/dev/md0";
      fsType = "ext4";
      options = [ "nofail" ];
    };
  };

  # host hostid (system/host_id)
  networking.hostId = "00c0020c";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    lvm = {
      # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1179,
      # storage/filesystems)
      boot.thin.enable = true;
      # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
      dmeventd.enable = true;
    };
    nfs.server = {
      # package nfs-kernel-server, unit nfs-kernel-server.service, unit nfs-server.service
      # (storage/nfs_exports)
      enable = true;
      # /etc/exports:2-3, /etc/exports.d/old.exports:1 (storage/nfs_exports)
      exports = ''
        /srv/backup	192.0.2.0/24(rw,sync,no_subtree_check,no_root_squash) 10.9.0.11(ro)
        /var/lib/vz/template/iso *(ro,sync,no_subtree_check,insecure)
        /srv/archive -rw,async backup1 backup2
      '';
    };
    openiscsi = {
      # storage/iscsi/initiator_name (storage/iscsi)
      enable = true;
      # /etc/iscsi/iscsid.conf:2-8 (storage/iscsi_settings)
      extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
      # storage/iscsi/initiator_name (storage/iscsi)
      name = "iqn.1993-08.org.debian:01:2f7a55c0b1d9";
    };
    # storage/filesystems
    rpcbind.enable = true;
    smartd = {
      # unit smartmontools.service (catalog/units_pve.cue:713)
      enable = true;
      # /etc/smartd.conf:1-4 (hardware/smart)
      autodetect = false;
      devices = [
        {
          device = "/dev/sda";
          options = "-d megaraid,0 -a";
        }
        {
          device = "/dev/sda";
          options = "-d megaraid,1 -a";
        }
        {
          device = "/dev/sdb";
          options = "-a -o on -S on -s (S/../.././02|L/../../6/03)";
        }
        {
          device = "/dev/sdc";
          options = "-a -o on -S on -s (S/../.././02|L/../../6/03)";
        }
      ];
    };
  };

  # /etc/fstab:3 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
