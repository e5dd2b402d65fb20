{ ... }:
{
  boot = {
    # storage/filesystems
    supportedFilesystems.zfs = true;
    # storage rpool (storage/filesystems)
    zfs.forceImportRoot = false;
  };

  fileSystems = {
    # storage rpool (storage/root)
    "/" = {
      device = "rpool/ROOT/nixos";
      fsType = "zfs";
    };
    # system/boot/esps (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/7F10-22B3";
      fsType = "vfat";
      options = [
        "noauto"
        "umask=0077"
      ];
    };
  };

  # host hostid (storage/filesystems, system/host_id)
  networking.hostId = "0d0c0b0a";

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };
}
