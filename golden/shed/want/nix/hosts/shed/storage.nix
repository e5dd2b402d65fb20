{ ... }:
{
  # storage/filesystems
  boot.supportedFilesystems.btrfs = true;

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
  };

  services = {
    # unit fstrim.timer (catalog/units_debian.cue:345)
    fstrim.enable = true;
    # unit smartmontools.service (catalog/units_pve.cue:713)
    smartd.enable = true;
  };
}
