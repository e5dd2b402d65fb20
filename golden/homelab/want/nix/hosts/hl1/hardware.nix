{ ... }:
{
  hardware = {
    # hardware/cpu/vendor, package intel-microcode (catalog/packages_pve.cue:262, hardware/firmware)
    cpu.intel.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
    enableRedistributableFirmware = true;
    # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254, catalog/units_pve.cue:260)
    ksm.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";

  power.ups = {
    # /etc/nut/nut.conf:1, /etc/nut/upsmon.conf:4-5, unit nut-monitor.service, unit
    # nut-server.service (hardware/ups)
    enable = true;
    # /etc/nut/nut.conf:1, unit nut-monitor.service, unit nut-server.service (hardware/ups)
    mode = "netserver";
    # /etc/nut/upssched.conf:1-5 (hardware/ups)
    schedulerRules = "/etc/upssched.conf";
    # /etc/nut/ups.conf:4-9 (hardware/ups)
    ups.rack = {
      description = "Eaton 5P 1150i";
      directives = [
        "pollinterval = \"5\""
        "productid = \"ffff\""
        "vendorid = \"0463\""
      ];
      driver = "usbhid-ups";
      port = "auto";
    };
    # /etc/nut/upsd.conf:1-3 (hardware/ups)
    upsd = {
      extraConfig = ''
        MAXAGE 25
      '';
      listen = [
        {
          address = "127.0.0.1";
          port = 3493;
        }
        {
          address = "192.0.2.10";
          port = 3493;
        }
      ];
    };
    # /etc/nut/upsmon.conf:2-3,6-8 (hardware/ups)
    upsmon = {
      monitor.rack-localhost = {
        passwordFile = "/run/nut-passwords/monitor-rack-localhost";
        powerValue = 1;
        system = "rack@localhost";
        type = "primary";
        user = "monitor";
      };
      settings = {
        MINSUPPLIES = 1;
        NOTIFYFLAG = [
          [
            "ONBATT"
            "SYSLOG+EXEC"
          ]
          [
            "ONLINE"
            "SYSLOG+EXEC"
          ]
        ];
        POLLFREQ = 5;
      };
    };
    # /etc/nut/upsd.users:2-3,6-7 (hardware/ups)
    users = {
      monitor = {
        passwordFile = "/run/nut-passwords/user-monitor";
        upsmon = "primary";
      };
      nas = {
        passwordFile = "/run/nut-passwords/user-nas";
        upsmon = "secondary";
      };
    };
  };

  # /etc/udev/rules.d/60-hdd-scheduler.rules:1, /etc/udev/rules.d/70-zigbee.rules:1,
  # /etc/udev/rules.d/71-sr-iov.rules:1 (hardware/udev_rules)
  services.udev.extraRules = ''
    ACTION=="add|change", KERNEL=="sd[a-z]", ATTR{queue/rotational}=="1", ATTR{queue/scheduler}="none"
    SUBSYSTEM=="tty", ATTRS{idVendor}=="10c4", ATTRS{idProduct}=="ea60", ATTRS{serial}=="0c9f1e4a", SYMLINK+="zigbee"
    ACTION=="add", SUBSYSTEM=="net", ENV{ID_NET_DRIVER}=="ixgbe", ATTR{device/sriov_numvfs}="4"
  '';
}
