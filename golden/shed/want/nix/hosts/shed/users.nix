{ ... }:
{
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
      # /etc/ssh/sshd_config:2 (users/sshd)
      PasswordAuthentication = false;
      # /etc/ssh/sshd_config:1 (users/sshd)
      PermitRootLogin = "prohibit-password";
      # /etc/ssh/sshd_config:3 (users/sshd)
      UsePAM = true;
    };
  };

  users = {
    # users/accounts
    mutableUsers = true;
    users.root = {
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
  };
}
