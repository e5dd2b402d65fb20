{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,12, /etc/chrony/conf.d/allow.conf:1-2,
      # /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      extraConfig = ''
        pool ptbtime1.ptb.de iburst nts
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        allow 172.20.11.0/24
        local stratum 10 orphan
        peer 172.20.11.22
        peer 172.20.11.23
      '';
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:11 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:12 (system/mail)
        inet_protocols = "ipv4";
        # /etc/postfix/main.cf:8 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "ceph1.hci.example.org";
        # /etc/postfix/main.cf:10 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "[::1]/128"
        ];
        # /etc/postfix/main.cf:9 (system/mail)
        relayhost = [ "[mail.hci.example.org]" ];
      };
    };
    # unit prometheus-node-exporter.service (catalog/units_server.cue:2283)
    prometheus.exporters.node.enable = true;
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    settings = {
      # storage/ceph_daemons
      "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
      # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
      # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
      "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
