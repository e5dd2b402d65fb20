{ pkgs, ... }:
{
  # /etc/pve/nodes/ceph1/qemu-server/112.conf:25 (guests/programs)
  systemd.services.pvescheduler.path = [ pkgs.swtpm ];
}
