{ pkgs, ... }:
{
  # /etc/sudoers.d/ops:1 (users/sudo_rules)
  security.sudo.extraRules = [
    {
      commands = [
        {
          command = "/run/current-system/sw/bin/ceph *";
          options = [ "NOPASSWD" ];
        }
        {
          command = "/run/current-system/sw/bin/ha-manager status";
          options = [ "NOPASSWD" ];
        }
      ];
      runAs = "ALL";
      users = [ "ops" ];
    }
  ];

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
    # /etc/ssh/sshd_config.d/99-local.conf:1-3 (users/sshd)
    listenAddresses = [
      {
        addr = "172.20.10.21";
      }
      {
        addr = "172.20.11.21";
      }
      {
        addr = "172.20.12.21";
      }
    ];
    settings = {
      # /etc/ssh/sshd_config.d/99-local.conf:4 (users/sshd)
      AllowUsers = [
        "root"
        "ops"
      ];
      # /etc/ssh/sshd_config.d/99-local.conf:5 (users/sshd)
      ClientAliveInterval = 60;
      # /etc/ssh/sshd_config:7 (users/sshd)
      KbdInteractiveAuthentication = false;
      # /etc/ssh/sshd_config:6 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:10 (users/sshd)
      PrintMotd = false;
      # /etc/ssh/sshd_config:8 (users/sshd)
      UsePAM = true;
      # /etc/ssh/sshd_config:9 (users/sshd)
      X11Forwarding = true;
    };
  };

  users = {
    groups = {
      # /etc/group:66 (users/accounts)
      ci-images = {
        gid = 1001;
        members = [ ];
      };
      # /etc/group:65 (users/accounts)
      ops = {
        gid = 1000;
        members = [ ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      # /etc/passwd:38 (users/accounts)
      ci-images = {
        description = "builds templates";
        group = "ci-images";
        home = "/home/ci-images";
        isNormalUser = true;
        shell = "/run/current-system/sw/bin/nologin";
        uid = 1001;
      };
      ops = {
        # /etc/passwd:37 (users/accounts)
        description = "Operations";
        # /etc/group:21 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:37 (users/accounts)
        group = "ops";
        home = "/home/ops";
        isNormalUser = true;
        shell = pkgs.bashInteractive;
        # /etc/subgid:2 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 165536;
          }
        ];
        # /etc/subuid:2 (system/subordinate_ids)
        subUidRanges = [
          {
            count = 65536;
            startUid = 165536;
          }
        ];
        # /etc/passwd:37 (users/accounts)
        uid = 1000;
      };
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
    };
  };
}
