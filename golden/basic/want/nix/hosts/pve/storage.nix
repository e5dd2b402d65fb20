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
      vfat = true;
    };
    # package mdadm (catalog/packages_base.cue:1389, storage/md_arrays)
    swraid = {
      enable = true;
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
    # /etc/fstab:3 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/3F1B-9C2A";
      fsType = "vfat";
      options = [
        "nofail"
        "umask=0077"
      ];
    };
  };

  # host hostid (system/host_id)
  networking.hostId = "5c04219e";

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
    # /etc/iscsi/iscsid.conf:2-4 (storage/iscsi_settings)
    openiscsi.extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
    # storage/filesystems
    rpcbind.enable = true;
    smartd = {
      # unit smartmontools.service (catalog/units_pve.cue:712)
      enable = true;
      # /etc/smartd.conf:1 (hardware/smart)
      defaults.autodetected = "-d removable -n standby";
    };
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
