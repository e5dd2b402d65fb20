{ pkgs, ... }:
{
  # /etc/pve/nodes/hl1/qemu-server/100.conf:35 (guests/programs)
  systemd.services.pvescheduler.path = [ pkgs.swtpm ];
}
