{ pkgs, ... }:
{
  systemd = {
    services = {
      # unit pve-guests.service (guests/starts)
      pve-guests = {
        path = [ pkgs.zfs ];
        serviceConfig.TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/office1/qemu-server/100.conf, /etc/pve/nodes/office1/qemu-server/101.conf,
      # /etc/pve/nodes/office1/qemu-server/102.conf, /etc/pve/nodes/office1/qemu-server/103.conf,
      # /etc/pve/nodes/office1/qemu-server/104.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/office1/lxc/131.conf (containers/lxc_host)
    tmpfiles.settings."10-lxc" = {
      "/var/lib/lxc/131".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/131/config"."L+".argument = "/etc/lxc/131.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/office1/lxc/131.conf, package lxc-pve (catalog/packages_pve.cue:560,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/office1/lxc/131.conf, package lxcfs (catalog/packages_pve.cue:577,
    # containers/lxc_host)
    lxcfs.enable = true;
  };
}
