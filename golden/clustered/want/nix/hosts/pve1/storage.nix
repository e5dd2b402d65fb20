{ ... }:
{
  boot.supportedFilesystems = {
    # package cifs-utils (catalog/packages_pve.cue:127, storage/filesystems)
    cifs = true;
    # storage/filesystems
    ext4 = true;
    # package nfs-common (catalog/packages_pve.cue:589, storage/filesystems)
    nfs = true;
    # storage/filesystems
    vfat = true;
  };

  fileSystems = {
    # storage pve (storage/root)
    "/" = {
      device = "/dev/pve/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:3 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/6A1C-44F0";
      fsType = "vfat";
      options = [
        "nofail"
        "umask=0077"
      ];
    };
    # /etc/fstab:7 (storage/fstab)
    "/srv/media" = {
      device = "nas1.prod.example.net:/mnt/tank/media";
      fsType = "nfs4";
      options = [
        "vers=4.2"
        "_netdev"
        "nofail"
        "soft"
        "timeo=150"
      ];
    };
    # /etc/fstab:6 (storage/fstab)
    "/srv/scans" = {
      device = "//nas1.prod.example.net/scans";
      fsType = "cifs";
      options = [
        "credentials=/root/.smbcred-scans"
        "vers=3.1.1"
        "uid=1500"
        "gid=1500"
        "_netdev"
        "nofail"
        "x-systemd.automount"
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
