{ config, ... }:
{
  hardware = {
    # hardware/cpu/vendor, package amd64-microcode (catalog/packages_pve.cue:43, hardware/firmware)
    cpu.amd.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
    enableRedistributableFirmware = true;
    # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254, catalog/units_pve.cue:260)
    ksm.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";

  power.ups = {
    # /etc/nut/nut.conf:1, unit nut-monitor.service (hardware/ups)
    enable = true;
    mode = "netclient";
    # /etc/nut/upsmon.conf:1-2,4-5 (hardware/ups)
    upsmon = {
      monitor.rack3-172-20-10-5 = {
        passwordFile = "/run/nut-passwords/monitor-rack3-172-20-10-5";
        powerValue = 1;
        system = "rack3@172.20.10.5";
        type = "secondary";
        user = "upsmon";
      };
      settings = {
        FINALDELAY = 20;
        MINSUPPLIES = 1;
        POLLFREQ = 5;
      };
    };
  };

  # /etc/pve/storage.cfg:10,15 (storage/rbd_links)
  services.udev.packages = [ config.services.proxmox-ve.package ];
}
