{ ... }:
{
  # storage/filesystems
  boot.supportedFilesystems = {
    btrfs = true;
    xfs = true;
  };

  fileSystems = {
    # /dev/nvme0n1p3, /etc/fstab:2 (storage/root)
    "/" = {
      device = "/dev/disk/by-uuid/c4d9a2f6-3e71-4b08-9d5a-6f20e1b7c83d";
      fsType = "btrfs";
      options = [ "subvol=@nixos" ];
    };
    # system/boot/esps (boot/esp)
    "/boot" = {
      device = "/dev/disk/by-uuid/7F40-19C6";
      fsType = "vfat";
      options = [
        "noauto"
        "umask=0077"
      ];
    };
    # /etc/fstab:4 (storage/fstab)
    "/mnt/datastore" = {
      device = "/dev/disk/by-uuid/6b0e5a1c-9d2f-4c37-8a55-0ffce0a10002";
      fsType = "xfs";
      options = [ "nofail" ];
    };
    # host shed (bridges/companion)
    "/var/lib/machines/companion" = {
      device = "/dev/disk/by-uuid/c4d9a2f6-3e71-4b08-9d5a-6f20e1b7c83d";
      fsType = "btrfs";
      options = [
        "noauto"
        "nofail"
        "subvol=@companion"
      ];
    };
  };

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:712)
    smartd.enable = true;
  };
}
