{ pkgs, ... }:
{
  # /etc/pve/nodes/shop1/qemu-server/108.conf:17 (guests/programs)
  systemd.services.pvescheduler.path = [ pkgs.swtpm ];
}
