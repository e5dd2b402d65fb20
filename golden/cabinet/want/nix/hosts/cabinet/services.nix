{ ... }:
{
  services = {
    # unit chrony.service (catalog/units_pve.cue:134)
    chrony.enable = true;
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    settings = {
      # storage/ceph_module
      "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
      # /etc/pve/nodes/cabinet/qemu-server/300.conf (guests/programs)
      "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
