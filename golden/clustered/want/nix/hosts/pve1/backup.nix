{ pkgs, ... }:
{
  # /etc/pve/nodes/pve1/qemu-server/100.conf:24 (guests/programs)
  systemd.services.pvescheduler.path = [ pkgs.swtpm ];
}
