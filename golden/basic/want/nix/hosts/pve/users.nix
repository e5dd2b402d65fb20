{ pkgs, ... }:
{
  security = {
    # unit polkit.service (catalog/units_debian.cue:590)
    polkit.enable = true;
    # /etc/sudoers.d/admin:1 (users/sudo_rules)
    sudo.extraRules = [
      {
        commands = [
          {
            command = "/run/current-system/sw/bin/smartctl";
            options = [ "NOPASSWD" ];
          }
        ];
        runAs = "ALL:ALL";
        users = [ "admin" ];
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
      # /etc/ssh/sshd_config:4 (users/sshd)
      KbdInteractiveAuthentication = false;
      # /etc/ssh/sshd_config.d/10-home.conf:1 (users/sshd)
      PasswordAuthentication = false;
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
    # /etc/group:62 (users/accounts)
    groups.admin = {
      gid = 1000;
      members = [ ];
    };
    # users/accounts
    mutableUsers = true;
    users = {
      admin = {
        # /etc/passwd:34 (users/accounts)
        description = "Home administrator";
        # /etc/group:21 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:34 (users/accounts)
        group = "admin";
        home = "/home/admin";
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
    };
  };
}
