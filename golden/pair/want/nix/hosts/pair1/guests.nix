{ lib, ... }:
{
  systemd.services = {
    pve-guests = {
      # unit pve-guests.service (guests/starts)
      serviceConfig.TimeoutStopSec = "infinity";
      # /etc/pve/nodes/pair1/qemu-server/100.conf (conversion/guard_guests)
      unitConfig = {
        ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        RefuseManualStart = lib.mkForce false;
        RefuseManualStop = lib.mkForce false;
      };
    };
    # /etc/pve/nodes/pair1/qemu-server/100.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:551)
    enable = true;
    # package lxcfs (catalog/packages_pve.cue:568)
    lxcfs.enable = true;
  };
}
