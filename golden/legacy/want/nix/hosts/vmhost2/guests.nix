{ pkgs, ... }:
{
  systemd = {
    services = {
      # unit pve-guests.service (guests/starts)
      pve-guests.serviceConfig.TimeoutStopSec = "infinity";
      # backup/defaults
      pvedaemon.path = [ pkgs.pigz ];
      # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/vmhost2/lxc/102.conf (containers/lxc_host)
      "/var/lib/lxc/102".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/102/config"."L+".argument = "/etc/lxc/102.conf";
      "/var/lib/lxc/102/local.d".d = {
        group = "root";
        mode = "0700";
        user = "root";
      };
      # /etc/pve/nodes/vmhost2/lxc/103.conf (containers/lxc_host)
      "/var/lib/lxc/103".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/103/config"."L+".argument = "/etc/lxc/103.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, package lxc-pve
    # (catalog/packages_pve.cue:560, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, package lxcfs, unit
    # lxcfs.service (catalog/packages_pve.cue:577, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
