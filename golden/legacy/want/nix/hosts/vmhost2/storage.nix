{ ... }:
{
  boot = {
    supportedFilesystems = {
      # package cifs-utils (catalog/packages_pve.cue:127, storage/filesystems)
      cifs = true;
      # storage/filesystems
      ext4 = true;
      # package nfs-common (catalog/packages_pve.cue:589, storage/filesystems)
      nfs = true;
      # storage/filesystems
      xfs = true;
    };
    swraid = {
      # /etc/mdadm/mdadm.conf:6-7, package mdadm, unit mdcheck_start.timer
      # (catalog/packages_base.cue:1389, catalog/properties_files.cue:19,
      # catalog/units_debian.cue:475)
      enable = true;
      # package mdadm (catalog/packages_base.cue:1389)
      mdadmConf = ''
        MAILADDR root
      '';
    };
  };

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

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    lvm = {
      # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1188,
      # storage/filesystems)
      boot.thin.enable = true;
      # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
      dmeventd.enable = true;
    };
    # storage/iscsi/initiator_name (storage/iscsi)
    openiscsi = {
      enable = true;
      name = "iqn.1993-08.org.debian:01:2f7a55c0b1d9";
    };
    # storage/filesystems
    rpcbind.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:728)
    smartd.enable = true;
  };

  # /etc/fstab:3 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
