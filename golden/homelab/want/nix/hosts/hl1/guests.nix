{ pkgs, ... }:
{
  systemd = {
    services = {
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        path = [ pkgs.zfs ];
        serviceConfig = {
          # /etc/pve/nodes/hl1/config:6 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 20";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
      };
      # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
      # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
      # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/hl1/lxc/200.conf (containers/lxc_host)
        "/var/lib/lxc/200".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
        # /etc/pve/nodes/hl1/lxc/201.conf (containers/lxc_host)
        "/var/lib/lxc/201".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
        # /etc/pve/nodes/hl1/lxc/202.conf (containers/lxc_host)
        "/var/lib/lxc/202".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
        # /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
        "/var/lib/lxc/203".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
        "/var/lib/lxc/203/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
        # /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
        "/var/lib/lxc/204".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
        "/var/lib/lxc/204/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
      };
      # /etc/pve/nodes/hl1/qemu-server/103.conf:35 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
    # /etc/pve/nodes/hl1/lxc/204.conf, package lxc-pve (catalog/packages_pve.cue:560,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
    # /etc/pve/nodes/hl1/lxc/204.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:577, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
