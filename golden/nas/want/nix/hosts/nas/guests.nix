{ pkgs, ... }:
{
  systemd = {
    services = {
      # unit pve-guests.service (guests/starts)
      pve-guests = {
        path = [ pkgs.zfs ];
        serviceConfig.TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
    tmpfiles.settings."10-lxc" = {
      "/var/lib/lxc/200".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/nas/lxc/200.conf, package lxc-pve (catalog/packages_pve.cue:560,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/nas/lxc/200.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:577, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
