{ ... }:
{
  systemd = {
    services = {
      pve-guests.serviceConfig = {
        # /etc/pve/nodes/shop1/config:1 (guests/starts)
        ExecStartPre = "/run/current-system/sw/bin/sleep 15";
        # unit pve-guests.service (guests/starts)
        TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/shop1/qemu-server/100.conf, /etc/pve/nodes/shop1/qemu-server/101.conf,
      # /etc/pve/nodes/shop1/qemu-server/102.conf, /etc/pve/nodes/shop1/qemu-server/103.conf,
      # /etc/pve/nodes/shop1/qemu-server/104.conf, /etc/pve/nodes/shop1/qemu-server/105.conf, 19
      # more files (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/shop1/lxc/200.conf (containers/lxc_host)
        "/var/lib/lxc/200".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
        # /etc/pve/nodes/shop1/lxc/201.conf (containers/lxc_host)
        "/var/lib/lxc/201".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
        # /etc/pve/nodes/shop1/lxc/202.conf (containers/lxc_host)
        "/var/lib/lxc/202".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
        # /etc/pve/nodes/shop1/lxc/203.conf (containers/lxc_host)
        "/var/lib/lxc/203".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
        # /etc/pve/nodes/shop1/lxc/204.conf (containers/lxc_host)
        "/var/lib/lxc/204".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
        # /etc/pve/nodes/shop1/lxc/205.conf (containers/lxc_host)
        "/var/lib/lxc/205".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/205/config"."L+".argument = "/etc/lxc/205.conf";
        # /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
        "/var/lib/lxc/206".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/206/config"."L+".argument = "/etc/lxc/206.conf";
      };
      # /etc/pve/nodes/shop1/qemu-server/122.conf:16 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
    # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, package
    # lxc-pve (catalog/packages_pve.cue:560, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
    # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, package
    # lxcfs, unit lxcfs.service (catalog/packages_pve.cue:577, catalog/units_pve.cue:340,
    # containers/lxc_host)
    lxcfs.enable = true;
  };
}
