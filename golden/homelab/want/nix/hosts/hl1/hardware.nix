{ ... }:
{
  hardware = {
    # hardware/cpu/vendor, package intel-microcode (catalog/packages_pve.cue:271, hardware/firmware)
    cpu.intel.updateMicrocode = true;
    # hardware, package pve-firmware (catalog/packages_pve.cue:993, hardware/firmware)
    enableRedistributableFirmware = true;
    # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254, catalog/units_pve.cue:260)
    ksm.enable = true;
  };

  # host arch (system/identity)
  nixpkgs.hostPlatform = "x86_64-linux";

  # /etc/udev/rules.d/60-hdd-scheduler.rules:1, /etc/udev/rules.d/70-zigbee.rules:1,
  # /etc/udev/rules.d/71-sr-iov.rules:1 (hardware/udev_rules)
  services.udev.extraRules = ''
    ACTION=="add|change", KERNEL=="sd[a-z]", ATTR{queue/rotational}=="1", ATTR{queue/scheduler}="none"
    SUBSYSTEM=="tty", ATTRS{idVendor}=="10c4", ATTRS{idProduct}=="ea60", ATTRS{serial}=="0c9f1e4a", SYMLINK+="zigbee"
    ACTION=="add", SUBSYSTEM=="net", ENV{ID_NET_DRIVER}=="ixgbe", ATTR{device/sriov_numvfs}="4"
  '';
}
