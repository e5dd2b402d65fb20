{ ... }:
{
  # storage/filesystems
  boot.supportedFilesystems = {
    ext4 = true;
    vfat = true;
  };

  fileSystems = {
    # /etc/fstab:2 (storage/root)
    "/" = {
      device = "/dev/disk/by-label/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:3 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/4B1E-77A0";
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
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/disk/by-uuid/0c7f4b8c-7d0e-4a38-8b5b-2f9f1d3d9c52";
    }
  ];
}
