{ lib, pkgs, ... }:
{
  security = {
    # /etc/security/limits.d/90-qemu.conf:1-2 (users/limits)
    pam.loginLimits = [
      {
        domain = "root";
        item = "memlock";
        type = "-";
        value = "unlimited";
      }
      {
        domain = "@kvm";
        item = "nofile";
        type = "-";
        value = "1048576";
      }
    ];
    # /etc/sudoers.d/syncoid:1-2 (users/sudo_rules)
    sudo = {
      extraConfig = ''
        Defaults:backupper !requiretty
      '';
      extraRules = [
        {
          commands = [
            {
              command = "/run/current-system/sw/bin/zfs receive *";
              options = [ "NOPASSWD" ];
            }
            {
              command = "/run/current-system/sw/bin/zfs list *";
              options = [ "NOPASSWD" ];
            }
          ];
          runAs = "root";
          users = [ "backupper" ];
        }
      ];
    };
  };

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
      # /etc/ssh/sshd_config:7 (users/sshd)
      AcceptEnv = lib.mkForce "LANG LC_* COLORTERM NO_COLOR";
      # /etc/ssh/sshd_config.d/10-home.conf:3 (users/sshd)
      AllowUsers = [
        "root"
        "mira"
        "backupper"
      ];
      # /etc/ssh/sshd_config:3 (users/sshd)
      KbdInteractiveAuthentication = false;
      # /etc/ssh/sshd_config.d/10-home.conf:1 (users/sshd)
      PasswordAuthentication = false;
      # /etc/ssh/sshd_config:2, /etc/ssh/sshd_config.d/10-home.conf:2 (users/sshd)
      PermitRootLogin = "prohibit-password";
      # /etc/ssh/sshd_config:6 (users/sshd)
      PrintMotd = false;
      # /etc/ssh/sshd_config:4 (users/sshd)
      UsePAM = true;
      # /etc/ssh/sshd_config:5 (users/sshd)
      X11Forwarding = true;
    };
  };

  users = {
    groups = {
      # /etc/group:41 (users/accounts)
      backupper = {
        gid = 1501;
        members = [ ];
      };
      # /etc/group:40 (users/accounts)
      media = {
        gid = 1500;
        members = [ "mira" ];
      };
      # /etc/group:39 (users/accounts)
      mira = {
        gid = 1000;
        members = [ ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      # /etc/passwd:37 (users/accounts)
      backupper = {
        description = "receives syncoid";
        group = "backupper";
        home = "/home/backupper";
        isNormalUser = true;
        shell = "/bin/sh";
        uid = 1501;
      };
      media = {
        # /etc/passwd:36 (users/accounts)
        createHome = false;
        description = "owner of the media files";
        # /etc/group:23 (users/accounts)
        extraGroups = [ "render" ];
        # /etc/passwd:36 (users/accounts)
        group = "media";
        home = "/tank/media";
        isNormalUser = true;
        shell = "/run/current-system/sw/bin/nologin";
        uid = 1500;
      };
      mira = {
        # /etc/passwd:35 (users/accounts)
        description = "Mira";
        # /etc/group:5-38 (users/accounts)
        extraGroups = [
          "users"
          "docker"
          "adm"
          "wheel"
        ];
        # /etc/passwd:35 (users/accounts)
        group = "mira";
        home = "/home/mira";
        isNormalUser = true;
        # /etc/passwd:35 (users/lingering)
        linger = true;
        # /etc/passwd:35 (users/accounts)
        shell = pkgs.zsh;
        # /etc/subgid:5 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 165536;
          }
        ];
        # /etc/subuid:3 (system/subordinate_ids)
        subUidRanges = [
          {
            count = 65536;
            startUid = 165536;
          }
        ];
        # /etc/passwd:35 (users/accounts)
        uid = 1000;
      };
      root = {
        # /etc/subgid:1-4 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 100000;
          }
          {
            count = 1;
            startGid = 1500;
          }
          {
            count = 1;
            startGid = 44;
          }
          {
            count = 1;
            startGid = 993;
          }
        ];
        # /etc/subuid:1-2 (system/subordinate_ids)
        subUidRanges = [
          {
            count = 65536;
            startUid = 100000;
          }
          {
            count = 1;
            startUid = 1500;
          }
        ];
      };
    };
  };
}
