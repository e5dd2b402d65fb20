{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,11 (system/time_servers)
      extraConfig = ''
        pool ntp.example.net iburst
        server 192.0.2.1 iburst prefer
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2-3 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:10 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:7 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "hl1.home.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    # unit prometheus-node-exporter.service (catalog/units_server.cue:2283)
    prometheus.exporters.node.enable = true;
  };

  # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
  # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
  # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";

  virtualisation = {
    # unit containerd.service (catalog/units_server.cue:588)
    containerd.enable = true;
    docker = {
      # unit docker.service, unit docker.socket (catalog/units_server.cue:700,
      # catalog/units_server.cue:709)
      enable = true;
      # /etc/docker/daemon.json:15 (catalog/properties_config_files.cue:1469)
      daemon.settings.iptables = true;
      # /etc/docker/daemon.json:4 (catalog/properties_config_files.cue:1466)
      logDriver = "json-file";
      # /etc/docker/daemon.json:3 (catalog/properties_config_files.cue:1467)
      storageDriver = "zfs";
    };
  };
}
