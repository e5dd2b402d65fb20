{ pkgs, ... }:
{
  security = {
    pam = {
      # /etc/pam.d/common-session:4 (users/home_at_login)
      makeHomeDir.umask = "0077";
      services = {
        # /etc/pam.d/common-session:4 (users/home_at_login)
        login.makeHomeDir = true;
        sshd = {
          # /etc/pam.d/sshd:1, package libpam-google-authenticator (users/one_time_codes)
          googleAuthenticator.enable = true;
          # /etc/pam.d/common-session:4 (users/home_at_login)
          makeHomeDir = true;
          # /etc/pam.d/sshd:1, package libpam-google-authenticator (users/one_time_codes)
          rules.auth.google_authenticator.settings.nullok = true;
        };
      };
    };
    # /etc/sudoers.d/it:1 (users/sudo_rules)
    sudo.extraRules = [
      {
        commands = [
          {
            command = "ALL";
            options = [ "NOPASSWD" ];
          }
        ];
        groups = [ "wheel" ];
        runAs = "ALL:ALL";
      }
    ];
  };

  services.openssh = {
    # package openssh-server, unit ssh.service (catalog/units_debian.cue:819, users/sshd)
    enable = true;
    # /etc/ssh/sshd_config:7 (users/sshd)
    authorizedKeysFiles = [ "/etc/ssh/keys/%u" ];
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
    # /etc/ssh/sshd_config:2 (users/sshd)
    ports = [ 22 ];
    settings = {
      # /etc/ssh/sshd_config:12 (users/sshd)
      AllowUsers = [
        "root"
        "it"
        "a.gruber"
      ];
      # /etc/ssh/sshd_config:5 (users/sshd)
      KbdInteractiveAuthentication = true;
      # /etc/ssh/sshd_config:4 (users/sshd)
      PasswordAuthentication = true;
      # /etc/ssh/sshd_config:3 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:10 (users/ssh_authority)
      TrustedUserCAKeys = "/etc/ssh/campus-user-ca.pub";
      # /etc/ssh/sshd_config:6 (users/sshd)
      UsePAM = true;
    };
  };

  users = {
    groups = {
      # /etc/group:7 (users/accounts)
      it = {
        gid = 1000;
        members = [ ];
      };
      # /etc/group:8 (users/accounts)
      kiosk = {
        gid = 1001;
        members = [ ];
      };
      # /etc/group:9 (users/accounts)
      scans = {
        gid = 1002;
        members = [ ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      it = {
        # /etc/passwd:5 (users/accounts)
        description = "IT of the school";
        # /etc/group:3 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:5 (users/accounts)
        group = "it";
        home = "/home/it";
        isNormalUser = true;
        shell = pkgs.bashInteractive;
        uid = 1000;
      };
      # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
      # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf
      # (containers/lxc_host)
      root = {
        subGidRanges = [
          {
            count = 65536;
            startGid = 100000;
          }
        ];
        subUidRanges = [
          {
            count = 65536;
            startUid = 100000;
          }
        ];
      };
      # /etc/passwd:7 (users/accounts)
      scans = {
        description = "scanner";
        group = "scans";
        home = "/home/scans";
        isNormalUser = true;
        shell = "/bin/sh";
        uid = 1002;
      };
    };
  };
}
