{ ... }:
{
  # /etc/fstab:8 (storage/kerberos_mounts)
  security.krb5.enable = true;

  services.openssh = {
    # package openssh-server, unit ssh.service (catalog/units_debian.cue:819, users/sshd)
    enable = true;
    # package openssh-server (system/state_files)
    hostKeys = [
      {
        bits = 4096;
        path = "/etc/ssh/ssh_host_rsa_key";
        type = "rsa";
      }
      {
        path = "/etc/ssh/ssh_host_ecdsa_key";
        type = "ecdsa";
      }
      {
        path = "/etc/ssh/ssh_host_ed25519_key";
        type = "ed25519";
      }
    ];
    settings = {
      # /etc/ssh/sshd_config:4 (users/sshd)
      KbdInteractiveAuthentication = false;
      # /etc/ssh/sshd_config:3 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:7 (users/sshd)
      PrintMotd = false;
      # /etc/ssh/sshd_config:5 (users/sshd)
      UsePAM = true;
      # /etc/ssh/sshd_config:6 (users/sshd)
      X11Forwarding = true;
    };
  };

  users = {
    # /etc/group:8 (users/accounts)
    groups.scanner = {
      gid = 1001;
      members = [ ];
    };
    # users/accounts
    mutableUsers = true;
    users = {
      root = {
        # /etc/subgid:1 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 100000;
          }
        ];
        # /etc/subuid:1 (system/subordinate_ids)
        subUidRanges = [
          {
            count = 65536;
            startUid = 100000;
          }
        ];
      };
      # /etc/passwd:8 (users/accounts)
      scanner = {
        createHome = false;
        description = "the scanner on the first floor";
        group = "scanner";
        home = "/srv/scans";
        isNormalUser = true;
        shell = "/run/current-system/sw/bin/nologin";
        uid = 1001;
      };
    };
  };
}
