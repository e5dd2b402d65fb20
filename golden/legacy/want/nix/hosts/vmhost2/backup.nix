{ pkgs, ... }:
{
  # backup/defaults
  systemd.services.pvescheduler.path = [ pkgs.pigz ];
}
