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
      vfat = true;
    };
    swraid = {
      # package mdadm, unit mdcheck_start.timer (catalog/packages_base.cue:1389,
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
    # storage/filesystems
    rpcbind.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:728)
    smartd.enable = true;
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
