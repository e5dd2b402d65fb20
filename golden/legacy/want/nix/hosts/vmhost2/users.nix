{ pkgs, ... }:
{
  security = {
    # /etc/security/limits.conf:1-3 (users/limits)
    pam.loginLimits = [
      {
        domain = "*";
        item = "nofile";
        type = "soft";
        value = "65536";
      }
      {
        domain = "*";
        item = "nofile";
        type = "hard";
        value = "1048576";
      }
      {
        domain = "root";
        item = "memlock";
        type = "soft";
        value = "unlimited";
      }
    ];
    # /etc/sudoers:4,7, /etc/sudoers.d/zabbix:1 (users/sudo_rules)
    sudo.extraRules = [
      {
        commands = [
          {
            command = "/run/current-system/sw/bin/qm";
            options = [ "NOPASSWD" ];
          }
          {
            command = "/run/current-system/sw/bin/pct";
            options = [ "NOPASSWD" ];
          }
        ];
        groups = [ "vmadmins" ];
        runAs = "root";
      }
      {
        commands = [
          {
            command = "/run/current-system/sw/bin/smartctl";
            options = [ "NOPASSWD" ];
          }
          {
            command = "/run/current-system/sw/bin/qm list";
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
    # /etc/ssh/sshd_config:4 (users/sshd)
    listenAddresses = [
      {
        addr = "0.0.0.0";
      }
    ];
    # /etc/ssh/sshd_config:1-2 (users/sshd)
    ports = [
      22
      2222
    ];
    settings = {
      # /etc/ssh/sshd_config:14 (users/sshd)
      Ciphers = [
        "aes128-ctr"
        "aes256-ctr"
        "aes128-cbc"
      ];
      # /etc/ssh/sshd_config:15 (users/sshd)
      KexAlgorithms = [ "+diffie-hellman-group1-sha1" ];
      # /etc/ssh/sshd_config:8 (users/sshd)
      PasswordAuthentication = true;
      # /etc/ssh/sshd_config:7 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:12 (users/sshd)
      PrintMotd = false;
      # /etc/ssh/sshd_config:17 (users/sshd)
      UseDns = false;
      # /etc/ssh/sshd_config:10 (users/sshd)
      UsePAM = true;
      # /etc/ssh/sshd_config:11 (users/sshd)
      X11Forwarding = true;
    };
  };

  users = {
    groups = {
      # /etc/group:27 (users/accounts)
      olduser = {
        gid = 1002;
        members = [ ];
      };
      # /etc/group:26 (users/accounts)
      oper = {
        gid = 1000;
        members = [ ];
      };
      # /etc/group:28 (users/accounts)
      vmadmins = {
        gid = 1100;
        members = [
          "oper"
          "vendor"
        ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      # /etc/passwd:37 (users/accounts)
      olduser = {
        group = "olduser";
        home = "/home/olduser";
        isNormalUser = true;
        shell = "/run/current-system/sw/bin/false";
        uid = 1002;
      };
      oper = {
        # /etc/passwd:34 (users/accounts)
        description = "Operator";
        # /etc/group:3,8 (users/accounts)
        extraGroups = [
          "adm"
          "wheel"
        ];
        # /etc/passwd:34 (users/accounts)
        group = "oper";
        home = "/home/oper";
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
        # /etc/passwd:34 (users/accounts)
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
      # /etc/passwd:36 (users/accounts)
      vendor = {
        description = "remote hands";
        group = "users";
        home = "/home/vendor";
        isNormalUser = true;
        shell = "/bin/sh";
        uid = 1001;
      };
    };
  };
}
