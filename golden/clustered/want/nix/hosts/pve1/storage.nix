{ ... }:
{
  boot.supportedFilesystems = {
    # package cifs-utils (catalog/packages_pve.cue:118, storage/filesystems)
    cifs = true;
    # storage/filesystems
    ext4 = true;
    # package nfs-common (catalog/packages_pve.cue:579, storage/filesystems)
    nfs = true;
    # storage/filesystems
    vfat = true;
  };

  # /etc/crypttab:2 (storage/luks_later)
  environment.etc.crypttab.text = ''
    cryptscratch /dev/disk/by-uuid/8b82bb4f-76ca-4bb8-ad3a-d72d917c889c /root/.keys/scratch.key luks,discard,nofail
  '';

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
    # unit mnt-pve-scratch.mount (storage/mount_units)
    "/mnt/pve/scratch" = {
      device = "/dev/disk/by-uuid/6374bd9b-c3ae-4906-ae24-340bfb5948ce";
      fsType = "ext4";
      options = [ "nofail" ];
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

  # host hostid (system/host_id)
  networking.hostId = "0a0a9a1f";

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
    # /etc/iscsi/iscsid.conf:2-6 (storage/iscsi_settings)
    openiscsi.extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
    # storage/filesystems
    rpcbind.enable = true;
    smartd = {
      # unit smartmontools.service (catalog/units_pve.cue:712)
      enable = true;
      # /etc/smartd.conf:2 (hardware/smart)
      autodetect = true;
      # /etc/smartd.conf:1,3 (hardware/smart)
      defaults = {
        autodetected = "-d removable -n standby -s (S/../.././02|L/../../6/03) -W 4,50,60";
        monitored = "-d removable -n standby";
      };
      # /etc/smartd.conf:2 (hardware/smart)
      devices = [
        {
          device = "/dev/disk/by-id/ata-DELLBOSS_VD_84d0a9c1e2b50010";
          options = "-a -o on";
        }
      ];
      # /etc/default/smartmontools:2 (hardware/smart)
      extraOptions = [ "--interval=3600" ];
    };
  };

  # /etc/fstab:4 (storage/fstab)
  swapDevices = [
    {
      device = "/dev/pve/swap";
    }
  ];
}
