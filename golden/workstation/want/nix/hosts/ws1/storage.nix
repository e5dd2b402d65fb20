{ ... }:
{
  boot = {
    # /etc/crypttab:1 (storage/luks)
    initrd.luks.devices.cryptroot = {
      allowDiscards = true;
      device = "/dev/disk/by-uuid/5d3b9f4e-1c2a-4e6f-8b7d-0a9c8e7f6d5b";
    };
    # storage/filesystems
    supportedFilesystems = {
      ext4 = true;
      zfs = true;
    };
    zfs = {
      # storage scratch (storage/filesystems)
      extraPools = [ "scratch" ];
      # storage pve (storage/filesystems)
      forceImportRoot = false;
    };
  };

  fileSystems = {
    # storage pve (storage/root)
    "/" = {
      device = "/dev/pve/nixos";
      fsType = "ext4";
    };
    # system/boot/esps (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/4A1B-22C3";
      fsType = "vfat";
      options = [
        "noauto"
        "umask=0077"
      ];
    };
  };

  # host hostid (storage/filesystems, system/host_id)
  networking.hostId = "007f0102";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    # storage pve (storage/filesystems)
    lvm = {
      boot.thin.enable = true;
      dmeventd.enable = true;
    };
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };
}
