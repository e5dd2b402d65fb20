{ ... }:
{
  hardware = {
    # hardware/cpu/vendor (hardware/firmware)
    cpu.amd.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
    enableRedistributableFirmware = true;
    fancontrol = {
      # unit fancontrol.service (hardware/fan_control)
      enable = true;
      # /etc/fancontrol:1-9 (hardware/fan_control)
      config = ''
        INTERVAL=10
        DEVPATH=hwmon2=devices/platform/nct6775.656
        DEVNAME=hwmon2=nct6798
        FCTEMPS=hwmon2/pwm2=hwmon2/temp1_input
        FCFANS=hwmon2/pwm2=hwmon2/fan2_input
        MINTEMP=hwmon2/pwm2=35
        MAXTEMP=hwmon2/pwm2=70
        MINSTART=hwmon2/pwm2=90
        MINSTOP=hwmon2/pwm2=60
      '';
    };
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";

  # /etc/udev/rules.d/65-apex.rules:1 (hardware/udev_rules)
  services.udev.extraRules = ''
    SUBSYSTEM=="apex", MODE="0660", GROUP="jo"
  '';
}
