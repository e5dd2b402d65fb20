{ ... }:
{
  # /etc/pve/nodes/office1/lxc/131.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
      '';
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    # /etc/pve/nodes/office1/qemu-server/100.conf, /etc/pve/nodes/office1/qemu-server/101.conf,
    # /etc/pve/nodes/office1/qemu-server/102.conf, /etc/pve/nodes/office1/qemu-server/103.conf,
    # /etc/pve/nodes/office1/qemu-server/104.conf (guests/programs)
    settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
