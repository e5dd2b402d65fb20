{ ... }:
{
  systemd = {
    services = {
      pve-guests.serviceConfig = {
        # /etc/pve/nodes/ceph1/config:4 (guests/starts)
        ExecStartPre = "/run/current-system/sw/bin/sleep 60";
        # unit pve-guests.service (guests/starts)
        TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
      # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/ceph1/lxc/120.conf (containers/lxc_host)
        "/var/lib/lxc/120".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/120/config"."L+".argument = "/etc/lxc/120.conf";
        # /etc/pve/nodes/ceph1/lxc/121.conf (containers/lxc_host)
        "/var/lib/lxc/121".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/121/config"."L+".argument = "/etc/lxc/121.conf";
        # /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
        "/var/lib/lxc/122".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/122/config"."L+".argument = "/etc/lxc/122.conf";
        "/var/lib/lxc/122/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
      };
      # /etc/pve/nodes/ceph1/qemu-server/112.conf:27 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
    # /etc/pve/nodes/ceph1/lxc/122.conf, package lxc-pve (catalog/packages_pve.cue:560,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
    # /etc/pve/nodes/ceph1/lxc/122.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:577, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
