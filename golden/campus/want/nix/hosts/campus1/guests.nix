{ ... }:
{
  systemd = {
    services = {
      # unit pve-guests.service (guests/starts)
      pve-guests.serviceConfig.TimeoutStopSec = "infinity";
      # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/campus1/lxc/201.conf (containers/lxc_host)
      "/var/lib/lxc/201".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
      # /etc/pve/nodes/campus1/lxc/202.conf (containers/lxc_host)
      "/var/lib/lxc/202".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
      # /etc/pve/nodes/campus1/lxc/203.conf (containers/lxc_host)
      "/var/lib/lxc/203".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
      # /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
      "/var/lib/lxc/204".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
    # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package lxc-pve
    # (catalog/packages_pve.cue:560, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
    # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package lxcfs
    # (catalog/packages_pve.cue:577, containers/lxc_host)
    lxcfs.enable = true;
  };
}
