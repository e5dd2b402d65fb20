{ ... }:
{
  services = {
    # unit chrony.service (catalog/units_pve.cue:134)
    chrony.enable = true;
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  # cluster/migration
  systemd.tmpfiles.rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
}
