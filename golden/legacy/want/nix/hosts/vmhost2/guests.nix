{ pkgs, ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # backup/defaults
    pvedaemon.path = [ pkgs.pigz ];
  };
}
