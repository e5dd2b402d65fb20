{ ... }:
{
  boot = {
    supportedFilesystems = {
      # package cifs-utils (catalog/packages_pve.cue:118, storage/filesystems)
      cifs = true;
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:579, storage/filesystems)
      nfs = true;
      # storage/filesystems
      xfs = true;
    };
    swraid = {
      # /etc/mdadm/mdadm.conf:6-7, package mdadm (catalog/packages_base.cue:1389,
      # catalog/properties_files.cue:19, storage/md_arrays)
      enable = true;
      # /etc/mdadm/mdadm.conf:2-4,6-7, package mdadm (storage/md_arrays)
      mdadmConf = ''
        MAILADDR root
        MAILFROM mdadm@vmhost2.office.example.net
        PROGRAM /usr/local/sbin/md-event
      '';
    };
    # /etc/fstab:9 (storage/tmp_in_memory)
    tmp = {
      tmpfsSize = "2G";
      useTmpfs = true;
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
      # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1170,
      # storage/filesystems)
      boot.thin.enable = true;
      # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
      dmeventd.enable = true;
    };
    # /etc/multipath.conf:2-24, unit multipathd.service (storage/multipath)
    multipath = {
      enable = true;
      pathGroups = [ ];
    };
    nfs = {
      # /etc/idmapd.conf:3 (storage/nfs_ids)
      idmapd.settings.General.Domain = "office.example.net";
      server = {
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
      # unit smartmontools.service (catalog/units_pve.cue:712)
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
      # /etc/default/smartmontools:2 (hardware/smart)
      extraOptions = [ "--interval=3600" ];
    };
  };

  # /etc/fstab:3 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
