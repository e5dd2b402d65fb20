{ lib, ... }:
{
  systemd.services = {
    pve-guests = {
      # unit pve-guests.service (guests/starts)
      serviceConfig.TimeoutStopSec = "infinity";
      # /etc/pve/nodes/cellar/qemu-server/130.conf, /etc/pve/nodes/cellar/qemu-server/131.conf
      # (conversion/guard_guests)
      unitConfig = {
        ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        RefuseManualStart = lib.mkForce false;
        RefuseManualStop = lib.mkForce false;
      };
    };
    # /etc/pve/nodes/cellar/qemu-server/130.conf, /etc/pve/nodes/cellar/qemu-server/131.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  # unit lxcfs.service (catalog/units_pve.cue:340)
  virtualisation.lxc.lxcfs.enable = true;
}
