{ ... }:
{
  # storage/filesystems
  boot.supportedFilesystems = {
    ext4 = true;
    vfat = true;
  };

  fileSystems = {
    # /dev/sda2, /etc/fstab:1 (storage/root)
    "/" = {
      device = "/dev/disk/by-label/nixos";
      fsType = "ext4";
    };
    # /etc/fstab:2 (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/9C11-40AA";
      fsType = "vfat";
      options = [
        "nofail"
        "umask=0077"
      ];
    };
  };

  # host hostid (system/host_id)
  networking.hostId = "01020304";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };
}
