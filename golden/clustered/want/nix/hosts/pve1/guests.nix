{ ... }:
{
  systemd = {
    services = {
      pve-guests.serviceConfig = {
        # /etc/pve/nodes/pve1/config:5 (guests/starts)
        ExecStartPre = "/run/current-system/sw/bin/sleep 20";
        # unit pve-guests.service (guests/starts)
        TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
      # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
      "/var/lib/lxc/200".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
      # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
      "/var/lib/lxc/202".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxc-pve
    # (catalog/packages_pve.cue:560, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxcfs, unit
    # lxcfs.service (catalog/packages_pve.cue:577, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
