{ pkgs, ... }:
{
  # /etc/pve/nodes/pve/qemu-server/101.conf:20 (guests/programs)
  systemd.services.pvescheduler.path = [ pkgs.swtpm ];
}
