{ ... }:
{
  # unit pve-guests.service (guests/starts)
  systemd.services.pve-guests.serviceConfig.TimeoutStopSec = "infinity";
}
