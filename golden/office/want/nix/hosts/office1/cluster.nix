{
  lib,
  options,
  pkgs,
  ...
}:
{
  config = lib.mkMerge [
    {
      systemd.services = {
        # /etc/default/corosync:3 (cluster/start_options)
        corosync.environment.COROSYNC_OPTIONS = "-p";
        # /etc/pve/corosync.conf:23,25-27,29, package corosync-qdevice, unit
        # corosync-qdevice.service (cluster/quorum_device)
        corosync-qdevice = {
          after = [ "corosync.service" ];
          description = "Corosync Qdevice daemon";
          path = [
            (pkgs.stdenv.mkDerivation {
              buildInputs = [
                pkgs.corosync
                pkgs.libqb
                pkgs.nspr
                pkgs.nss
                pkgs.systemd
              ];
              configureFlags = [
                "--disable-qnetd"
                "--enable-systemd"
                "--localstatedir=/var"
                "--sysconfdir=/etc"
              ];
              installFlags = [
                "COROSYSCONFDIR=$(out)/etc/corosync"
                "INITCONFIGDIR=$(out)/etc/default"
                "INITDDIR=$(out)/etc/init.d"
                "LOGDIR=$(out)/var/log"
                "LOGROTATEDIR=$(out)/etc/logrotate.d"
                "SYSTEMDDIR=$(out)/lib/systemd/system"
                "localstatedir=$(out)/var"
                "sysconfdir=$(out)/etc"
              ];
              nativeBuildInputs = [ pkgs.pkg-config ];
              pname = "corosync-qdevice";
              src = pkgs.fetchurl {
                name = "corosync-qdevice-3.0.3.tar.gz";
                sha256 = "0a4705abd17af795287ad3bb18c0abacf3c0027222e45f149cb9bebeb6056926";
                urls = [
                  "https://deb.debian.org/debian/pool/main/c/corosync-qdevice/corosync-qdevice_3.0.3.orig.tar.gz"
                  "https://github.com/corosync/corosync-qdevice/releases/download/v3.0.3/corosync-qdevice-3.0.3.tar.gz"
                ];
              };
              version = "3.0.3";
            })
          ];
          requires = [ "corosync.service" ];
          script = ''
            exec corosync-qdevice -f
          '';
          serviceConfig = {
            Restart = "on-failure";
            RuntimeDirectory = "corosync-qdevice";
            RuntimeDirectoryMode = "0770";
            StandardError = "null";
            Type = "notify";
          };
          unitConfig = {
            ConditionKernelCommandLine = "!nocluster";
            ConditionPathExists = "/etc/corosync/corosync.conf";
          };
          wantedBy = [ "multi-user.target" ];
        };
      };
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1038,
        # catalog/packages_pve.cue:862)
        enable = true;
        # /etc/network/interfaces:9,17 (network/bridge_list)
        bridges = [
          "vmbr0"
          "vmbr1"
        ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "192.0.2.11";
        # api/proxmox_ve
        openFirewall = true;
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
