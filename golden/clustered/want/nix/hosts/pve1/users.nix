{ pkgs, ... }:
{
  security = {
    # /etc/security/limits.d/zabbix.conf:1 (users/limits)
    pam.loginLimits = [
      {
        domain = "zabbix";
        item = "nofile";
        type = "soft";
        value = "8192";
      }
    ];
    # /etc/sudoers.d/zabbix:1 (users/sudo_rules)
    sudo.extraRules = [
      {
        commands = [
          {
            command = "/run/current-system/sw/bin/smartctl -a *";
            options = [ "NOPASSWD" ];
          }
          {
            command = "/run/current-system/sw/bin/lvs --reportformat json *";
            options = [ "NOPASSWD" ];
          }
        ];
        runAs = "root";
        users = [ "zabbix-agent" ];
      }
    ];
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
      KbdInteractiveAuthentication = false;
      # /etc/ssh/sshd_config.d/10-hardening.conf:3 (users/sshd)
      MaxAuthTries = 4;
      # /etc/ssh/sshd_config.d/10-hardening.conf:1 (users/sshd)
      PasswordAuthentication = false;
      # /etc/ssh/sshd_config:6 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:10 (users/sshd)
      PrintMotd = false;
      # /etc/ssh/sshd_config:8 (users/sshd)
      UsePAM = true;
      # /etc/ssh/sshd_config:9, /etc/ssh/sshd_config.d/10-hardening.conf:2 (users/sshd)
      X11Forwarding = false;
    };
  };

  users = {
    groups = {
      # /etc/group:64 (users/accounts)
      jhartmann = {
        gid = 1000;
        members = [ ];
      };
      # /etc/group:66 (users/accounts)
      media = {
        gid = 1500;
        members = [ "jhartmann" ];
      };
      # /etc/group:65 (users/accounts)
      mlindner = {
        gid = 1001;
        members = [ ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      jhartmann = {
        # /etc/passwd:37 (users/accounts)
        description = "Jonas Hartmann";
        # /etc/group:21 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:37 (users/accounts)
        group = "jhartmann";
        home = "/home/jhartmann";
        isNormalUser = true;
        shell = pkgs.bashInteractive;
        # /etc/subgid:3 (system/subordinate_ids)
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
        # /etc/passwd:37 (users/accounts)
        uid = 1000;
      };
      # /etc/passwd:39 (users/accounts)
      media = {
        createHome = false;
        description = "files shared with CT 200";
        group = "media";
        home = "/srv/media";
        isNormalUser = true;
        shell = "/run/current-system/sw/bin/nologin";
        uid = 1500;
      };
      mlindner = {
        # /etc/passwd:38 (users/accounts)
        description = "Maria Lindner";
        # /etc/group:21 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:38 (users/accounts)
        group = "mlindner";
        home = "/home/mlindner";
        isNormalUser = true;
        shell = pkgs.bashInteractive;
        # /etc/subgid:4 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 231072;
          }
        ];
        # /etc/subuid:4 (system/subordinate_ids)
        subUidRanges = [
          {
            count = 65536;
            startUid = 231072;
          }
        ];
        # /etc/passwd:38 (users/accounts)
        uid = 1001;
      };
      root = {
        # /etc/subgid:1-2 (system/subordinate_ids)
        subGidRanges = [
          {
            count = 65536;
            startGid = 100000;
          }
          {
            count = 1;
            startGid = 1500;
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
